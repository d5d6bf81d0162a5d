// The scalars of what groups have: keys, and aggregates.
import type { ScalarName } from "../../../schema/product/scalar.ts";
import type { Shape } from "../../../schema/product/shape.ts";
import type { Aggregate, Value } from "../../../schema/product/value.ts";
import { resultScalar } from "../../plan/aggregates.ts";
import { scalarOf } from "../../plan/facts.ts";
import { bucketScalar } from "../../plan/layout.ts";
import type { TypedAggregate } from "../../plan/rows-plan.ts";

/** Of a column, a bucket's start, or an aggregate of a to-many, whatever references lead there. */
export function scalarOfValue(shape: Shape, value: Value): ScalarName {
  switch (value.kind) {
    case "column":
      return scalarOf(shape, [value.column]);
    case "bucket":
      return bucketScalar(scalarOf(shape, [value.column]), value.bucket);
    case "reference":
      return scalarOfValue(targetOf(shape.references, value.reference), value.value);
    case "aggregate":
      return scalarOfAggregate(targetOf(shape.inverses, value.inverse), value.aggregate);
  }
}

export function scalarOfAggregate(shape: Shape, aggregate: Aggregate): ScalarName {
  return aggregate.function === "count" ? "Int" : resultScalar(typedAggregate(shape, aggregate));
}

export function typedAggregate(shape: Shape, aggregate: Aggregate): TypedAggregate {
  if (aggregate.column === undefined) return { aggregate };
  return { aggregate, scalar: scalarOf(shape, aggregate.column.split(".")) };
}

function targetOf(relationships: Shape["references"], name: string): Shape {
  const target = relationships.get(name);
  if (!target) throw new TypeError(`${name} is no relationship of the shape`);
  return target();
}
