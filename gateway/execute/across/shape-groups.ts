// From rows to the objects of groups and aggregates, named as they were selected.
import { readCount } from "../../../schema/product/read-aggregates.ts";
import { columnOfAggregate } from "../../plan/aggregates.ts";
import type { Selected } from "../../plan/read-asked.ts";
import type { Json } from "../federated/own.ts";
import type { FlatRow } from "../rows/flat-row.ts";

/** The object of a group: `by` and `aggregate`, as often as they were selected. */
export function shapeGroup(row: FlatRow, selected: readonly Selected[]): Json {
  return Object.fromEntries(
    selected.map(({ name, responseName, fields }) => [
      responseName,
      name === "by" ? shapeKeys(row, fields, "") : shapeAggregates(row, fields),
    ]),
  );
}

/** References are objects, whether they lead anywhere or not. */
function shapeKeys(row: FlatRow, selected: readonly Selected[], prefix: string): Json {
  return Object.fromEntries(
    selected.map(({ name, responseName, fields }) => [
      responseName,
      fields.length === 0 ? row[prefix + name] : shapeKeys(row, fields, `${prefix}${name}.`),
    ]),
  );
}

/** What is selected of `aggregate`. */
export function shapeAggregates(row: FlatRow, selected: readonly Selected[]): Json {
  return Object.fromEntries(
    selected.map(({ name, responseName, given, fields }) => [
      responseName,
      name === "count"
        ? row[columnOfAggregate(readCount(given, name))]
        : Object.fromEntries(fields.map((field) => [field.responseName, row[`${name}(${field.name})`]])),
    ]),
  );
}
