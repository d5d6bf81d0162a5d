// Counts what the cache says of itself, since the gateway started.
import type { CacheEvent, ObserveCache, Unstored } from "../../cache/cache-event.ts";

/**
 * Whole answers, what subgraphs are asked, and entities, each one of them: a question whose whole answer is not
 * remembered counts for itself and for each of its fetches. What nobody looked for does not count.
 */
export type CacheCounts = {
  readonly asked: number;
  /** From the store, stale ones too. */
  readonly hits: number;
  readonly fetched: number;
  /** From a fetch that was on its way for somebody else. */
  readonly joined: number;
  /** Written so far; the store holds less. */
  readonly storedBytes: number;
  /** How often something was not stored, by reason. */
  readonly refused: Readonly<Partial<Record<Unstored, number>>>;
};

export type CountedCache = {
  readonly hear: ObserveCache;
  readonly counts: () => CacheCounts;
  /** Is the store left alone for a while, since it failed too often? */
  readonly isSuspended: () => boolean;
};

export function countCache(): CountedCache {
  const sums = { asked: 0, hits: 0, fetched: 0, joined: 0, storedBytes: 0 };
  const refused: Partial<Record<Unstored, number>> = {};
  let isSuspended = false;
  const hear = (event: CacheEvent): void => {
    switch (event.kind) {
      case "cache.answered":
        sums.asked += event.count;
        sums[sumOf(event.how)] += event.count;
        return;
      case "cache.stored":
        sums.storedBytes += event.bytes;
        return;
      case "cache.unstored":
        refused[event.reason] = (refused[event.reason] ?? 0) + 1;
        return;
      case "cache.store-suspended":
        isSuspended = true;
        return;
      case "cache.store-resumed":
        isSuspended = false;
        return;
      case "cache.refresh-failed":
      case "cache.entry-rejected":
      case "cache.invalidated":
      case "cache.store-failed":
        return;
    }
  };
  return { hear, counts: () => ({ ...sums, refused: { ...refused } }), isSuspended: () => isSuspended };
}

type Answered = Extract<CacheEvent, { readonly kind: "cache.answered" }>;

function sumOf(how: Answered["how"]): "hits" | "joined" | "fetched" {
  switch (how) {
    case "fresh":
    case "stale":
    case "revalidated":
      return "hits";
    case "joined":
      return "joined";
    case "fetched":
    case "bypassed":
      return "fetched";
  }
}
