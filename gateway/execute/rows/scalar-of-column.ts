// The scalar of a column of a plan's rows.
import { strict as assert } from "node:assert";
import type { ScalarName } from "../../../schema/product/scalar.ts";
import { valueName } from "../../../schema/product/value.ts";
import { columnOfAggregate, scalarOfAggregate, typedAggregate } from "../../plan/aggregates.ts";
import { collectionNamed, type Facts, scalarOf, shapeOf } from "../../plan/facts.ts";
import { bucketScalar } from "../../plan/layout.ts";
import type { GroupKey, RowsPlan, TypedAggregate } from "../../plan/rows-plan.ts";
import { scalarOfValue } from "./scalar-of-value.ts";

export function scalarOfColumn(facts: Facts, plan: RowsPlan, column: string): ScalarName {
  switch (plan.kind) {
    case "scan":
    case "here":
      return scalarOf(shapeOf(facts, collectionNamed(facts, plan.collection)), column.split("."));
    case "ranked":
    case "led":
      return scalarOfColumn(facts, plan.rows, column);
    case "groups": {
      const shape = shapeOf(facts, collectionNamed(facts, plan.collection));
      const key = plan.keys.find((each) => valueName(each) === column);
      if (key) return scalarOfValue(shape, key);
      const aggregate = plan.aggregates.find((each) => columnOfAggregate(each) === column);
      assert(aggregate, `${column} is a column of the groups of ${plan.collection}`);
      return scalarOfAggregate(typedAggregate(shape, aggregate));
    }
    case "group":
    case "regroup":
      return scalarOfGrouped(plan, column);
    case "filter":
    case "sort":
      return scalarOfColumn(facts, plan.input, column);
    case "lookup": {
      const added = plan.columns.find(({ as }) => as === column);
      return added
        ? scalarOfColumn(facts, plan.from, added.column)
        : scalarOfColumn(facts, plan.input, column);
    }
  }
}

type Grouped = { readonly keys: readonly GroupKey[]; readonly aggregates: readonly TypedAggregate[] };

function scalarOfGrouped({ keys, aggregates }: Grouped, column: string): ScalarName {
  const key = keys.find(({ as }) => as === column);
  if (key) return bucketScalar(key.scalar, key.bucket);
  const aggregate = aggregates.find((each) => columnOfAggregate(each.aggregate) === column);
  assert(aggregate, `${column} is a column of the groups`);
  return scalarOfAggregate(aggregate);
}
