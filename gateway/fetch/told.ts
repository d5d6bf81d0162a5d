// What is told of each part of an answer: who gave it, how old it is, whether it was remembered.

/** `fresh` and `stale` were remembered; `joined` was on its way already; `fetched` was asked for now. */
export type From = "fresh" | "stale" | "joined" | "fetched";

export const isRemembered = (from: From | "bypassed"): boolean => from === "fresh" || from === "stale";

export type Told = {
  readonly subgraph: string;
  readonly from: From;
  /** Of how many entities; 1 for anything else. */
  readonly count: number;
  /** It is at least as new as this, in milliseconds since the epoch. */
  readonly asOfMs: number;
  /** By product, how far its source had got, where the subgraph says so. */
  readonly watermarks?: Readonly<Record<string, string>>;
};
