// What of a condition is decided here, on rows that its owner brings.
import type { MeshCollection } from "../../../schema/product/mesh.ts";
import { type Condition, conjunction } from "../../plan/condition.ts";
import { type Facts, relationOf, scalarOf, shapeOf } from "../../plan/facts.ts";
import { columnsIn } from "../../plan/scan-of.ts";
import { executing } from "../executing-faults.ts";
import { amongsIn, type KeySets } from "./bind-key-sets.ts";
import { compileCondition } from "./evaluate-condition.ts";
import type { FlatRow } from "./flat-row.ts";
import { rowKeysOf } from "./keys.ts";

export type Kept = {
  /** That have to be brought. */
  readonly columns: readonly string[];
  readonly holds: (row: FlatRow) => boolean;
};

/** @throws executing.KEY_SET_NOT_BOUND where a long key set stands beneath another relationship of the owner's */
export function compileKept(
  facts: Facts,
  collection: MeshCollection,
  kept: readonly Condition[],
  { keysOf, testsIn }: Pick<KeySets, "keysOf" | "testsIn">,
): Kept {
  const condition = conjunction(kept);
  checkDecidable(condition, collection, testsIn);
  const shape = shapeOf(facts, collection);
  const columns = columnsIn(facts, collection, condition);
  const sets = new Map(amongsIn(condition).map((among) => [among, rowKeysOf(keysOf(among))]));
  const holds = compileCondition(condition, {
    scalars: Object.fromEntries(columns.map((column) => [column, scalarOf(shape, column.split("."))])),
    keyColumns: (reference) => relationOf(facts, collection, reference)?.here ?? [],
    keysOf: (among) => sets.get(among) ?? new Set(),
  });
  return { columns, holds: (row) => holds(row) === true };
}

function checkDecidable(condition: Condition, collection: MeshCollection, testsIn: KeySets["testsIn"]): void {
  switch (condition.kind) {
    case "and":
    case "or":
      for (const each of condition.of) checkDecidable(each, collection, testsIn);
      return;
    case "not":
      checkDecidable(condition.of, collection, testsIn);
      return;
    case "exists":
      if (amongsIn(condition.where).length === 0) return;
      throw executing.KEY_SET_NOT_BOUND({
        collection: collection.name,
        relationship: condition.relationship,
        keys: testsIn(condition),
        keysMax: collection.keysMax,
      });
    case "among":
    case "compare":
    case "member":
    case "match":
    case "null":
      return;
  }
}
