// What the protocol stands on, and its settings.
import type { Signal } from "../../schema/product/ending.ts";
import type { ObserveCache } from "../cache-event.ts";
import type { Store } from "../store/store.ts";
import type { Admission } from "./admission.ts";

export type CacheParts = {
  readonly store: Store;
  readonly admission: Admission;
  /** Is the store as good as full? */
  readonly isCrowded: () => boolean;
  /** Milliseconds of this process; never goes back. */
  readonly now: () => number;
  /** From 0, below 1. */
  readonly random: () => number;
  readonly token: () => string;
  readonly rest: (ms: number, options: { readonly signal: Signal }) => Promise<void>;
  /** When a refresh that nobody waits for is given up. */
  readonly refreshDeadline: () => Signal;
  readonly observe: ObserveCache;
};

export type CacheOptions = {
  /** The part of its objective for which an entry is fresh; for the rest it is served while a newer one is fetched. */
  readonly freshShare: number;
  /** How long "no such entity" is believed. */
  readonly missingMs: number;
  /** How long the right to fetch for other gateways lasts at most. */
  readonly claimMs: number;
  /** How long a caller waits for another gateway's fetch before it fetches itself, and how often it looks. */
  readonly claimWaitMs: number;
  readonly claimLookMs: number;
};

export const usualCacheOptions: CacheOptions = {
  freshShare: 0.8,
  missingMs: 5_000,
  claimMs: 10_000,
  claimWaitMs: 300,
  claimLookMs: 20,
};
