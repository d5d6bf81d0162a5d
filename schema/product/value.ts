// What can be sorted and grouped by: a column, a calendar bucket of one, a path of references, an aggregate.
import type { Bucket } from "./scalar.ts";

export const aggregateFunctions = ["sum", "avg", "min", "max", "var_pop", "stddev_pop"] as const;
export type AggregateFunction = (typeof aggregateFunctions)[number];

export type Aggregate =
  /** Rows, or the non-null values of a column; `distinct` only with a column. */
  | { readonly function: "count"; readonly column?: string; readonly distinct: boolean }
  | { readonly function: AggregateFunction; readonly column: string };

export type Value =
  | { readonly kind: "column"; readonly column: string }
  | { readonly kind: "bucket"; readonly column: string; readonly bucket: Bucket }
  /** A value of the entity that a to-one reference leads to; NULL where it leads nowhere. */
  | { readonly kind: "reference"; readonly reference: string; readonly value: Value }
  /** An aggregate over the rows of a to-many. */
  | { readonly kind: "aggregate"; readonly inverse: string; readonly aggregate: Aggregate };

/** One spelling for one aggregate: `count`, `count(distinct delay)`, `avg(delay)`. */
export function aggregateName(aggregate: Aggregate): string {
  if (aggregate.function !== "count") return `${aggregate.function}(${aggregate.column})`;
  if (aggregate.column === undefined) return "count";
  return `count(${aggregate.distinct ? "distinct " : ""}${aggregate.column})`;
}

/** Each once, in the order of their first. */
export function distinctValues(values: readonly Value[]): readonly Value[] {
  return [...new Map(values.map((value) => [valueName(value), value])).values()];
}

/** One spelling for one value: `origin.state.name`, `date_month`, `departures.avg(delay)`. */
export function valueName(value: Value): string {
  switch (value.kind) {
    case "column":
      return value.column;
    case "bucket":
      return `${value.column}_${value.bucket}`;
    case "reference":
      return `${value.reference}.${valueName(value.value)}`;
    case "aggregate":
      return `${value.inverse}.${aggregateName(value.aggregate)}`;
  }
}
