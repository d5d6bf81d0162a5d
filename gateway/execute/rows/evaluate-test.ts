// A test of one column: TRUE, FALSE or, of a null, UNKNOWN.
import { strict as assert } from "node:assert";
import { canonicalValue } from "../../../schema/product/canonical-value.ts";
import type { Comparison } from "../../../schema/product/predicate.ts";
import type { ScalarName, ScalarValue } from "../../../schema/product/scalar.ts";
import type { Test } from "../../plan/condition.ts";
import { compileLike } from "./like.ts";
import { orderingOf } from "./ordering.ts";

/** Undefined = UNKNOWN. */
export type Truth = boolean | undefined;
type Holds = (row: Readonly<Record<string, unknown>>) => Truth;

/** `scalar` is the column's; a test for null needs none. */
export function compileTest(test: Test, scalar: ScalarName | undefined): Holds {
  const { column } = test;
  if (test.kind === "null") return (row) => ((row[column] ?? null) === null) === test.is;
  if (test.kind === "member" && test.values.length === 0) return () => test.operator === "_nin";
  assert(scalar, `the scalar of ${column} is known`);
  const holds = compileValueTest(test, scalar);
  return (row) => {
    const value = row[column] as ScalarValue | null | undefined;
    return value === null || value === undefined ? undefined : holds(value);
  };
}

function compileValueTest(
  test: Exclude<Test, { readonly kind: "null" }>,
  scalar: ScalarName,
): (value: ScalarValue) => boolean {
  switch (test.kind) {
    case "compare": {
      const { of, compare } = orderingOf(scalar);
      const [wanted, isMet] = [of(test.value), meets(test.operator)];
      return (value) => isMet(compare(of(value), wanted));
    }
    case "member": {
      const values = new Set(test.values.map((value) => canonicalValue(scalar, value)));
      const isWanted = test.operator === "_in";
      return (value) => values.has(canonicalValue(scalar, value)) === isWanted;
    }
    case "match": {
      const fold = test.operator === "_ilike" || test.operator === "_nilike";
      const isLike = compileLike(test.pattern, { fold });
      const isWanted = test.operator === "_like" || test.operator === "_ilike";
      return (value) => isLike(String(value)) === isWanted;
    }
  }
}

function meets(operator: Comparison): (order: number) => boolean {
  switch (operator) {
    case "_eq":
      return (order) => order === 0;
    case "_neq":
      return (order) => order !== 0;
    case "_gt":
      return (order) => order > 0;
    case "_gte":
      return (order) => order >= 0;
    case "_lt":
      return (order) => order < 0;
    case "_lte":
      return (order) => order <= 0;
  }
}
