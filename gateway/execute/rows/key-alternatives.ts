// Keys of several columns as alternatives: where all columns but one have these values, that one is among those.
import type { ScalarValue } from "../../../schema/product/scalar.ts";

export type Tuple = readonly ScalarValue[];

export type Alternatives = {
  /** Place of the column whose values are listed. */
  readonly listed: number;
  readonly of: readonly Tuples[];
};

/** That differ in the listed column alone. */
type Tuples = readonly Tuple[];

/** Most alternatives in one question: what engines take to plan it grows with their square and faster. */
export const alternativesMax = 64;

/** By the column that makes the fewest alternatives; of two that make as many, by the later one. */
export function alternativesOf(tuples: readonly Tuple[]): Alternatives {
  const columns = tuples[0]?.length ?? 1;
  return Array.from({ length: columns }, (_, listed) => ({
    listed,
    of: alternativesBy(listed, tuples),
  })).reduce((fewest, other) => (other.of.length <= fewest.of.length ? other : fewest));
}

function alternativesBy(listed: number, tuples: readonly Tuple[]): readonly Tuples[] {
  const found = new Map<string, Tuple[]>();
  for (const tuple of tuples) {
    const name = JSON.stringify(tuple.toSpliced(listed, 1));
    const known = found.get(name);
    if (known) known.push(tuple);
    else found.set(name, [tuple]);
  }
  return [...found.values()];
}

/** The same tuples in parts, each of at most `keysMax` and of few enough alternatives for one question. */
export function tuplesInParts(tuples: readonly Tuple[], keysMax: number): readonly Tuples[] {
  const parts: Tuple[][] = [];
  let part: Tuple[] = [];
  let alternatives = 0;
  for (const alternative of alternativesOf(tuples).of)
    for (let at = 0; at < alternative.length; at += keysMax) {
      const some = alternative.slice(at, at + keysMax);
      if (alternatives === alternativesMax || part.length + some.length > keysMax || parts.length === 0) {
        part = [];
        parts.push(part);
        alternatives = 0;
      }
      for (const tuple of some) part.push(tuple);
      alternatives++;
    }
  return parts;
}
