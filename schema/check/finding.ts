// What a check found: what is wrong, where, and the smallest fix.

export type Severity = "error" | "warning";

/** A place in the SDL of a subgraph, or in one of its documents. Lines and columns begin at 1. */
export type SourcePlace = {
  readonly subgraph: string;
  /** The contract or the descriptor; left out = the SDL. */
  readonly file?: string;
  readonly line: number;
  readonly column: number;
};

export type Finding = {
  /** Stable; never changes its meaning. */
  readonly code: string;
  readonly severity: Severity;
  readonly subgraph: string;
  /** Schema coordinate, such as `Airport.city` or `Query.airports(where:)`; left out = the subgraph as a whole. */
  readonly coordinate?: string;
  readonly place?: SourcePlace;
  /** What is wrong, in one sentence. */
  readonly text: string;
  /** Definitions that contradict each other, or one that is wrong, as they are written. */
  readonly definitions?: readonly { readonly place: SourcePlace; readonly source: string }[];
  /** What to do, in one sentence. */
  readonly fix: string;
};
