// How well the owner of a collection answers what a condition asks, by what the collection declares.
import type { MeshCollection } from "../../schema/product/mesh.ts";
import type { Operator } from "../../schema/product/predicate.ts";
import type { Among, Test } from "./condition.ts";
import { entityOf, type Facts, isOwn, relationOf } from "./facts.ts";

/** Inexactly: all rows that are asked for, and perhaps others. */
export type Answered = "exactly" | "inexactly" | "no";

export function answersOperator(operator: Operator, { exact, inexact }: MeshCollection): Answered {
  if (inexact.includes(operator)) return "inexactly";
  return exact === undefined || exact.includes(operator) ? "exactly" : "no";
}

export function operatorOf(test: Test): Operator {
  return test.kind === "null" ? "_is_null" : test.operator;
}

export function answersExactly(operator: Operator, collection: MeshCollection): boolean {
  return answersOperator(operator, collection) === "exactly";
}

/**
 * Is a row's key among keys? Lists of keys of several columns are asked by `_eq` too, and of columns that may be null
 * whether they are.
 */
export function answersKeys(
  facts: Facts,
  collection: MeshCollection,
  { relationship, columns }: Pick<Among, "relationship" | "columns">,
): Answered {
  const relation = relationOf(facts, collection, relationship);
  const isReference = relation?.kind === "reference";
  const owner = (isReference && isOwn(collection, relation) && relation.to) || collection;
  const { columns: known } = entityOf(facts, collection);
  const mayBeNull = !isReference && columns.some((column) => !known.get(column)?.required);
  return worst([
    answersOperator("_in", owner),
    ...(columns.length > 1 ? [answersOperator("_eq", owner)] : []),
    ...(mayBeNull ? [answersOperator("_is_null", owner)] : []),
  ]);
}

export function worst(of: readonly Answered[]): Answered {
  if (of.includes("no")) return "no";
  return of.includes("inexactly") ? "inexactly" : "exactly";
}
