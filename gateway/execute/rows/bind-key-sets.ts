// Evaluates the key sets that stand in a condition, all at once, before anything is asked with it.
import type { MeshCollection } from "../../../schema/product/mesh.ts";
import type { ScalarName } from "../../../schema/product/scalar.ts";
import { answersExactly } from "../../plan/capability.ts";
import type { Among, Condition } from "../../plan/condition.ts";
import { type Facts, relationOf, scalarOf, shapeOf } from "../../plan/facts.ts";
import type { Operator } from "../operator.ts";
import { type BoundKeys, boundKeys, isLong, testsOf } from "./key-ranges.ts";
import type { Keys } from "./keys.ts";
import type { Asks } from "./rows-runtime.ts";

export type KeySets = {
  readonly keysOf: (among: Among) => Keys;
  /** As the owner of the condition's rows is asked for them. */
  readonly boundOf: (among: Among) => BoundKeys;
  /**
   * Of all that stand in a condition, how many tests the longest comes to: more than the owner's `keysMax` exactly where it
   * can't be asked in one question.
   */
  readonly testsIn: (condition: Condition) => number;
};

type Standing = { readonly among: Among; readonly scalars: readonly ScalarName[] };

/** @throws executing.KEY_SET_MAX, and what asking for the keys throws */
export function compileKeySets(
  condition: Condition,
  collection: MeshCollection,
  asks: Asks,
): Operator<KeySets> {
  const standing = standingIn(condition, collection, asks.facts);
  const operators = standing.map(({ among }) => asks.keys(among.keys));
  return async (running) => {
    const evaluated = await Promise.all(operators.map((operator) => operator(running)));
    const keys = new Map(standing.map(({ among }, i) => [among, evaluated[i] as Keys]));
    const bound = new Map(
      standing.map(({ among, scalars }, i) => [among, boundKeys(scalars, evaluated[i] as Keys)]),
    );
    const boundOf = (among: Among) => bound.get(among) as BoundKeys;
    const tests = new Map(Array.from(bound, ([among, set]) => [among, lengthOf(set, collection)]));
    return {
      boundOf,
      keysOf: (among) => keys.get(among) as Keys,
      testsIn: (part) => Math.max(0, ...amongsIn(part).map((among) => tests.get(among) ?? 0)),
    };
  };
}

function lengthOf(keys: BoundKeys, { keysMax }: MeshCollection): number {
  return isLong(keys, keysMax) ? Math.max(testsOf(keys), keysMax + 1) : testsOf(keys);
}

export function amongsIn(condition: Condition): readonly Among[] {
  switch (condition.kind) {
    case "and":
    case "or":
      return condition.of.flatMap(amongsIn);
    case "not":
      return amongsIn(condition.of);
    case "exists":
      return amongsIn(condition.where);
    case "among":
      return [condition];
    case "compare":
    case "member":
    case "match":
    case "null":
      return [];
  }
}

/** With the scalars of their columns; none where the owner takes no ranges. */
function standingIn(
  condition: Condition,
  collection: MeshCollection | undefined,
  facts: Facts,
): readonly Standing[] {
  switch (condition.kind) {
    case "and":
    case "or":
      return condition.of.flatMap((each) => standingIn(each, collection, facts));
    case "not":
      return standingIn(condition.of, collection, facts);
    case "exists":
      return standingIn(
        condition.where,
        collection && relationOf(facts, collection, condition.relationship)?.to,
        facts,
      );
    case "among": {
      if (!collection || !(answersExactly("_gte", collection) && answersExactly("_lte", collection)))
        return [{ among: condition, scalars: [] }];
      const shape = shapeOf(facts, collection);
      const scalars = condition.columns.map((column) => scalarOf(shape, column.split(".")));
      return [{ among: condition, scalars }];
    }
    case "compare":
    case "member":
    case "match":
    case "null":
      return [];
  }
}
