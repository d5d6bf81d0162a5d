// The stock executor on the same mesh, without a network: what everybody's answer is, where it is right.
import type { GraphQLDataSource } from "@apollo/gateway";
import { type GraphQLSchema, getOperationAST, parse, validate } from "graphql";
import { withRepairedPlanner } from "../../../gateway/federation/planning/repaired-planner.ts";
import { requireWithout } from "../../../gateway/federation/require-without.ts";
import type { Question } from "../../gateway/support/test-gateway.ts";
import { answering, type MeshDefinition, type Row, supergraphOf } from "./mesh.ts";

export type StockAnswer = {
  readonly data: unknown;
  /** Also of nulls that its schema does not allow, which it tells of in `extensions` alone. */
  readonly failed: boolean;
};

export type Stock = AsyncDisposable & {
  readonly apiSchema: GraphQLSchema;
  readonly ask: (question: Question) => Promise<StockAnswer>;
};

/** Its plans are those of the repaired planner: what a plan forgets can't be asked for by whoever runs it. */
const { ApolloGateway } = withRepairedPlanner(() =>
  requireWithout<typeof import("@apollo/gateway")>("@apollo/gateway", {}),
);

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

export async function openStock(mesh: MeshDefinition): Promise<Stock> {
  const gateway = new ApolloGateway({
    supergraphSdl: supergraphOf(mesh),
    buildService: ({ name }) => dataSource(mesh, name),
    logger: silent,
  });
  let apiSchema: GraphQLSchema | undefined;
  gateway.onSchemaLoadOrUpdate((loaded) => {
    apiSchema = loaded.apiSchema;
  });
  const { executor } = await gateway.load();
  const schema = apiSchema as unknown as GraphQLSchema;
  return {
    apiSchema: schema,
    ask: async ({ query, variables, operationName }) => {
      const document = parse(query);
      if (validate(schema, document).length > 0) return { data: undefined, failed: true };
      const answer: Row = await executor({
        request: { query, operationName, variables },
        document,
        operation: getOperationAST(document, operationName),
        operationName: operationName ?? null,
        queryHash: query + (operationName ?? ""),
        source: query,
        schema,
        context: {},
        metrics: {},
        logger: silent,
      } as never);
      const failed = Boolean(answer.errors?.length || answer.extensions?.valueCompletion?.length);
      return { data: answer.data, failed };
    },
    [Symbol.asyncDispose]: () => gateway.stop(),
  };
}

function dataSource(mesh: MeshDefinition, name: string): GraphQLDataSource {
  const subgraph = mesh[name] as MeshDefinition[string];
  const answer = answering(subgraph);
  return {
    process: async ({ request: { query = "", variables = {} } }) => {
      if (subgraph.down) throw new Error(`${name} is down`);
      return (await answer(JSON.parse(JSON.stringify({ query, variables })))) as never;
    },
  };
}
