// `/graphql`: a question asked before is answered at once; Apollo Server reads every other one, right or wrong.
import type { FastifyReply, FastifyRequest, RouteHandlerMethod } from "fastify";
import { type ExecutionResult, OperationTypeNode } from "graphql";
import { requestSignal } from "../../http/deadline.ts";
import { formatErrorWith, type ReportFailure } from "../../http/error-answer.ts";
import type { Signal } from "../../schema/product/ending.ts";
import type { Config } from "../config.ts";
import { type Answer, readData } from "../execute/answer.ts";
import { federating } from "../federation/federation-faults.ts";
import type { Supergraph } from "../federation/supergraph.ts";
import { operating } from "../operation/operation-faults.ts";
import { checkText } from "../operation/parse-document.ts";
import { mintVisibility } from "../policy/visibility.ts";
import type { Use } from "../use/open-use.ts";
import {
  type ApolloParser,
  asInvalid,
  type Context,
  type ExecutorRequest,
  startApolloParser,
} from "./apollo-parser.ts";
import { answerExplained, readExplain } from "./explain-question.ts";
import { ageSeconds, readDemand, withFreshness } from "./freshness.ts";
import { cachingHeaders, concluded, variesBy } from "./http-caching.ts";
import { openPersistedTexts } from "./persisted-texts.ts";
import type { Prepared } from "./prepare.ts";
import { type PlainQuestion, readQuestion, readText } from "./read-question.ts";
import { asWholeAnswer, writeResponse } from "./response.ts";
import { type ServeDependencies, type Served, serveSupergraph } from "./serve-supergraph.ts";
import { readDeprecationsDemand, withDeprecations } from "./tell-deprecations.ts";
import type { UsedOperations } from "./used-operations.ts";
import { runOnce, warm } from "./warm-up.ts";

export type GraphqlServer = AsyncDisposable & {
  readonly handler: RouteHandlerMethod;
  /**
   * Takes a supergraph: questions that come later are asked of it, those in flight end on the one they began with. The first
   * is taken at once; resolves when what is likely to be asked is prepared on it.
   */
  readonly take: (supergraph: Supergraph) => Promise<void>;
};

export type GraphqlServerDependencies = ServeDependencies & {
  readonly report: ReportFailure;
  /** Subgraphs that are waited for before there is any supergraph. */
  readonly missing: () => readonly string[];
  /** Texts of the documents that the operator registered. */
  readonly registered: readonly string[];
  /** Disposed with the server. */
  readonly used: UsedOperations;
  /** Who uses what; left out = it is not recorded. Not disposed with the server. */
  readonly use?: Pick<Use, "count"> | undefined;
};

export function openGraphqlServer(
  { report, missing, registered, used, use, ask, keep, rules, cache }: GraphqlServerDependencies,
  config: Pick<Config, "server" | "operation" | "fetch" | "visibility" | "cache">,
): GraphqlServer {
  const { deadlineMs, answerBytesMax } = config.server;
  const { forwardHeaders } = config.visibility;
  const vary = variesBy(forwardHeaders);
  const formatError = formatErrorWith(report);
  const persisted = openPersistedTexts(registered, config.operation);
  const stopping = new AbortController();
  const retiring = new Set<Promise<void>>();
  let served: Served | undefined;
  let apollo: ApolloParser | undefined;

  const contextOf = (request: FastifyRequest, reply: FastifyReply): Context => {
    const visibility = mintVisibility(request.headers, forwardHeaders);
    return { asking: { signal: requestSignal(reply, deadlineMs), visibility }, reply };
  };

  /** The answer, and of it what HTTP says in headers. @throws what `extensions` may demand that can't be given */
  const answer = async (
    { products }: Served,
    prepared: Prepared,
    { variables, extensions }: Pick<PlainQuestion, "variables" | "extensions">,
    { asking, reply }: Context,
  ): Promise<Answer> => {
    const { text, definition, run } = prepared;
    const explain = readExplain(extensions.explain, config.operation);
    const demand = readDemand(extensions);
    const wantsDeprecations = readDeprecationsDemand(extensions);
    used.count(text);
    use?.count(prepared.used, reply.request.headers, variables, Date.now());
    if (prepared.used.headers) reply.headers(prepared.used.headers);
    const isGet = reply.request.method === "GET";
    const maxAgeMs = isGet && demand.maxStalenessMs === undefined ? config.cache.httpMaxAgeMs : 0;
    const wanted = maxAgeMs > 0 ? { ...demand, wantsParts: true } : demand;
    const parted = await answerExplained(run, { asking: { ...asking, ...wanted }, variables }, explain);
    const nowMs = Date.now();
    reply.header("age", ageSeconds(parted, nowMs));
    const told = wantsDeprecations ? withDeprecations(parted, prepared.used, variables) : parted;
    if (demand.wantsParts) return withFreshness(told, products);
    if (explain || wantsDeprecations || definition.operation !== OperationTypeNode.QUERY) return told;
    const isPersonal = Object.keys(asking.visibility.headers).length > 0;
    reply.headers(cachingHeaders(parted, { isGet, products, isPersonal, maxAgeMs, answerBytesMax, nowMs }));
    return parted;
  };

  /** Answers a document that Apollo Server parsed. */
  const execute = async (asked: ExecutorRequest): Promise<ExecutionResult> => {
    const its = served as Served;
    const { source: text, document, operation: definition, request } = asked;
    return its
      .during(async () => {
        persisted.check(text);
        const name = request.operationName || undefined;
        const preparing = its.operations.prepare({ text, name, document, definition });
        const preparation = await within(asked.context.asking.signal, preparing);
        if (preparation.kind === "invalid")
          return { errors: preparation.errors.map((error) => asInvalid(error, asked)) };
        const { variables = {}, extensions = {} } = request;
        return asResult(await answer(its, preparation.prepared, { variables, extensions }, asked.context));
      })
      .catch((failure) => {
        throw asWholeAnswer(failure);
      });
  };

  /** The operation of a request that was prepared, where it may be asked in this way. */
  const find = ({ operations }: Served, question: PlainQuestion | undefined, method: string) => {
    const prepared = question && operations.find(question.text, question.name);
    return method === "POST" || prepared?.definition.operation === OperationTypeNode.QUERY
      ? prepared
      : undefined;
  };

  const warmUp = async (next: Served, before: Served | undefined) => {
    const known = before?.operations.known().slice(0, config.operation.warmedMax) ?? [];
    const texts = [...persisted.registered, ...(await used.texts())];
    await warm(next, { known, texts }, config.operation);
  };

  return {
    async handler(request, reply) {
      reply.header("vary", vary);
      if (!served || !apollo) throw federating.NO_SUPERGRAPH({ missing: missing() });
      const question = readQuestion(request, persisted.find);
      const prepared = find(served, question, request.method);
      const text = prepared ? prepared.text : (readText(request) ?? "");
      if (text !== "") persisted.check(text);
      if (!question || !prepared) {
        checkText(text, config.operation);
        return concluded(request, reply, await apollo.handler.call(this, request, reply));
      }
      const its = served;
      const answered = await its
        .during(() => answer(its, prepared, question, contextOf(request, reply)))
        .catch((failure): Answer => ({ errors: [asWholeAnswer(failure)] }));
      const type = request.headers.accept;
      const { status, body } = writeResponse({ formatError, answerBytesMax }, answered, type);
      reply.code(status).header("content-type", `${type}; charset=utf-8`);
      return concluded(request, reply, body);
    },
    take: async (supergraph) => {
      const next = serveSupergraph({ ask, keep, rules, cache }, supergraph, config);
      const before = served;
      if (!before) {
        apollo = await startApolloParser({ report, persisted, contextOf, execute }, supergraph, config);
        served = next;
        await warmUp(next, undefined);
        if (cache && config.operation.warmRuns)
          await runOnce(next, persisted.registered, config.operation, stopping.signal);
        return;
      }
      await warmUp(next, before);
      served = next;
      const retirement = before.retire().finally(() => retiring.delete(retirement));
      retiring.add(retirement);
    },
    [Symbol.asyncDispose]: async () => {
      stopping.abort(new Error("the gateway stops"));
      await apollo?.[Symbol.asyncDispose]();
      await Promise.all([...retiring, served?.retire()]);
      await used[Symbol.asyncDispose]();
    },
  };
}

/** The work goes on without those who wait no longer: others may have asked the same. */
function within<T>(signal: Signal, work: Promise<T>): Promise<T> {
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
