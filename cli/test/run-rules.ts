// Runs quality rules: a few at a time, each within its time, and each with an outcome.
import pLimit from "p-limit";
import type { DeclaredProduct } from "../../schema/contract/declared-product.ts";
import type { Rule, RuleCheck } from "../../schema/contract/quality-rule.ts";
import type { QualityRuleResult } from "../../schema/product/quality.ts";
import type { AskGraphql } from "../ask-graphql.ts";
import { reasonOf } from "../reason-of.ts";
import { questionOf } from "./rule-question.ts";
import { columnOfTarget } from "./target-column.ts";

export type RuleParts = {
  readonly askPort: AskGraphql;
  /** Asked for what reaches into other products; undefined where there is no gateway. */
  readonly askGateway: AskGraphql | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
};

/** How many rules are asked at once. */
const atOnce = 4;
const wordsMax = 500;

/** The results in the order of the rules; those that are told to people alone are left out. Does not reject. */
export async function runRules(
  parts: RuleParts,
  declared: DeclaredProduct,
  rules: readonly Rule[],
): Promise<readonly QualityRuleResult[]> {
  const limit = pLimit(atOnce);
  return Promise.all(
    rules.flatMap((rule) => {
      const { check } = rule;
      return check.kind === "told" ? [] : [limit(() => runRule(parts, declared, { ...rule, check }))];
    }),
  );
}

type Runnable = Rule & { readonly check: Exclude<RuleCheck, { kind: "told" }> };

async function runRule(
  parts: RuleParts,
  declared: DeclaredProduct,
  { id, text, dimension, severity, check }: Runnable,
): Promise<QualityRuleResult> {
  const startedMs = performance.now();
  const outcome = await outcomeOf(parts, declared, check);
  const tookMs = Math.round(performance.now() - startedMs);
  return { id, text, dimension, severity, ...outcome, tookMs };
}

type Outcome = Pick<QualityRuleResult, "outcome" | "value" | "expected" | "rowsChecked">;

async function outcomeOf(
  { askPort, askGateway, now }: RuleParts,
  declared: DeclaredProduct,
  check: Runnable["check"],
): Promise<Outcome> {
  if (check.kind === "none") return unable(check.reason);
  try {
    const { to, query, judge, needs } = questionOf(check, declared, now);
    const ask = to === "port" ? askPort : askGateway;
    if (!ask) return unable("it reaches into another product, and no gateway is named");
    const { passed, ...measured } = judge(await ask(query(needs && (await columnOfTarget(ask, needs)))));
    return { outcome: passed ? "passed" : "failed", ...measured };
  } catch (failure) {
    return unable(reasonOf(failure));
  }
}

function unable(reason: string): Outcome {
  return { outcome: "error", value: reason.slice(0, wordsMax) || "no reason was given" };
}
