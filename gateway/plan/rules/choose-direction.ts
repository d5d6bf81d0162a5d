// A key set can be found from its own side, or from the side that asks for it: whichever has fewer keys.
//
//   scan line items                                  scan line items
//     where ship date > D                              where ship date > D
//     and among(order: keys(orders | P))     →         and among(order: choose(
//                                                        keys(orders | P),
//                                                        keys(orders | P and key among keys(line items | ship date > D))))
//
// Both sets hold the same keys of those rows that are left after `ship date > D`, so that it is right wherever in a conjunct
// the set stands, under `not` too. Without anything else that narrows the rows at hand there is nothing to choose.
import type { MeshCollection } from "../../../schema/product/mesh.ts";
import { answersKeys } from "../capability.ts";
import {
  amongColumns,
  type Choose,
  type Condition,
  conjunction,
  conjuncts,
  isSettled,
  type KeySet,
  type Probe,
} from "../condition.ts";
import { collectionNamed, entityOf, type Facts } from "../facts.ts";
import type { RowsPlan } from "../rows-plan.ts";
import { changed, mapped, type Rule } from "../rule.ts";
import { scanOf } from "../scan-of.ts";

export const chooseDirection: Rule = {
  name: "choose-direction",
  rows: (plan, facts) => {
    if (plan.kind !== "scan" && plan.kind !== "groups") return plan;
    const all = conjuncts(plan.where);
    if (all.every((each) => isSettled(each))) return plan;
    const collection = collectionNamed(facts, plan.collection);
    const chosen = all.map((each, i): Condition => {
      const rest = all.filter((other, j) => i !== j && isSettled(other));
      if (isSettled(each) || rest.length === 0) return each;
      return withChoices(each, conjunction(rest), collection, facts);
    });
    return chosen.every((each, i) => each === all[i]) ? plan : { ...plan, where: conjunction(chosen) };
  },
};

function withChoices(condition: Condition, rest: Condition, here: MeshCollection, facts: Facts): Condition {
  switch (condition.kind) {
    case "and":
    case "or":
      return changed(condition, { of: mapped(condition.of, (each) => withChoices(each, rest, here, facts)) });
    case "not":
      return changed(condition, { of: withChoices(condition.of, rest, here, facts) });
    case "among": {
      const keys = choice(condition.keys, condition.columns, rest, here, facts);
      return keys ? { ...condition, keys } : condition;
    }
    case "exists":
    case "compare":
    case "member":
    case "match":
    case "null":
      return condition;
  }
}

function choice(
  foreign: KeySet,
  columns: readonly string[],
  rest: Condition,
  here: MeshCollection,
  facts: Facts,
): Choose | undefined {
  if (foreign.kind !== "keys") return undefined;
  const { rows } = foreign;
  if (rows.kind !== "scan" && rows.kind !== "groups") return undefined;
  const there = collectionNamed(facts, rows.collection);
  const atHand: KeySet = { kind: "keys", rows: { ...scanOf(here), where: rest }, columns };
  const narrowed = amongColumns(foreign.columns, atHand);
  if (answersKeys(facts, there, narrowed) === "no") return undefined;
  const local: RowsPlan = { ...rows, where: conjunction([...conjuncts(rows.where), narrowed]) };
  return {
    kind: "choose",
    foreign,
    local: { ...foreign, rows: local },
    probes: {
      foreign: probe(there, foreign.columns, conjunction(conjuncts(rows.where).filter(isSettled)), facts),
      local: probe(here, columns, rest, facts),
    },
  };
}

/** Counts different keys where they are one column of the rows, else rows, which are no fewer. */
function probe(
  collection: MeshCollection,
  [column = "", ...others]: readonly string[],
  where: Condition,
  facts: Facts,
): Probe {
  const { references } = entityOf(facts, collection);
  const [first = "", field] = column.split(".");
  const [own] = field === undefined ? [] : (references.get(first)?.key ?? []);
  return { collection: collection.name, where, ...(own && others.length === 0 && { distinct: own }) };
}
