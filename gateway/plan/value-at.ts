// A column of rows as the owner's value: `origin.iata` is the `iata` that `origin` leads to.
import type { Value } from "../../schema/product/value.ts";

export function valueAt(column: string): Value {
  const [first = "", ...rest] = column.split(".");
  if (rest.length === 0) return { kind: "column", column: first };
  return { kind: "reference", reference: first, value: valueAt(rest.join(".")) };
}
