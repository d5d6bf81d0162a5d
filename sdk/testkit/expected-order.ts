// The order of rows, worked out in memory: terms, places of nulls, and the primary key last.
import { type Direction, directionParts } from "../../schema/product/order.ts";
import type { ScalarName, ScalarValue } from "../../schema/product/scalar.ts";
import { compareValues } from "./compare-values.ts";
import { compareKeys } from "./sample.ts";
import type { SampleRow } from "./sample-row.ts";
import type { Subject, TestedColumn } from "./subject.ts";

export type Term = { readonly column: TestedColumn; readonly direction: Direction };

export function inOrder(
  rows: readonly SampleRow[],
  terms: readonly Term[],
  { key }: Subject,
): readonly SampleRow[] {
  return rows.toSorted((a, b) => {
    for (const { column, direction } of terms) {
      const [left = null, right = null] = [a.values[column.name], b.values[column.name]];
      const sign = compareNullable(column.scalar, left, right, direction);
      if (sign !== 0) return sign;
    }
    return compareKeys(key, a, b);
  });
}

export function compareNullable(
  scalar: ScalarName,
  a: ScalarValue | null,
  b: ScalarValue | null,
  direction: Direction,
): number {
  const { descending, nullsFirst } = directionParts(direction);
  if (a === null || b === null) {
    if (a === b) return 0;
    return (a === null) === nullsFirst ? -1 : 1;
  }
  const sign = compareValues(scalar, a, b);
  return descending ? -sign : sign;
}
