// Why there is no connection to Redis: heard of its client, looked for where that says nothing, and told once.
import type { ConnectionOptions } from "node:tls";
import type { ObserveCache } from "../cache-event.ts";
import { caching } from "../caching-faults.ts";
import { isDisconnected, isForbidden, withoutCommand } from "./redis-failure.ts";
import { type ReachedServer, whyUnreachable } from "./why-unreachable.ts";

export type ProblemParts = {
  /** As much of a client of ioredis as is used. */
  readonly client: {
    readonly status: string;
    readonly on: (event: string, hear: (cause: unknown) => void) => unknown;
  };
  /** Those that are tried where the client does not say why it has no connection. */
  readonly servers: readonly ReachedServer[];
  readonly observe: ObserveCache;
};

export type ProblemOptions = {
  readonly tls: ConnectionOptions | undefined;
  readonly connectTimeoutMs: number;
};

export type RedisProblems = {
  /** What an operation that failed so is to reject with. It holds no argument of a command. */
  readonly told: (cause: unknown) => Error;
};

/** Of one time without a connection. */
const problemsMax = 20;

/** Reports `cache.store-unconnected`, each problem once until there is a connection again. */
export function hearProblems(
  { client, servers, observe }: ProblemParts,
  { tls, connectTimeoutMs }: ProblemOptions,
): RedisProblems {
  let latest: string | undefined;
  let told = new Set<string>();
  let isLooking = false;
  const tell = (message: string) => {
    const problem = message.replace(/\.$/, "");
    latest = problem;
    if (told.has(problem) || told.size >= problemsMax) return;
    told.add(problem);
    observe({ kind: "cache.store-unconnected", fault: caching.CACHE_UNCONNECTED({ problem }) });
  };
  const isWithout = () => client.status !== "ready" && client.status !== "end";
  const look = async () => {
    if (isLooking) return;
    isLooking = true;
    for (const server of servers) {
      if (latest !== undefined || !isWithout()) break;
      const problem = await whyUnreachable(server, tls, { withinMs: connectTimeoutMs });
      if (problem !== undefined && isWithout()) tell(problem);
    }
    isLooking = false;
  };
  const hear = (cause: unknown) => {
    const failure = withoutCommand(cause);
    // Where there is a connection it is one node of a Cluster, or one that is made again.
    if (!isWithout() && !isForbidden(failure)) return;
    if (isDisconnected(failure)) void look();
    else tell(failure.message);
  };
  client.on("error", hear);
  client.on("sentinelError", hear);
  client.on("node error", hear);
  client.on("ready", () => {
    latest = undefined;
    told = new Set();
  });
  return {
    told: (cause) => {
      const failure = withoutCommand(cause);
      if (isForbidden(failure)) tell(failure.message);
      return latest !== undefined && isWithout() && isDisconnected(failure)
        ? caching.CACHE_UNCONNECTED({ problem: latest })
        : failure;
    },
  };
}
