// Compiles a plan of rows to an operator that runs it.
import type { KeySet } from "../../plan/condition.ts";
import type { Filter, RowsPlan } from "../../plan/rows-plan.ts";
import type { Operator } from "../operator.ts";
import type { Watch } from "../watch.ts";
import { amongsIn } from "./bind-key-sets.ts";
import { compileCondition } from "./evaluate-condition.ts";
import { filterRows } from "./filter.ts";
import type { FlatRows } from "./flat-row.ts";
import { groupRows } from "./group.ts";
import { compileGroups } from "./groups.ts";
import { compileKeys, type Keys, oncePerRequest, rowKeysOf } from "./keys.ts";
import { compileLed } from "./led.ts";
import { compileLookup } from "./lookup.ts";
import { compileRanked } from "./ranked.ts";
import { regroupRows } from "./regroup.ts";
import type { Asks, RowsRuntime } from "./rows-runtime.ts";
import { compileScan } from "./scan.ts";
import { sortRows } from "./sort.ts";

/** A key set that stands in several places is compiled, and evaluated for each request, once. */
export function openAsks(runtime: RowsRuntime, watch?: Watch): Asks {
  const keySets = new Map<string, Operator<Keys>>();
  const compiled = watch
    ? compileWatched(watch)
    : { rows: (plan: RowsPlan, asks: Asks) => compileNode(plan, asks), keys: compileKeys };
  const asks: Asks = {
    ...runtime,
    rows: (inner, standsFor) => compiled.rows(inner, asks, standsFor),
    keys: (keySet) => {
      const text = JSON.stringify(keySet); // equal texts are equal key sets
      const known = keySets.get(text) ?? oncePerRequest(text, compiled.keys(keySet, asks));
      keySets.set(text, known);
      return known;
    },
  };
  return asks;
}

/** Each node with a measure of its own. */
function compileWatched({ watched, asking, note }: Watch) {
  const of = (node: object, asks: Asks): Asks => {
    return { ...asks, ask: asking(node, asks.ask), note: (noted) => note(node, noted) };
  };
  return {
    rows: (plan: RowsPlan, asks: Asks, node = plan) =>
      watched(node, "rows", compileNode(plan, of(node, asks))),
    keys: (keySet: KeySet, asks: Asks) => watched(keySet, "keys", compileKeys(keySet, of(keySet, asks))),
  };
}

export function compileRows(plan: RowsPlan, runtime: RowsRuntime): Operator<FlatRows> {
  return openAsks(runtime).rows(plan);
}

function compileNode(plan: RowsPlan, asks: Asks): Operator<FlatRows> {
  switch (plan.kind) {
    case "scan":
      return compileScan(plan, asks);
    case "groups":
      return compileGroups(plan, asks);
    case "here":
      return async ({ here = [] }) => here;
    case "filter":
      return compileFilter(plan, asks);
    case "lookup":
      return compileLookup(plan, asks);
    case "group": {
      const input = asks.rows(plan.input);
      return async (running) => groupRows(await input(running), plan);
    }
    case "regroup": {
      const input = asks.rows(plan.input);
      return async (running) => regroupRows(await input(running), plan);
    }
    case "led":
      return compileLed(plan, asks);
    case "ranked":
      return compileRanked(plan, asks);
    case "sort": {
      const input = asks.rows(plan.input);
      return async (running) => sortRows(await input(running), plan.order, plan.page);
    }
  }
}

/** The rows and the key sets are asked for at once. */
function compileFilter({ input, condition, scalars }: Filter, asks: Asks): Operator<FlatRows> {
  const rows = asks.rows(input);
  const amongs = amongsIn(condition);
  const keys = amongs.map((among) => asks.keys(among.keys));
  const isKeyOf = (reference: string) => (column: string) =>
    column.startsWith(`${reference}.`) && !column.slice(reference.length + 1).includes(".");
  return async (running) => {
    const [found, ...sets] = await Promise.all([rows(running), ...keys.map((each) => each(running))]);
    const keysOf = new Map(amongs.map((among, i) => [among, rowKeysOf(sets[i] as Keys)]));
    const holds = compileCondition(condition, {
      scalars,
      keyColumns: (reference) => Object.keys(scalars).filter(isKeyOf(reference)),
      keysOf: (among) => keysOf.get(among) ?? new Set(),
    });
    return filterRows(found as FlatRows, holds);
  };
}
