// A supergraph at work: one schema and the stock executor on it, unchangeable. Swapping is taking the next one.
import "./silence-telemetry.ts";
import { createHash } from "node:crypto";
import { ApolloGateway, type GraphQLDataSource } from "@apollo/gateway";
import type { GraphQLError, GraphQLSchema } from "graphql";
import type { Answer } from "../execute/answer.ts";
import type { Asking, SubgraphAnswer, SubgraphRequest } from "../fetch/open-subgraphs.ts";
import type { PermittedOperation } from "../policy/permit.ts";

export type AskSubgraph = (
  subgraph: { readonly name: string; readonly url: string },
  request: SubgraphRequest,
  asking: Asking,
) => Promise<SubgraphAnswer>;

export type Supergraph = {
  /** Hash of the SDL. */
  readonly id: string;
  readonly sdl: string;
  readonly apiSchema: GraphQLSchema;
  readonly run: (operation: PermittedOperation, asking: Asking) => Promise<Answer>;
};

/** Builds the API schema and the planner of a supergraph; rejects where the SDL is not one. */
export async function openSupergraph(
  { ask }: { readonly ask: AskSubgraph },
  sdl: string,
): Promise<Supergraph> {
  const gateway = new ApolloGateway({
    supergraphSdl: sdl,
    buildService: ({ name, url = "" }) => {
      if (!URL.canParse(url)) throw new Error(`subgraph ${name} has no address`);
      return dataSource(ask, { name, url });
    },
    logger: silent,
  });
  let apiSchema: GraphQLSchema | undefined;
  gateway.onSchemaLoadOrUpdate((loaded) => {
    apiSchema = loaded.apiSchema;
  });
  const { executor } = await gateway.load();
  const schema = apiSchema as unknown as GraphQLSchema;
  return {
    id: createHash("sha256").update(sdl).digest("base64url"),
    sdl,
    apiSchema: schema,
    run: async (operation, asking) =>
      wholeOrError((await executor(requestContext(operation, asking, schema) as never)) as StockAnswer),
  };
}

/** The stock executor tells of nulls that its schema does not allow in `extensions`, without any error. */
type StockAnswer = Answer & { readonly extensions?: { readonly valueCompletion?: readonly GraphQLError[] } };

/** Null for an entity that its owner does not know is an answer; null that had to spread beyond it is an error. */
function wholeOrError({ data, errors, extensions }: StockAnswer): Answer {
  const spread = extensions?.valueCompletion?.filter(({ path = [] }) => !isUnknownEntity(data, path));
  return { data, errors: spread?.length ? spread : errors } as Answer;
}

/** Is null exactly what holds the field at `path`, below a root field? */
function isUnknownEntity(data: Answer["data"], path: readonly (string | number)[]): boolean {
  const holder = path
    .slice(0, -1)
    .reduce<unknown>((value, key) => (value as Record<string | number, unknown> | null)?.[key], data);
  return path.length > 2 && holder === null;
}

/** What goes wrong is told by errors and events, not by the library's own log. */
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

function dataSource(ask: AskSubgraph, subgraph: { name: string; url: string }): GraphQLDataSource<Asking> {
  return {
    process: async ({ request, context }) => {
      const { query = "", operationName, variables } = request;
      return (await ask(subgraph, { query, operationName, variables }, context as Asking)) as never;
    },
  };
}

/** The request context that the stock executor expects, with nothing in it that it does not read. */
function requestContext(operation: PermittedOperation, asking: Asking, schema: GraphQLSchema): unknown {
  const { text, document, definition, name, variables, hash } = operation;
  return {
    request: { query: text, operationName: name, variables },
    document,
    operation: definition,
    operationName: name ?? null,
    queryHash: hash,
    source: text,
    schema,
    context: asking,
    metrics: {},
    logger: silent,
  };
}
