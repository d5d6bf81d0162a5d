// The sort: rows in order, and of them the page.
import type { Page } from "../../../schema/product/read-page.ts";
import type { SortTerm } from "../../plan/rows-plan.ts";
import type { FlatRow, FlatRows } from "./flat-row.ts";
import { leastOf } from "./least.ts";
import { compileRowOrder } from "./row-order.ts";

/** Rows that are equal in all terms, as all are without terms, stay in the order that they came in. */
export function sortRows(rows: FlatRows, order: readonly SortTerm[], { limit, offset }: Page): FlatRows {
  const end = limit === undefined ? rows.length : Math.min(rows.length, offset + limit);
  if (offset >= end) return [];
  if (order.length === 0) return rows.slice(offset, end);
  const places = leastOf(rows.length, end, compileRowOrder(rows, order)).subarray(offset, end);
  return Array.from(places, (place) => rows[place] as FlatRow);
}
