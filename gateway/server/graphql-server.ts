// Apollo Server in front of the gateway's own stages: it parses and validates, we answer.
import { ApolloServer, type ApolloServerOptionsWithGateway } from "@apollo/server";
import { fastifyApolloHandler } from "@as-integrations/fastify";
import type { RouteHandlerMethod } from "fastify";
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from "graphql";
import { requestSignal } from "../../http/deadline.ts";
import type { ReportFailure } from "../../http/error-answer.ts";
import { apolloOptions } from "../../http/graphql-endpoint.ts";
import { Fault } from "../../schema/product/fault.ts";
import type { Config } from "../config.ts";
import { federating } from "../federation/federation-faults.ts";
import type { Supergraph } from "../federation/supergraph.ts";
import type { Asking } from "../fetch/open-subgraphs.ts";
import { mintOperation } from "../operation/operation.ts";
import { operating } from "../operation/operation-faults.ts";
import { mintVisibility } from "../policy/visibility.ts";
import { answerOperation } from "./answer-operation.ts";

export type GraphqlServer = AsyncDisposable & {
  readonly handler: RouteHandlerMethod;
  /** Takes a supergraph: requests that start later are asked of it, those in flight end on the one they began with. */
  readonly take: (supergraph: Supergraph) => Promise<void>;
};

type Gateway = ApolloServerOptionsWithGateway<Asking>["gateway"];
type Announce = Parameters<Gateway["onSchemaLoadOrUpdate"]>[0];

export function openGraphqlServer(
  { report, missing }: { readonly report: ReportFailure; readonly missing: () => readonly string[] },
  config: Pick<Config, "server" | "operation" | "visibility">,
): GraphqlServer {
  const { deadlineMs } = config.server;
  const { tokensMax, mutations } = config.operation;
  const supergraphs = new WeakMap<GraphQLSchema, Supergraph>();
  let newest: Supergraph | undefined;
  let announce: Announce | undefined;
  let apollo: ApolloServer<Asking> | undefined;
  let handler: RouteHandlerMethod | undefined;

  const executor = async (asked: ExecutorRequest) => {
    const supergraph = supergraphs.get(asked.schema) as Supergraph;
    try {
      const operation = mintOperation({
        text: asked.source,
        document: asked.document,
        definition: asked.operation,
        name: asked.operationName ?? undefined,
        variables: asked.request.variables ?? {},
        hash: asked.queryHash,
      });
      return await answerOperation(supergraph, operation, { mutations }, asked.context);
    } catch (failure) {
      throw failure instanceof Fault ? withStatus(failure) : failure;
    }
  };

  const gateway: Gateway = {
    onSchemaLoadOrUpdate: (callback) => {
      announce = callback;
      return () => {
        announce = undefined;
      };
    },
    load: async () => {
      tell(newest as Supergraph);
      return { executor: executor as never };
    },
    stop: async () => {},
  };
  const tell = (supergraph: Supergraph) =>
    announce?.({ apiSchema: supergraph.apiSchema, coreSupergraphSdl: supergraph.sdl });

  const context = async (
    request: Parameters<RouteHandlerMethod>[0],
    reply: Parameters<RouteHandlerMethod>[1],
  ) => ({
    signal: requestSignal(reply, deadlineMs),
    visibility: mintVisibility(request.headers, config.visibility.forwardHeaders),
  });

  return {
    handler(request, reply) {
      if (!handler) throw federating.NO_SUPERGRAPH({ missing: missing() });
      return handler.call(this, request, reply);
    },
    take: async (supergraph) => {
      supergraphs.set(supergraph.apiSchema, supergraph);
      newest = supergraph;
      if (apollo) {
        tell(supergraph);
        return;
      }
      const options = apolloOptions<Asking>(report);
      const server = new ApolloServer<Asking>({
        ...options,
        gateway,
        parseOptions: { maxTokens: tokensMax },
        formatError: (formatted, error) =>
          options.formatError(
            formatted,
            isTokenLimit(formatted) ? operating.TOKENS_MAX({ tokensMax }) : error,
          ),
      });
      await server.start();
      apollo = server;
      handler = fastifyApolloHandler(server, { context });
    },
    [Symbol.asyncDispose]: async () => {
      await apollo?.stop();
    },
  };
}

/** What Apollo Server hands to a gateway's executor, as far as it is read here. */
type ExecutorRequest = {
  readonly schema: GraphQLSchema;
  readonly source: string;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly operationName: string | null;
  readonly queryHash: string;
  readonly request: { readonly variables?: Record<string, unknown> };
  readonly context: Asking;
};

/** By graphql-js's own words, spelt as they are there. */
function isTokenLimit({ message }: GraphQLFormattedError): boolean {
  return /^Syntax Error: Document contains more tha[tn] \d+ tokens/.test(message);
}

/** A fault that is the whole answer, with its HTTP status. */
function withStatus(fault: Fault): GraphQLError {
  return new GraphQLError(fault.message, {
    originalError: fault,
    extensions: { ...fault.extensions, http: { status: fault.status } },
  });
}
