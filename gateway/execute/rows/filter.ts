// The filter: rows for which a condition is TRUE, as they are and in their order.
import type { Truth } from "./evaluate-test.ts";
import type { FlatRow, FlatRows } from "./flat-row.ts";

/** None for which it is UNKNOWN. */
export function filterRows(rows: FlatRows, holds: (row: FlatRow) => Truth): FlatRows {
  return rows.filter((row) => holds(row) === true);
}
