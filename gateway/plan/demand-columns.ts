// The last step of a plan of rows: every scan gets the columns that are used above it, and no others travel.
import type { Condition, KeySet } from "./condition.ts";
import { collectionNamed, type Facts, primaryKey } from "./facts.ts";
import type { Groups, RowsPlan, Scan } from "./rows-plan.ts";

/** The plan with what is needed for `wanted` columns of its rows. */
export function demandColumns(facts: Facts, plan: RowsPlan, wanted: readonly string[]): RowsPlan {
  switch (plan.kind) {
    case "scan": {
      const key = primaryKey(facts, collectionNamed(facts, plan.collection));
      return { ...plan, columns: distinct([...key, ...wanted]), where: inKeySets(facts, plan.where) };
    }
    case "here":
      return plan;
    case "groups":
      return { ...plan, where: inKeySets(facts, plan.where) };
    case "filter":
      return {
        ...plan,
        condition: inKeySets(facts, plan.condition),
        input: demandColumns(facts, plan.input, [...wanted, ...Object.keys(plan.scalars)]),
      };
    case "lookup": {
      const columns = plan.columns.filter(({ as }) => wanted.includes(as));
      const made = new Set(plan.columns.map(({ as }) => as));
      const below = [...wanted.filter((column) => !made.has(column)), ...plan.on];
      return {
        ...plan,
        columns,
        input: demandColumns(facts, plan.input, below),
        from: demandColumns(facts, plan.from, [...plan.key, ...columns.map(({ column }) => column)]),
      };
    }
    case "group":
    case "regroup": {
      const aggregated = plan.aggregates.flatMap(({ aggregate: { column } }) => column ?? []);
      const keys = plan.keys.map(({ column }) => column);
      return { ...plan, input: demandColumns(facts, plan.input, [...keys, ...aggregated]) };
    }
    case "ranked": {
      const { on, order } = plan;
      const rows = demandColumns(facts, plan.rows, [...wanted, ...on]) as Scan;
      const keys = demandColumns(facts, plan.keys, [...on, ...order.map(({ column }) => column)]);
      return { ...plan, rows, keys };
    }
    case "led":
      return {
        ...plan,
        keys: demandColumns(facts, plan.keys, plan.key) as Groups,
        rows: demandColumns(facts, plan.rows, [...wanted, ...plan.on]) as Scan,
        otherwise: demandColumns(facts, plan.otherwise, wanted),
      };
    case "sort":
      return {
        ...plan,
        input: demandColumns(facts, plan.input, [...wanted, ...plan.order.map(({ column }) => column)]),
      };
  }
}

function inKeySets(facts: Facts, condition: Condition): Condition {
  switch (condition.kind) {
    case "and":
    case "or":
      return { ...condition, of: condition.of.map((each) => inKeySets(facts, each)) };
    case "not":
      return { ...condition, of: inKeySets(facts, condition.of) };
    case "exists":
      return { ...condition, where: inKeySets(facts, condition.where) };
    case "among":
      return { ...condition, keys: demandKeys(facts, condition.keys) };
    case "compare":
    case "member":
    case "match":
    case "null":
      return condition;
  }
}

function demandKeys(facts: Facts, keys: KeySet): KeySet {
  switch (keys.kind) {
    case "keys":
      return { ...keys, rows: demandColumns(facts, keys.rows, keys.columns) };
    case "given":
      return keys;
    case "choose":
      return {
        ...keys,
        foreign: demandKeys(facts, keys.foreign),
        local: demandKeys(facts, keys.local),
        probes: {
          foreign: { ...keys.probes.foreign, where: inKeySets(facts, keys.probes.foreign.where) },
          local: { ...keys.probes.local, where: inKeySets(facts, keys.probes.local.where) },
        },
      };
  }
}

function distinct(columns: readonly string[]): readonly string[] {
  return [...new Set(columns)];
}
