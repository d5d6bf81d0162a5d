// Change events from a Redis Stream, where one is configured: one gateway at a time reads it for all.
import { setTimeout as rest } from "node:timers/promises";
import { followStream, type StreamEvent, usualStreamFollowing } from "../../cache/invalidation/stream.ts";
import type { RedisPlace } from "../../cache/store/redis-connection.ts";
import { openRedisStream, usualStreamOptions } from "../../cache/store/redis-stream.ts";
import type { Config } from "../config.ts";
import type { JoinCache } from "./join-cache.ts";

export type EventsParts = {
  readonly cache: JoinCache;
  readonly redis: RedisPlace | undefined;
  readonly observe: (event: StreamEvent) => void;
};

/**
 * Undefined where no stream is configured.
 * @throws Error where there is no Redis to read it from
 */
export async function followEvents(
  { cache, redis, observe }: EventsParts,
  { events: { stream, keysMax } }: Pick<Config, "events">,
): Promise<AsyncDisposable | undefined> {
  if (stream === undefined) return undefined;
  if (!redis) throw new Error("`stream` needs `cache.redis`");
  const source = openRedisStream(redis, { ...usualStreamOptions, stream, holder: cache.token() });
  return followStream(
    {
      stream: source,
      invalidation: cache.invalidation,
      observe,
      rest: (ms, { signal }) => rest(ms, undefined, { signal }),
    },
    { ...usualStreamFollowing, keysMax },
  );
}
