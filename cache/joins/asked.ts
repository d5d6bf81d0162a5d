// What the cache is asked, what a fetch brings it, and what it answers.
import type { Identity } from "../store/names.ts";

export type Freshness = {
  /** The smallest objective of all products that are read; undefined = nothing is remembered. */
  readonly sloMs: number | undefined;
  /** How old an answer this caller takes; left out = as old as the objective allows. 0 = fetched after it asked. */
  readonly maxStalenessMs?: number;
};

/** A root fetch, a key set, groups, a joined result, a whole answer. */
export type AskedAnswer = Identity &
  Freshness & {
    /** The ids of all products that the answer is read from. */
    readonly products: readonly string[];
  };

export type Fetched<Body> = {
  readonly body: Body;
  /** False for errors, for parts of an answer, and for nulls that come with errors: never stored. */
  readonly whole: boolean;
};

export type Fetch<T> = (options: { readonly signal: AbortSignal }) => Promise<T>;

/**
 * "fresh" and "stale" came from the store; "joined" from a fetch that was on its way, "fetched" from one begun now,
 * "bypassed" from one that the cache has no part in.
 */
export type How = "fresh" | "stale" | "joined" | "fetched" | "bypassed";

export type Answered<Body> = {
  readonly body: Body;
  readonly how: How;
  /** The product's part is at least as new as this, in milliseconds of this process's clock. */
  readonly asOfMs: number;
};

/** How old an answer may be when it is asked for; undefined = nothing is remembered. */
export function toleranceMs({ sloMs, maxStalenessMs }: Freshness): number | undefined {
  return sloMs === undefined || sloMs <= 0 ? undefined : Math.min(sloMs, maxStalenessMs ?? sloMs);
}
