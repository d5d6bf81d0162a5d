// The subgraph port: one pool of connections a subgraph, bounded in time and bytes.
import { performance } from "node:perf_hooks";
import { Pool, errors as undici } from "undici";
import { z } from "zod";
import { Fault } from "../../schema/product/fault.ts";
import type { Config } from "../config.ts";
import type { Visibility } from "../policy/visibility.ts";
import { fetching } from "./fetching-faults.ts";

export type SubgraphRequest = {
  readonly query: string;
  readonly operationName?: string | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
};

export type SubgraphAnswer = {
  readonly data?: Record<string, unknown> | null | undefined;
  readonly errors?: readonly { readonly message: string }[] | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
};

export type FetchEvent =
  | {
      readonly kind: "subgraph.answered";
      readonly subgraph: string;
      readonly tookMs: number;
      readonly bytes: number;
    }
  | {
      readonly kind: "subgraph.failed";
      readonly subgraph: string;
      readonly tookMs: number;
      readonly fault: Fault;
    };

export type Asking = { readonly signal: AbortSignal; readonly visibility: Visibility };

export type Subgraphs = AsyncDisposable & {
  /**
   * Asks one subgraph.
   * @throws fetching.*
   */
  readonly ask: (
    subgraph: { readonly name: string; readonly url: string },
    request: SubgraphRequest,
    asking: Asking,
  ) => Promise<SubgraphAnswer>;
};

/** Servers in development send their stack traces along, which are not the caller's to see. */
const errorExtensions = z.looseObject({}).transform(({ stacktrace, exception, ...shown }) => shown);

const answerSchema = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z.array(z.looseObject({ message: z.string(), extensions: errorExtensions.nullish() })).optional(),
  extensions: z.record(z.string(), z.unknown()).optional(),
});

export function openSubgraphs(
  { observe }: { readonly observe: (event: FetchEvent) => void },
  options: Config["fetch"],
): Subgraphs {
  const pools = new Map<string, Pool>();
  const poolOf = (origin: string): Pool => {
    const known = pools.get(origin);
    if (known) return known;
    const pool = new Pool(origin, {
      connections: options.connectionsMax,
      connectTimeout: options.connectTimeoutMs,
      headersTimeout: options.answerTimeoutMs,
      bodyTimeout: options.answerTimeoutMs,
      maxResponseSize: options.answerBytesMax,
    });
    pools.set(origin, pool);
    return pool;
  };
  return {
    ask: async ({ name, url }, request, asking) => {
      const { origin, pathname, search } = new URL(url);
      const startedMs = performance.now();
      const tookMs = () => Math.round(performance.now() - startedMs);
      try {
        const { statusCode, body } = await poolOf(origin).request({
          method: "POST",
          path: `${pathname}${search}`,
          headers: {
            ...asking.visibility.headers,
            "content-type": "application/json",
            accept: "application/json",
          },
          body: JSON.stringify(request),
          signal: asking.signal,
        });
        const bytes = await body.bytes();
        const answer = readAnswer(name, statusCode, new TextDecoder().decode(bytes));
        observe({ kind: "subgraph.answered", subgraph: name, tookMs: tookMs(), bytes: bytes.length });
        return answer;
      } catch (cause) {
        const fault = asFetchFault(cause, name, tookMs(), asking.signal, options);
        observe({ kind: "subgraph.failed", subgraph: name, tookMs: tookMs(), fault });
        throw fault;
      }
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all([...pools.values()].map((pool) => pool.close()));
    },
  };
}

/** A GraphQL answer, whatever its status: GraphQL over HTTP gives errors a 4xx in one media type. */
function readAnswer(subgraph: string, status: number, text: string): SubgraphAnswer {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw fetching.SUBGRAPH_ANSWER_INVALID({ subgraph, status, problem: "no JSON" }, cause);
  }
  const { success, data: answer } = answerSchema.safeParse(json);
  if (!success || (!answer.data && !answer.errors?.length))
    throw fetching.SUBGRAPH_ANSWER_INVALID({ subgraph, status, problem: "no GraphQL answer" });
  return answer;
}

function asFetchFault(
  cause: unknown,
  subgraph: string,
  waitedMs: number,
  signal: AbortSignal,
  { answerBytesMax }: Config["fetch"],
): Fault {
  if (cause instanceof Fault) return cause;
  if (signal.aborted) return fetching.OPERATION_TIMEOUT({ subgraph, waitedMs }, cause);
  if (cause instanceof undici.HeadersTimeoutError || cause instanceof undici.BodyTimeoutError)
    return fetching.SUBGRAPH_TIMEOUT({ subgraph, waitedMs }, cause);
  if (cause instanceof undici.ResponseExceededMaxSizeError)
    return fetching.SUBGRAPH_ANSWER_MAX({ subgraph, answerBytesMax }, cause);
  return fetching.SUBGRAPH_UNREACHABLE({ subgraph }, cause);
}
