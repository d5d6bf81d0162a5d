// Counts of groups: rows, values, different values, or counts of parts added.
import type { ScalarName } from "../../../schema/product/scalar.ts";
import type { Groups } from "./assign-groups.ts";
import { codeColumn } from "./coded-column.ts";
import type { FlatRows } from "./flat-row.ts";

/** Rows, or those where `column` is not null. */
export function countRows(rows: FlatRows, { count, groupOf }: Groups, column?: string): Float64Array {
  const counts = new Float64Array(count);
  for (let place = 0; place < rows.length; place++) {
    if (column !== undefined && (rows[place]?.[column] ?? null) === null) continue;
    add(counts, groupOf[place] as number, 1);
  }
  return counts;
}

/** The column's own sum: it holds counts. */
export function addCounts(rows: FlatRows, { count, groupOf }: Groups, column: string): Float64Array {
  const counts = new Float64Array(count);
  for (let place = 0; place < rows.length; place++)
    add(counts, groupOf[place] as number, Number(rows[place]?.[column] ?? 0));
  return counts;
}

/** Different values, null left out: pairs of group and value in order, each counted once. */
export function countDistinct(
  rows: FlatRows,
  { count, groupOf }: Groups,
  column: string,
  scalar: ScalarName,
): Float64Array {
  const { codes, values } = codeColumn(rows, { column, scalar }, "UTC");
  const ofNull = values.indexOf(null);
  const pairs = Float64Array.from(
    codes,
    (code, place) => (groupOf[place] as number) * values.length + code,
  ).sort();
  const counts = new Float64Array(count);
  for (let at = 0; at < pairs.length; at++) {
    const pair = pairs[at] as number;
    if (pair === pairs[at - 1] || pair % values.length === ofNull) continue;
    add(counts, Math.floor(pair / values.length), 1);
  }
  return counts;
}

function add(counts: Float64Array, group: number, count: number): void {
  counts[group] = (counts[group] as number) + count;
}
