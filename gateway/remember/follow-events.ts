// Change events from a Redis Stream, where one is configured: one gateway at a time reads it for all.
import { setTimeout as rest } from "node:timers/promises";
import { followStream, type StreamEvent, usualStreamFollowing } from "../../cache/invalidation/stream.ts";
import { openRedisStream, usualStreamOptions } from "../../cache/store/redis-stream.ts";
import type { Config } from "../config.ts";
import { type JoinCache, placeOf } from "./join-cache.ts";

/**
 * Undefined where no stream is configured.
 * @throws Error where there is no Redis to read it from
 */
export async function followEvents(
  { cache, observe }: { readonly cache: JoinCache; readonly observe: (event: StreamEvent) => void },
  { events: { stream, keysMax }, cache: { redis } }: Pick<Config, "events" | "cache">,
): Promise<AsyncDisposable | undefined> {
  if (stream === undefined) return undefined;
  if (!redis) throw new Error("`stream` needs `cache.redis`");
  const source = openRedisStream(placeOf(redis), { ...usualStreamOptions, stream, holder: cache.token() });
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
