// Whether an entry that was read may be served, and whether it is time for a newer one.
import type { Entry, Made } from "../store/store.ts";

/** What an entry is held against: the store's clock, the counters' present tokens as one text, the age that the caller takes. */
export type Demand = { readonly atMs: number; readonly stamps: string; readonly toleranceMs: number };

export function usable(entry: Entry | undefined, { atMs, stamps, toleranceMs }: Demand): Entry | undefined {
  return entry && entry.made.stamps === stamps && atMs - entry.made.atMs < toleranceMs ? entry : undefined;
}

/**
 * Probabilistic early expiration, so that the callers of one entry do not all find it stale at once: the longer the fetch
 * takes and the nearer the end, the likelier (Vattani, Chierichetti, Lowenstein: "Optimal Probabilistic Cache Stampede
 * Prevention", VLDB 2015, XFetch with beta 1).
 */
export function wantsRefresh({ staleAtMs, tookMs }: Made, atMs: number, random: () => number): boolean {
  return atMs - tookMs * Math.log(1 - random()) >= staleAtMs;
}
