// Writes what is sorted by as the `order_by` of a list or of groups: the inverse of `readOrder` and `readGroupOrder`.
import type { Direction, OrderTerm } from "../../../schema/product/order.ts";
import type { GroupOrderTerm } from "../../../schema/product/read-value.ts";
import type { Aggregate, Value } from "../../../schema/product/value.ts";
import type { Input } from "./write-condition.ts";

export function writeOrder(order: readonly OrderTerm[]): readonly Input[] {
  return order.map(({ by, direction }) => writeValue(by, direction));
}

export function writeGroupOrder(order: readonly GroupOrderTerm[]): readonly Input[] {
  return order.map((term) =>
    term.on === "key"
      ? { by: writeValue(term.key, term.direction) }
      : { aggregate: writeAggregate(term.aggregate, term.direction) },
  );
}

function writeValue(value: Value, direction: Direction): Input {
  switch (value.kind) {
    case "column":
      return { [value.column]: direction };
    case "bucket":
      return { [`${value.column}_${value.bucket}`]: direction };
    case "reference":
      return { [value.reference]: writeValue(value.value, direction) };
    case "aggregate":
      return { [`${value.inverse}_aggregate`]: writeAggregate(value.aggregate, direction) };
  }
}

/** The order of a count is that of rows: the contract has no other. */
function writeAggregate(aggregate: Aggregate, direction: Direction): Input {
  if (aggregate.function === "count") return { count: direction };
  return { [aggregate.function]: { [aggregate.column]: direction } };
}
