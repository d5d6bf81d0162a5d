// What the cache is asked, what a fetch brings it, and what it answers.
import type { Signal } from "../../schema/product/ending.ts";
import type { Body } from "../store/body.ts";
import type { Identity } from "../store/names.ts";

export type Freshness = {
  /** The smallest objective of all products that are read; undefined = nothing is remembered. */
  readonly sloMs: number | undefined;
  /** How old an answer this caller takes; left out = as old as the objective allows. 0 = fetched after it asked. */
  readonly maxStalenessMs?: number | undefined;
};

/** What many questions have in common, as an operation or a join: what they come to is told together. */
export type Along = { readonly edge?: string };

/**
 * The question that it is a part of, by the generation that its fetch was given: while the store fails, nothing that was begun
 * for another is joined, for the store may have worked there, and the whole is remembered.
 */
export type PartOf = { readonly generation?: string | undefined };

/** A root fetch, a key set, groups, a joined result, a whole answer. */
export type AskedAnswer = Identity &
  Freshness &
  Along &
  PartOf & {
    /** The ids of all products that the answer is read from. */
    readonly products: readonly string[];
  };

export type Fetched<T> = {
  readonly body: T;
  /** False for errors, for parts of an answer, and for nulls that come with errors: never stored. */
  readonly whole: boolean;
  /** How old its oldest part was when the fetch began: what is made of remembered parts is as old as they. Left out = 0. */
  readonly ageMs?: number;
  /** The former answer: nothing of what it was made of has changed. It is kept on, as old as it is. */
  readonly isFormer?: boolean;
};

/** What is remembered, was made before events of these products, and is not too old but for them. */
export type Former = {
  readonly body: Body;
  /** Short names of the entities that the events named; undefined = anything of the product may have changed. */
  readonly changed: ReadonlyMap<string, ReadonlySet<string> | undefined>;
};

/**
 * `generation`: of this fetch alone. What it asks may be shared only with what is asked under the same: an older fetch may not
 * know of a change.
 */
export type Fetch<T> = (options: {
  readonly signal: Signal;
  readonly generation: string;
  /** Reads of the store what events named. */
  readonly former?: () => Promise<Former | undefined>;
}) => Promise<T>;

/**
 * "fresh" and "stale" came from the store, and so did what was "revalidated": products of it had changed, its parts had not.
 * "joined" came from a fetch that was on its way, "fetched" from one begun now, "bypassed" from one that the cache has no part in.
 */
export type How = "fresh" | "stale" | "revalidated" | "joined" | "fetched" | "bypassed";

export type Answered<T> = {
  readonly body: T;
  readonly how: How;
  /** The product's part is at least as new as this, in milliseconds of this process's clock. */
  readonly asOfMs: number;
};

/** How old an answer may be when it is asked for; undefined = nothing is remembered. */
export function toleranceMs({ sloMs, maxStalenessMs }: Freshness): number | undefined {
  return sloMs === undefined || sloMs <= 0 ? undefined : Math.min(sloMs, maxStalenessMs ?? sloMs);
}
