// What the cache reports of itself: a closed union that whoever wires it counts or logs.
import type { Fault } from "../schema/product/fault.ts";

/** Why an entry that was found is not used. "foreign": made for another key, or no entry at all. */
export type Rejection = "corrupted" | "foreign" | "other format" | "too large";

/** Why an answer that was fetched was not stored. */
export type Unstored =
  | "no objective"
  | "not whole"
  | "too large"
  | "seldom asked"
  | "changes too often"
  | "saves too little"
  | "invalidated meanwhile"
  | "objective passed"
  | "store full"
  | "store failed";

/** What it is about: the edge that was asked for, where whoever asked named one. */
export type OfEdge = { readonly edge?: string | undefined };

export type CacheEvent =
  /** `how`: "fresh", "stale" and "revalidated" came from the store, "joined" from a fetch on its way, "fetched" from a new one. */
  | (OfEdge & {
      readonly kind: "cache.answered";
      readonly how: "fresh" | "stale" | "revalidated" | "joined" | "fetched" | "bypassed";
      readonly count: number;
    })
  /** `score`: the milliseconds that it is expected to save for each kilobyte. */
  | (OfEdge & { readonly kind: "cache.stored"; readonly bytes: number; readonly score: number })
  | (OfEdge & { readonly kind: "cache.unstored"; readonly reason: Unstored; readonly score?: number })
  | { readonly kind: "cache.refresh-failed"; readonly cause: unknown }
  | { readonly kind: "cache.entry-rejected"; readonly reason: Rejection }
  | {
      readonly kind: "cache.invalidated";
      readonly scope: "keys" | "product" | "all";
      readonly source: string;
    }
  | {
      readonly kind: "cache.store-failed";
      readonly operation: string;
      readonly tookMs: number;
      readonly cause: unknown;
    }
  | { readonly kind: "cache.store-suspended"; readonly failures: number }
  | { readonly kind: "cache.store-resumed" }
  /** There is no connection to Redis, or it lets this user do nothing. Each reason once, until there is a connection. */
  | { readonly kind: "cache.store-unconnected"; readonly fault: Fault }
  /** A failover of this master (its address, or what the Sentinels call it) may forget what was acknowledged: see docs/cache.md. */
  | { readonly kind: "cache.failover-unguarded"; readonly master: string };

export type ObserveCache = (event: CacheEvent) => void;
