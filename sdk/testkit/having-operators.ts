// What `having` can be asked: the operators on an aggregate that the SDL has and the collection answers exactly.
import { type Operator, operators } from "../../schema/product/predicate.ts";
import type { Bench } from "./check.ts";
import { fieldsOf, isExact, typeAt } from "./subject.ts";

/** `path` is that of the aggregate: `count`, or a function and its column. */
export function havingOperators(
  { subject: { collection, havingType }, schema }: Pick<Bench, "subject" | "schema">,
  ...path: readonly string[]
): readonly Operator[] {
  const tests = fieldsOf(typeAt({ type: schema.getType(havingType ?? "") }, path));
  return operators.filter((operator) => operator in tests && isExact(collection, operator));
}
