// A rule: a rewrite of plans that keeps the answer. Where it does not apply, it returns the same object.
import type { Condition, KeySet } from "./condition.ts";
import type { Facts } from "./facts.ts";
import type { Groups, RowsPlan, Scan } from "./rows-plan.ts";

export type Rule = {
  readonly name: string;
  /** Of one node, when all beneath it are rewritten. */
  readonly rows?: (plan: RowsPlan, facts: Facts) => RowsPlan;
  readonly keys?: (keys: KeySet, facts: Facts) => KeySet;
};

/** The plan with the rule applied to each of its nodes once, the innermost first. */
export function applyRule(rule: Rule, plan: RowsPlan, facts: Facts): RowsPlan {
  const { rows = (same) => same, keys = (same) => same } = rule;
  const intoRows = (node: RowsPlan): RowsPlan => rows(rewriteInputs(node, intoRows, intoCondition), facts);
  const intoKeys = (set: KeySet): KeySet => {
    switch (set.kind) {
      case "given":
        return set;
      case "keys":
        return keys(changed(set, { rows: intoRows(set.rows) }), facts);
      case "choose":
        return changed(set, { foreign: intoKeys(set.foreign), local: intoKeys(set.local) });
    }
  };
  const intoCondition = (condition: Condition): Condition => rewriteKeySets(condition, intoKeys);
  return intoRows(plan);
}

/** The condition with each of its key sets rewritten. */
export function rewriteKeySets(condition: Condition, rewrite: (keys: KeySet) => KeySet): Condition {
  switch (condition.kind) {
    case "and":
    case "or":
      return changed(condition, { of: mapped(condition.of, (each) => rewriteKeySets(each, rewrite)) });
    case "not":
      return changed(condition, { of: rewriteKeySets(condition.of, rewrite) });
    case "exists":
      return changed(condition, { where: rewriteKeySets(condition.where, rewrite) });
    case "among":
      return changed(condition, { keys: rewrite(condition.keys) });
    case "compare":
    case "member":
    case "match":
    case "null":
      return condition;
  }
}

function rewriteInputs(
  plan: RowsPlan,
  rows: (plan: RowsPlan) => RowsPlan,
  condition: (condition: Condition) => Condition,
): RowsPlan {
  switch (plan.kind) {
    case "here":
      return plan;
    case "scan":
    case "groups":
      return changed(plan, { where: condition(plan.where) });
    case "filter":
      return changed(plan, { input: rows(plan.input), condition: condition(plan.condition) });
    case "lookup":
      return changed(plan, { input: rows(plan.input), from: rows(plan.from) });
    case "ranked":
      return changed(plan, { keys: rows(plan.keys), rows: rows(plan.rows) as Scan });
    case "led":
      return changed(plan, {
        keys: rows(plan.keys) as Groups,
        rows: rows(plan.rows) as Scan,
        otherwise: rows(plan.otherwise),
      });
    case "group":
    case "regroup":
    case "sort":
      return changed(plan, { input: rows(plan.input) });
  }
}

/** The same object where nothing is different. */
export function changed<T extends object>(node: T, parts: Partial<T>): T {
  const differs = (Object.keys(parts) as (keyof T)[]).some((name) => node[name] !== parts[name]);
  return differs ? { ...node, ...parts } : node;
}

/** The same list where nothing is different. */
export function mapped<T>(list: readonly T[], map: (each: T) => T): readonly T[] {
  const next = list.map(map);
  return next.some((each, i) => each !== list[i]) ? next : list;
}
