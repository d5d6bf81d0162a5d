// A difference between two versions of a product's port, and what it means for those who ask.

/**
 * breaking: questions that were answered are refused, or mean something else.
 * risky: some callers may be surprised. safe: nobody is.
 */
export type Verdict = "breaking" | "risky" | "safe";

export type Change = {
  /** The kind, such as `field removed`: one for each file under `rules/`. */
  readonly kind: string;
  /** Schema coordinate of what changed, such as `Airport.city`, `flights_bool_exp.distance`, `Query.flights(where:)`. */
  readonly coordinate: string;
  readonly verdict: Verdict;
  /** What changed, in one sentence. */
  readonly text: string;
  /** Whoever uses one of these coordinates is hit. [] = nobody's use can tell. */
  readonly touches: readonly string[];
};
