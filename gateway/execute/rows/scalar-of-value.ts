// The scalar of what can be sorted and grouped by.
import type { ScalarName } from "../../../schema/product/scalar.ts";
import type { Shape } from "../../../schema/product/shape.ts";
import type { Value } from "../../../schema/product/value.ts";
import { scalarOfAggregate, typedAggregate } from "../../plan/aggregates.ts";
import { scalarOf } from "../../plan/facts.ts";
import { bucketScalar } from "../../plan/layout.ts";

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
      return scalarOfAggregate(typedAggregate(targetOf(shape.inverses, value.inverse), value.aggregate));
  }
}

function targetOf(relationships: Shape["references"], name: string): Shape {
  const target = relationships.get(name);
  if (!target) throw new TypeError(`${name} is no relationship of the shape`);
  return target();
}
