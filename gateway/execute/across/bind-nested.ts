// Gives the lists and aggregates beneath an object their arguments: conditions written, their key sets evaluated.
import { collectionNamed } from "../../plan/facts.ts";
import type { NestedPlan } from "../../plan/field-plan.ts";
import { boundVariable } from "../../plan/template.ts";
import { executing } from "../executing-faults.ts";
import type { Running } from "../operator.ts";
import { amongsIn, compileKeySets } from "../rows/bind-key-sets.ts";
import { isLong, testsOf } from "../rows/key-ranges.ts";
import type { Asks } from "../rows/rows-runtime.ts";
import { writeCondition } from "../rows/write-condition.ts";
import { writeOrder } from "../rows/write-order.ts";

/** Most lists of keys in one condition: for each object the owner decides it anew. */
const listsMax = 10;

type Variables = Readonly<Record<string, unknown>>;

/** @throws executing.KEY_SET_NOT_BOUND where a key set is longer than the owner takes, and what finding the keys throws */
export async function bindNested(
  nested: readonly NestedPlan[],
  asks: Asks,
  running: Running,
): Promise<Variables> {
  const bound = await Promise.all(nested.map((plan) => bindOne(plan, asks, running)));
  return Object.assign({}, ...bound);
}

async function bindOne(plan: NestedPlan, asks: Asks, running: Running): Promise<Variables> {
  const { name, where, order, page } = plan;
  const { facts } = asks;
  const collection = collectionNamed(facts, plan.collection);
  const { boundOf } = await compileKeySets(where, collection, asks)(running);
  const keysMax = collection.keysMax * listsMax;
  for (const among of amongsIn(where)) {
    const bound = boundOf(among);
    const { relationship } = among;
    const keys = testsOf(bound);
    if (isLong(bound, keysMax))
      throw executing.KEY_SET_NOT_BOUND({ collection: collection.name, relationship, keys, keysMax });
  }
  return {
    [boundVariable(name, "where")]: writeCondition(where, { facts, collection, keysOf: boundOf }),
    [boundVariable(name, "order_by")]: writeOrder(order),
    [boundVariable(name, "limit")]: page.limit ?? null,
    [boundVariable(name, "offset")]: page.offset || null,
  };
}
