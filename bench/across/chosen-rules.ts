// The rules that a gateway of the bench plans with: all, all but one, none, or one direction always.
import type { KeySet } from "../../gateway/plan/condition.ts";
import { type Rule, rewriteKeySets } from "../../gateway/plan/rule.ts";
import { chooseDirection } from "../../gateway/plan/rules/choose-direction.ts";
import { rules } from "../../gateway/plan/rules.ts";

export type ChosenRules = "all" | "none" | "foreign first" | "local first" | `without ${string}`;

export const ruleNames: readonly string[] = rules.map(({ name }) => name);

export function chosenRules(chosen: ChosenRules): readonly Rule[] {
  switch (chosen) {
    case "all":
      return rules;
    case "none":
      return [];
    case "foreign first":
      return chosenRules(`without ${chooseDirection.name}`);
    case "local first":
      return rules.flatMap((rule) => (rule === chooseDirection ? [rule, alwaysLocal] : [rule]));
    default:
      return rules.filter(({ name }) => `without ${name}` !== chosen);
  }
}

/** choose(foreign, local) → local */
const alwaysLocal: Rule = {
  name: "always-local",
  rows: (plan) =>
    plan.kind === "scan" || plan.kind === "groups"
      ? { ...plan, where: rewriteKeySets(plan.where, localOf) }
      : plan,
};

function localOf(keys: KeySet): KeySet {
  return keys.kind === "choose" ? keys.local : keys;
}
