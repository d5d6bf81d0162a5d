// The test kit's checks of a running port, as results beside those of the quality rules.
import type { QualityRuleResult } from "../../schema/product/quality.ts";
import type { CheckResult } from "../../sdk/weft-testkit.ts";
import { reasonOf } from "../reason-of.ts";

export type PortChecks = {
  readonly results: readonly QualityRuleResult[];
  /** The checks that failed, with what was asked: it shows values, so it is for the team's eyes alone. */
  readonly failed: readonly CheckResult[];
};

type Options = { readonly budgetMs: number; readonly signal: AbortSignal };

/** Does not reject: a port that cannot be asked is one result that says so. */
export async function checkPortRules(url: string, { budgetMs, signal }: Options): Promise<PortChecks> {
  const startedMs = performance.now();
  try {
    const { checkPort } = await import("../../sdk/weft-testkit.ts");
    const { checks } = await checkPort({ url }, { budgetMs, signal });
    return { results: checks.map(resultOf), failed: checks.filter(({ passed }) => !passed) };
  } catch (failure) {
    const tookMs = Math.round(performance.now() - startedMs);
    const said = { id: "port", text: "The port does what its SDL declares.", dimension: "conformity" };
    const value = reasonOf(failure).slice(0, 500);
    return { results: [{ ...said, severity: "error", outcome: "error", value, tookMs }], failed: [] };
  }
}

function resultOf({ name, collection, passed, tookMs }: CheckResult): QualityRuleResult {
  const of = collection === "*" ? "" : `.${collection}`;
  return {
    id: `port${of}.${name}`,
    text: `The port does what its SDL declares: ${name}${collection === "*" ? "" : ` of ${collection}`}.`,
    dimension: "conformity",
    severity: "error",
    outcome: passed ? "passed" : "failed",
    tookMs,
  };
}
