// The probe: how many rows, or different values of a column, an owner has. It decides how a question is asked, never
// what it is answered.
import { strict as assert } from "node:assert";
import { GraphQLError } from "graphql";
import { Fault } from "../../../schema/product/fault.ts";
import type { MeshCollection } from "../../../schema/product/mesh.ts";
import type { Aggregate } from "../../../schema/product/value.ts";
import { columnOfAggregate } from "../../plan/aggregates.ts";
import { always, conjunction, type Probe } from "../../plan/condition.ts";
import { collectionNamed, entityOf, type Facts, relationOf } from "../../plan/facts.ts";
import type { Operator } from "../operator.ts";
import { compileKeySets } from "./bind-key-sets.ts";
import { divide } from "./divide.ts";
import { groupsAsking } from "./groups-asking.ts";
import type { Asks } from "./rows-runtime.ts";

/**
 * At most so many; infinitely many where the owner does not say. An owner who fails to answer a probe is heard of when
 * he is asked the question itself.
 */
export function compileProbe(probe: Probe, asks: Asks): Operator<number> {
  const { facts, cardinalities } = asks;
  const collection = collectionNamed(facts, probe.collection);
  if (collection.aggregate === undefined) return async () => Number.POSITIVE_INFINITY;
  const aggregate = aggregateOf(probe, collection, facts);
  const keySets = compileKeySets(probe.where, collection, asks);
  const text = JSON.stringify(probe);
  return async (running) => {
    const known = running.given ? undefined : cardinalities.get(text);
    if (known !== undefined) return known;
    const sets = await keySets(running);
    const { sent } = divide(probe.where, sets.testsIn, { keysMax: collection.keysMax, mayCut: () => false });
    const question = {
      collection,
      keys: [],
      aggregates: [aggregate],
      where: conjunction(sent),
      keysOf: sets.boundOf,
      having: always,
      order: [],
      timeZone: "UTC",
    };
    try {
      const [row] = await groupsAsking(asks, question, running)({ limit: 1, offset: 0, after: undefined });
      const count = row?.[columnOfAggregate(aggregate)];
      assert(typeof count === "number", "a count is a number");
      if (!running.given) cardinalities.set(text, count);
      return count;
    } catch (failure) {
      if (failure instanceof Fault || failure instanceof GraphQLError) return Number.POSITIVE_INFINITY;
      throw failure;
    }
  };
}

/** A column is counted by its own name; the key of a reference by the own column that holds it. */
function aggregateOf({ distinct }: Probe, collection: MeshCollection, facts: Facts): Aggregate {
  if (distinct === undefined) return { function: "count", distinct: false };
  const [first = "", ...rest] = distinct.split(".");
  if (rest.length === 0) return { function: "count", column: distinct, distinct: true };
  const at = relationOf(facts, collection, first)?.here.indexOf(distinct) ?? -1;
  const column = entityOf(facts, collection).references.get(first)?.key[at];
  return column === undefined
    ? { function: "count", distinct: false }
    : { function: "count", column, distinct: true };
}
