// The rules, in order. None of them changes an answer.
import type { Facts } from "./facts.ts";
import type { RowsPlan } from "./rows-plan.ts";
import { applyRule, type Rule } from "./rule.ts";
import { chooseDirection } from "./rules/choose-direction.ts";
import { distinctKeys } from "./rules/distinct-keys.ts";
import { leadByAggregate } from "./rules/lead-by-aggregate.ts";
import { mergeReferences } from "./rules/merge-references.ts";
import { pushFilter } from "./rules/push-filter.ts";
import { pushGrouping } from "./rules/push-grouping.ts";
import { pushHaving } from "./rules/push-having.ts";
import { pushOrder } from "./rules/push-order.ts";
import { pushPage } from "./rules/push-page.ts";
import { rankKeys } from "./rules/rank-keys.ts";

export const rules: readonly Rule[] = [
  mergeReferences, // first: one key set instead of two, before either is pushed anywhere
  pushFilter, // every later rule wants a scan without a filter above it
  pushGrouping,
  chooseDirection, // before key sets are told apart by their owners: both ways are made of what is pushed
  distinctKeys,
  pushHaving,
  pushOrder,
  rankKeys, // what the owner can't sort is left to these two
  leadByAggregate,
  pushPage, // after the order: a page of unordered rows is none
];

/** The plan with the rules applied one after another. */
export function applyRules(plan: RowsPlan, facts: Facts, chosen: readonly Rule[] = rules): RowsPlan {
  return chosen.reduce((rewritten, rule) => applyRule(rule, rewritten, facts), plan);
}
