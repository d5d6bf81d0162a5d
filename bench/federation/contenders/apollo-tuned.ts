// Apollo Gateway at its best: its executor right behind a plain server, undici to the subgraphs, parsed and validated once.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { GraphQLDataSource } from "@apollo/gateway";
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  parse,
  validate,
} from "graphql";
import { Pool } from "undici";
import { type GraphqlBody, serveJson } from "./http-front.ts";

process.env.APOLLO_TELEMETRY_DISABLED = "true";
process.env.NODE_ENV = "production";
const { ApolloGateway } = await import("@apollo/gateway");

const headers = { "content-type": "application/json", accept: "application/json" };
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

const gateway = new ApolloGateway({
  supergraphSdl: readFileSync(process.argv[2] as string, "utf8"),
  buildService: ({ url = "" }) => dataSource(url),
  logger: silent,
});
let schema: GraphQLSchema | undefined;
gateway.onSchemaLoadOrUpdate(({ apiSchema }) => {
  schema = apiSchema;
});
const { executor } = await gateway.load();
const known = new Map<string, { readonly document: DocumentNode; readonly queryHash: string }>();

serveJson(async ({ query, operationName, variables }: GraphqlBody) => {
  const { document, queryHash } = known.get(query) ?? prepared(query);
  const { data, errors } = await executor({
    request: { query, operationName, variables },
    document,
    operation: getOperationAST(document, operationName),
    operationName: operationName ?? null,
    queryHash,
    source: query,
    schema,
    context: {},
    metrics: {},
    logger: silent,
  } as never);
  return errors ? { data, errors } : { data };
});

function prepared(query: string) {
  const document = parse(query, { noLocation: true });
  const [invalid] = validate(schema as GraphQLSchema, document);
  if (invalid) throw invalid;
  const entry = { document, queryHash: createHash("sha256").update(query).digest("hex") };
  known.set(query, entry);
  return entry;
}

function dataSource(url: string): GraphQLDataSource {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections: 64 });
  return {
    process: async ({ request: { query, variables } }) => {
      const { body } = await pool.request({
        method: "POST",
        path: pathname,
        headers,
        body: JSON.stringify({ query, variables }),
      });
      const answer = JSON.parse(await body.text());
      if (!answer.data) throw new GraphQLError("a subgraph did not answer");
      return answer;
    },
  };
}
