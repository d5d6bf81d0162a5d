// Where every plan of rows begins: a collection, and those of its rows for which a condition holds.
import type { MeshCollection } from "../../schema/product/mesh.ts";
import { always, type Condition, isAlways } from "./condition.ts";
import { type Facts, relationOf, scalarOf, shapeOf } from "./facts.ts";
import type { RowsPlan, Scalars, Scan } from "./rows-plan.ts";

/** A collection, whole. */
export function scanOf({ name }: MeshCollection): Scan {
  return { kind: "scan", collection: name, columns: [], where: always, order: [], page: { offset: 0 } };
}

/** Rows of a collection for which the condition holds. */
export function filter(
  facts: Facts,
  collection: MeshCollection,
  input: RowsPlan,
  condition: Condition,
): RowsPlan {
  if (isAlways(condition)) return input;
  return { kind: "filter", input, condition, scalars: scalarsIn(facts, collection, condition) };
}

/** The scalars of all columns that a condition's tests name, and of the keys that its relationships stand on. */
function scalarsIn(facts: Facts, collection: MeshCollection, condition: Condition): Scalars {
  const shape = shapeOf(facts, collection);
  return Object.fromEntries(
    columnsIn(facts, collection, condition).map((column) => [column, scalarOf(shape, column.split("."))]),
  );
}

/** The columns of a row that a condition is decided by. */
export function columnsIn(facts: Facts, collection: MeshCollection, condition: Condition): readonly string[] {
  switch (condition.kind) {
    case "and":
    case "or":
      return condition.of.flatMap((each) => columnsIn(facts, collection, each));
    case "not":
      return columnsIn(facts, collection, condition.of);
    case "among":
      return condition.columns;
    case "exists":
      return relationOf(facts, collection, condition.relationship)?.here ?? [];
    case "null":
      return relationOf(facts, collection, condition.column)?.here ?? [condition.column];
    case "compare":
    case "member":
    case "match":
      return [condition.column];
  }
}
