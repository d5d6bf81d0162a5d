// Apollo Server, which reads every request of `/graphql` that is new or wrong in any way, and has others answer it.
import { ApolloServer, type ApolloServerOptionsWithGateway } from "@apollo/server";
import { fastifyApolloHandler } from "@as-integrations/fastify";
import type { FastifyReply, FastifyRequest, RouteHandlerMethod } from "fastify";
import {
  type DocumentNode,
  type ExecutionResult,
  GraphQLError,
  type GraphQLFormattedError,
  type OperationDefinitionNode,
  Source,
  type SourceLocation,
} from "graphql";
import type { ReportFailure } from "../../http/error-answer.ts";
import { apolloOptions } from "../../http/graphql-endpoint.ts";
import { writeAnswerWithin } from "../../http/write-answer.ts";
import type { Config } from "../config.ts";
import type { Supergraph } from "../federation/supergraph.ts";
import type { Asking } from "../fetch/open-subgraphs.ts";
import { parsingFault } from "../operation/parse-document.ts";
import type { PersistedTexts } from "./persisted-texts.ts";

/** Of one request. */
export type Context = { readonly asking: Asking; readonly reply: FastifyReply };

/** What Apollo Server hands over once it has parsed it, as far as it is read here. */
export type ExecutorRequest = {
  readonly source: string;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly request: {
    readonly operationName?: string;
    readonly variables?: Readonly<Record<string, unknown>>;
    readonly extensions?: Readonly<Record<string, unknown>>;
  };
  readonly context: Context;
};

export type ApolloParserDependencies = {
  readonly report: ReportFailure;
  readonly persisted: Pick<PersistedTexts, "keyed">;
  readonly contextOf: (request: FastifyRequest, reply: FastifyReply) => Context;
  /** Answers a document that was parsed. */
  readonly execute: (asked: ExecutorRequest) => Promise<ExecutionResult>;
};

export type ApolloParser = AsyncDisposable & { readonly handler: RouteHandlerMethod };

/** It only parses, so it need not hear of later supergraphs. */
export async function startApolloParser(
  { report, persisted, contextOf, execute }: ApolloParserDependencies,
  { publishedSchema, sdl }: Pick<Supergraph, "publishedSchema" | "sdl">,
  { server: { answerBytesMax }, operation }: Pick<Config, "server" | "operation">,
): Promise<ApolloParser> {
  const options = apolloOptions<Context>(report);
  const server = new ApolloServer<Context>({
    ...options,
    gateway: fixedGateway({ apiSchema: publishedSchema, coreSupergraphSdl: sdl }, execute),
    persistedQueries: { cache: persisted.keyed },
    documentStore: null, // to keep a document it writes it out as JSON, which makes refusing a large one dear
    dangerouslyDisableValidation: true, // the planner's thread validates, within its time
    parseOptions: { maxTokens: operation.tokensMax },
    stringifyResult: writeAnswerWithin(answerBytesMax),
    formatError: (formatted, error) =>
      options.formatError(formatted, parsingFault(error, operation) ?? error),
  });
  await server.start();
  const context = async (request: FastifyRequest, reply: FastifyReply) => contextOf(request, reply);
  return {
    handler: fastifyApolloHandler(server, { context }),
    [Symbol.asyncDispose]: () => server.stop(),
  };
}

/** What the planner's thread says of a document, with the places in it. */
export function asInvalid(
  { message, locations = [], extensions = {} }: GraphQLFormattedError,
  { source }: Pick<ExecutorRequest, "source">,
): GraphQLError {
  return new GraphQLError(message, {
    source: new Source(source),
    positions: locations.map((location) => positionOf(source, location)),
    extensions: { ...extensions, http: { status: 400 } },
  });
}

function positionOf(text: string, { line, column }: SourceLocation): number {
  const before = [...text.matchAll(/\r\n|[\n\r]/g)][line - 2];
  return (before ? before.index + before[0].length : 0) + column - 1;
}

type Gateway = ApolloServerOptionsWithGateway<Context>["gateway"];
type Announced = Parameters<Parameters<Gateway["onSchemaLoadOrUpdate"]>[0]>[0];

function fixedGateway(
  announced: Announced,
  executor: (asked: ExecutorRequest) => Promise<ExecutionResult>,
): Gateway {
  let announce: ((announced: Announced) => void) | undefined;
  return {
    onSchemaLoadOrUpdate: (callback) => {
      announce = callback;
      return () => {
        announce = undefined;
      };
    },
    load: async () => {
      announce?.(announced);
      return { executor: executor as never };
    },
    stop: async () => {},
  };
}
