// Whether an entry that was read may be served, and whether it is time for a newer one.
import type { Entry, Reading } from "../store/store.ts";

/** The entry was made under the counters' present tokens, and is not older than the caller takes. */
export function usable(
  entry: Entry | undefined,
  { atMs, stamps }: Reading,
  toleranceMs: number,
): Entry | undefined {
  if (!entry || entry.stamps.length !== stamps.length) return undefined;
  if (entry.stamps.some((stamp, i) => stamp !== stamps[i])) return undefined;
  return atMs - entry.madeAtMs < toleranceMs ? entry : undefined;
}

/**
 * Probabilistic early expiration, so that the callers of one entry do not all find it stale at once: the longer the fetch
 * takes and the nearer the end, the likelier (Vattani, Chierichetti, Lowenstein: "Optimal Probabilistic Cache Stampede
 * Prevention", VLDB 2015, XFetch with beta 1).
 */
export function wantsRefresh({ staleAtMs, tookMs }: Entry, atMs: number, random: () => number): boolean {
  return atMs - tookMs * Math.log(1 - random()) >= staleAtMs;
}
