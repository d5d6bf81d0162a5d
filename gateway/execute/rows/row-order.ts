// The order of rows: each term's values are read once, into a column that is quick to compare.
import { directionParts } from "../../../schema/product/order.ts";
import type { SortTerm } from "../../plan/rows-plan.ts";
import type { FlatRows } from "./flat-row.ts";
import { orderingOf, type Sortable } from "./ordering.ts";

/** Of the rows at two places: below zero where that at `i` comes first. */
export type PlaceOrder = (i: number, j: number) => number;

export function compileRowOrder(rows: FlatRows, order: readonly SortTerm[]): PlaceOrder {
  const [first, ...others] = order;
  if (!first) return () => 0;
  const compare = compileTerm(rows, first);
  if (others.length === 0) return compare;
  const then = compileRowOrder(rows, others);
  return (i, j) => compare(i, j) || then(i, j);
}

function compileTerm(rows: FlatRows, { column, scalar, direction }: SortTerm): PlaceOrder {
  const { of, compare } = orderingOf(scalar);
  const values = rows.map((row) => {
    const value = row[column];
    return value === null || value === undefined ? null : of(value);
  });
  const { descending, nullsFirst } = directionParts(direction);
  if (values.every((value) => value === null || typeof value === "number"))
    return orderOfNumbers(values as (number | null)[], descending, nullsFirst);
  const ascending = values.every((value) => value === null || isPlainText(value)) ? compareUnits : compare;
  return orderOfValues(values, ascending, descending, nullsFirst);
}

/** Nulls are infinite: no value is. */
function orderOfNumbers(
  values: readonly (number | null)[],
  descending: boolean,
  nullsFirst: boolean,
): PlaceOrder {
  const absent = nullsFirst ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const sign = descending ? -1 : 1;
  const column = Float64Array.from(values, (value) => (value === null ? absent : sign * value));
  return (i, j) => {
    const [a, b] = [column[i] as number, column[j] as number];
    return a < b ? -1 : a > b ? 1 : 0;
  };
}

function orderOfValues(
  values: readonly (Sortable | null)[],
  compare: (a: Sortable, b: Sortable) => number,
  descending: boolean,
  nullsFirst: boolean,
): PlaceOrder {
  const ofNull = nullsFirst ? -1 : 1;
  return (i, j) => {
    const [a, b] = [values[i] as Sortable | null, values[j] as Sortable | null];
    if (a === null) return b === null ? 0 : ofNull;
    if (b === null) return -ofNull;
    return descending ? compare(b, a) : compare(a, b);
  };
}

const surrogate = /[\ud800-\udfff]/;

/** Without surrogates the order of UTF-16 units is that of code points. */
function isPlainText(value: Sortable): boolean {
  return typeof value === "string" && !surrogate.test(value);
}

function compareUnits(a: Sortable, b: Sortable): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
