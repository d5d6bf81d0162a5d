// The join cache of one gateway: the store of its configuration, and all that stands on it.
import { randomBytes } from "node:crypto";
import { performance } from "node:perf_hooks";
import type { CacheEvent, ObserveCache } from "../../cache/cache-event.ts";
import {
  type Invalidation,
  type InvalidationParts,
  openInvalidation,
} from "../../cache/invalidation/invalidation.ts";
import { openAdmission, usualAdmissionOptions } from "../../cache/joins/admission.ts";
import { type AnswerFlight, type Answers, openAnswers } from "../../cache/joins/answers.ts";
import { usualCacheOptions } from "../../cache/joins/cache-parts.ts";
import { type Edges, openEdges, usualEdgesOptions } from "../../cache/joins/edges.ts";
import { type Entities, type EntityFlight, openEntities } from "../../cache/joins/entities.ts";
import { openFlights } from "../../cache/joins/flights.ts";
import { type Keyspace, openKeyspace } from "../../cache/store/keyspace.ts";
import { openMemoryStore } from "../../cache/store/memory-store.ts";
import { connectRedis, type RedisPlace } from "../../cache/store/redis-connection.ts";
import { openRedisStore } from "../../cache/store/redis-store.ts";
import type { Store } from "../../cache/store/store.ts";
import { usualStoreLimits } from "../../cache/store/store-limits.ts";
import { workSignal } from "../../http/deadline.ts";
import { rest } from "../../schema/product/ending.ts";
import type { Config } from "../config.ts";
import { countCache } from "./cache-counts.ts";
import { type ReportCache, reportCache } from "./report-cache.ts";

export type JoinCache = AsyncDisposable & {
  readonly answers: Answers;
  readonly entities: Entities;
  readonly edges: Edges;
  readonly invalidation: Invalidation;
  /** Whether the store is left alone for a while: what is looked up then is not found, and what is fetched not kept. */
  readonly rests: () => boolean;
  /** A text that was never given before, without commas. */
  readonly token: () => string;
  /** Milliseconds of this process; never goes back. */
  readonly now: () => number;
  /** Milliseconds since the epoch of what `now` gave. */
  readonly wallMs: (ms: number) => number;
  /** For what is not stored before the cache is even asked. */
  readonly observe: ObserveCache;
  readonly report: ReportCache;
};

export type JoinCacheParts = Pick<InvalidationParts, "isKey"> & {
  readonly observe: ObserveCache;
  /** Left out = what is remembered is in this process. */
  readonly redis?: RedisPlace | undefined;
};

/** Opens at once, whatever the state of Redis. Disposing waits for what is being written and closes the store. */
export function openJoinCache(
  { observe: report, isKey, redis }: JoinCacheParts,
  options: Config["cache"],
): JoinCache {
  const now = () => performance.now();
  const token = openTokens();
  const edges = openEdges({ ...usualEdgesOptions, edgesMax: options.edgesMax });
  const counted = countCache();
  const observe = (event: CacheEvent) => {
    edges.hear(event);
    counted.hear(event);
    report(event);
  };
  // What a process remembers goes with it.
  const keyspace = openKeyspace({ bytesMax: options.memoryBytesMax });
  const store = openStore({ now, token, observe, keyspace, redis }, options);
  const storeReport = () =>
    redis
      ? ({ kind: "redis" } as const)
      : ({ kind: "memory", bytes: keyspace.bytes(), bytesMax: options.memoryBytesMax } as const);
  const stopping = new AbortController();
  const flights = { answers: openFlights<AnswerFlight>(), entities: openFlights<EntityFlight>() };
  const parts = {
    store,
    admission: openAdmission({ now }, usualAdmissionOptions),
    isCrowded: keyspace.isCrowded,
    now,
    random: Math.random,
    token,
    rest,
    refreshDeadline: () => workSignal(stopping.signal, options.refreshMs),
    observe,
  };
  const { freshShare, missingMs, claimWaitMs } = options;
  const settings = { ...usualCacheOptions, freshShare, missingMs, claimWaitMs };
  const answers = openAnswers({ ...parts, flights: flights.answers }, settings);
  const entities = openEntities({ ...parts, flights: flights.entities }, settings);
  const detach = () => {
    flights.answers.detach();
    flights.entities.detach();
  };
  return {
    answers,
    entities,
    edges,
    invalidation: openInvalidation({ store, isKey, detach, observe }),
    rests: store.rests,
    token,
    now,
    wallMs: (ms) => Date.now() - (now() - ms),
    observe,
    report: reportCache({ counted, edges, store: storeReport }, { namesMax: options.edgesMax }),
    [Symbol.asyncDispose]: async () => {
      stopping.abort(new Error("the gateway stops"));
      await answers[Symbol.asyncDispose]();
      await entities[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
    },
  };
}

/** No two processes share what is random in it, and none counts twice. */
function openTokens(): () => string {
  const own = randomBytes(12).toString("base64url");
  let given = 0;
  return () => `${own}${(given++).toString(36)}`;
}

type StoreParts = {
  readonly now: () => number;
  readonly token: () => string;
  readonly observe: ObserveCache;
  /** Where there is no Redis. */
  readonly keyspace: Keyspace;
  readonly redis: RedisPlace | undefined;
};

function openStore(
  { keyspace, redis, ...parts }: StoreParts,
  { entryBytesMax, fieldsMax, changesMax, changeKeysMax, commandTimeoutMs, ...options }: Config["cache"],
): Store {
  const limits = { ...usualStoreLimits, entryBytesMax, fieldsMax, changesMax, changeKeysMax };
  if (redis) {
    const connection = connectRedis(redis, { commandTimeoutMs, observe: parts.observe });
    return openRedisStore({ ...parts, connection }, limits, options);
  }
  return openMemoryStore({ ...parts, keyspace, epoch: () => "" }, limits);
}
