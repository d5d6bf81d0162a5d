// `/graphql`: a question asked before is answered at once; Apollo Server reads every other one, right or wrong.
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
import { requestSignal } from "../../http/deadline.ts";
import type { ReportFailure } from "../../http/error-answer.ts";
import { apolloOptions } from "../../http/graphql-endpoint.ts";
import { writeAnswerWithin } from "../../http/write-answer.ts";
import type { Config } from "../config.ts";
import { type Answer, readData } from "../execute/answer.ts";
import { federating } from "../federation/federation-faults.ts";
import type { Supergraph } from "../federation/supergraph.ts";
import type { Asking } from "../fetch/open-subgraphs.ts";
import { operating } from "../operation/operation-faults.ts";
import { checkText, parsingFault } from "../operation/parse-document.ts";
import { mintVisibility } from "../policy/visibility.ts";
import { answerExplained, readExplain } from "./explain-question.ts";
import { ageSeconds, readDemand, withFreshness } from "./freshness.ts";
import type { Prepared } from "./prepare.ts";
import { type PlainQuestion, readQuestion, readText } from "./read-question.ts";
import { asWholeAnswer, writeResponse } from "./response.ts";
import { type ServeDependencies, type Served, serveSupergraph, warm } from "./serve-supergraph.ts";

export type GraphqlServer = AsyncDisposable & {
  readonly handler: RouteHandlerMethod;
  /** Takes a supergraph: questions that come later are asked of it, those in flight end on the one they began with. */
  readonly take: (supergraph: Supergraph) => Promise<void>;
};

export type GraphqlServerDependencies = ServeDependencies & {
  readonly report: ReportFailure;
  /** Subgraphs that are waited for before there is any supergraph. */
  readonly missing: () => readonly string[];
};

export function openGraphqlServer(
  { report, missing, ask, keep, rules, cache }: GraphqlServerDependencies,
  config: Pick<Config, "server" | "operation" | "fetch" | "visibility">,
): GraphqlServer {
  const { deadlineMs, answerBytesMax } = config.server;
  const retiring = new Set<Promise<void>>();
  const { formatError } = apolloOptions<Context>(report);
  let served: Served | undefined;
  let apollo: { readonly server: ApolloServer<Context>; readonly handler: RouteHandlerMethod } | undefined;

  const asking = (request: FastifyRequest, reply: FastifyReply): Asking => ({
    signal: requestSignal(reply, deadlineMs),
    visibility: mintVisibility(request.headers, config.visibility.forwardHeaders),
  });

  /** @throws what `extensions` may demand that can't be given */
  const answer = async (
    { run }: Prepared,
    { variables, extensions }: Pick<PlainQuestion, "variables" | "extensions">,
    { asking, reply }: Context,
  ): Promise<Answer> => {
    const explain = readExplain(extensions.explain, config.operation);
    const demand = readDemand(extensions);
    const { products } = served as Served;
    const parted = await answerExplained(run, { asking: { ...asking, ...demand }, variables }, explain);
    reply.header("age", ageSeconds(parted, Date.now()));
    return demand.wantsParts ? withFreshness(parted, products) : parted;
  };

  /** Answers a document that Apollo Server parsed. */
  const execute = async (asked: ExecutorRequest): Promise<ExecutionResult> => {
    const { operations, during } = served as Served;
    const { source: text, document, operation: definition, request } = asked;
    return during(async () => {
      const name = request.operationName || undefined;
      const preparing = operations.prepare({ text, name, document, definition });
      const preparation = await within(asked.context.asking.signal, preparing);
      if (preparation.kind === "invalid")
        return { errors: preparation.errors.map((error) => asInvalid(error, asked)) };
      const { variables = {}, extensions = {} } = request;
      return asResult(await answer(preparation.prepared, { variables, extensions }, asked.context));
    }).catch((failure) => {
      throw asWholeAnswer(failure);
    });
  };

  return {
    handler(request, reply) {
      if (!served || !apollo) throw federating.NO_SUPERGRAPH({ missing: missing() });
      const { operations, during } = served;
      const question = readQuestion(request);
      const prepared = question && operations.find(question.text, question.name);
      if (!prepared) {
        checkText(readText(request) ?? "", config.operation);
        return apollo.handler.call(this, request, reply);
      }
      const type = request.headers.accept;
      return during(() => answer(prepared, question, { asking: asking(request, reply), reply }))
        .catch((failure): Answer => ({ errors: [asWholeAnswer(failure)] }))
        .then((answered) => {
          const { status, body } = writeResponse({ formatError, answerBytesMax }, answered, type);
          reply.code(status).header("content-type", `${type}; charset=utf-8`);
          return body;
        });
    },
    take: async (supergraph) => {
      const next = serveSupergraph({ ask, keep, rules, cache }, supergraph, config);
      await warm(next, served, config.operation);
      const before = served;
      served = next;
      if (before) {
        const retirement = before.retire().finally(() => retiring.delete(retirement));
        retiring.add(retirement);
      }
      apollo ??= await startApollo(supergraph, execute);
    },
    [Symbol.asyncDispose]: async () => {
      await apollo?.server.stop();
      await Promise.all([...retiring, served?.retire()]);
    },
  };

  async function startApollo(
    { publishedSchema, sdl }: Supergraph,
    executor: typeof execute,
  ): Promise<NonNullable<typeof apollo>> {
    const server = new ApolloServer<Context>({
      ...apolloOptions<Context>(report),
      gateway: fixedGateway({ apiSchema: publishedSchema, coreSupergraphSdl: sdl }, executor),
      persistedQueries: {},
      documentStore: null, // to keep a document it writes it out as JSON: a third of what refusing a large one costs
      dangerouslyDisableValidation: true, // the planner's thread validates, within its time
      parseOptions: { maxTokens: config.operation.tokensMax },
      stringifyResult: writeAnswerWithin(answerBytesMax),
      formatError: (formatted, error) =>
        formatError(formatted, parsingFault(error, config.operation) ?? error),
    });
    await server.start();
    const context = async (request: FastifyRequest, reply: FastifyReply) => ({
      asking: asking(request, reply),
      reply,
    });
    return { server, handler: fastifyApolloHandler(server, { context }) };
  }
}

/** Of one request. */
type Context = { readonly asking: Asking; readonly reply: FastifyReply };

type Gateway = ApolloServerOptionsWithGateway<Context>["gateway"];
type Announced = Parameters<Parameters<Gateway["onSchemaLoadOrUpdate"]>[0]>[0];

/** Apollo Server only parses, so it need not hear of later supergraphs. */
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

/** What Apollo Server hands to a gateway's executor, as far as it is read here. */
type ExecutorRequest = {
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

/** The work goes on without those who wait no longer: others may have asked the same. */
function within<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = () => reject(operating.PLANNING_DEADLINE({}));
    if (signal.aborted) leave();
    signal.addEventListener("abort", leave, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", leave));
  });
}

/** For Apollo Server, which writes it itself. */
function asResult(answer: Answer): ExecutionResult {
  const data = readData(answer);
  return {
    ...(answer.errors && { errors: answer.errors }),
    ...(data !== undefined && { data }),
    ...(answer.extensions && { extensions: answer.extensions }),
  };
}

/** What the planner's thread says of a document, with the places in it. */
function asInvalid(
  { message, locations = [], extensions = {} }: GraphQLFormattedError,
  { source }: ExecutorRequest,
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
