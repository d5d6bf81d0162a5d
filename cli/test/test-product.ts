// Runs all rules of a product folder on its live port: what `weft test` prints, and what it sends.
import type { Contract } from "../../schema/contract/contract.ts";
import type { DeclaredProduct } from "../../schema/contract/declared-product.ts";
import type { Rule } from "../../schema/contract/quality-rule.ts";
import { rulesOf } from "../../schema/contract/rules-of-contract.ts";
import type { QualityReport } from "../../schema/product/quality.ts";
import type { CheckResult } from "../../sdk/weft-testkit.ts";
import { askGraphql } from "../ask-graphql.ts";
import { checkPortRules } from "./port-rules.ts";
import { runRules } from "./run-rules.ts";
import { testing } from "./testing-faults.ts";

export type TestedProduct = {
  readonly declared: DeclaredProduct;
  /** Left out = only what the SDL implies. */
  readonly contract: Contract | undefined;
  readonly portUrl: string;
  /** GraphQL of the gateway; left out = what reaches into other products cannot be run. */
  readonly gatewayUrl: string | undefined;
};

export type TestOptions = {
  readonly signal: AbortSignal;
  /** For each question. */
  readonly timeoutMs: number;
  /** For all checks of the test kit; undefined = it is left out. */
  readonly kitBudgetMs: number | undefined;
  readonly now?: () => number;
  /** Told what is begun, for who waits. */
  readonly begins?: (step: string) => void;
};

export type ProductTest = {
  readonly report: QualityReport;
  /** Rules of the type `text`. */
  readonly told: readonly Rule[];
  readonly failedChecks: readonly CheckResult[];
};

const rulesMax = 1_000;

/** @throws testing.RULES_MAX, and the signal's reason */
export async function testProduct(
  { declared, contract, portUrl, gatewayUrl }: TestedProduct,
  { signal, timeoutMs, kitBudgetMs, now = Date.now, begins = () => {} }: TestOptions,
): Promise<ProductTest> {
  const rules = rulesOf(contract, declared);
  const askOf = (url: string) => askGraphql({ url, timeoutMs, signal });
  const askGateway = gatewayUrl === undefined ? undefined : askOf(gatewayUrl);
  begins(`Running ${rules.length} quality rules`);
  const results = await runRules({ askPort: askOf(portUrl), askGateway, now }, declared, rules);
  signal.throwIfAborted();
  if (kitBudgetMs !== undefined) begins("Trying the port with the test kit");
  const port =
    kitBudgetMs === undefined
      ? { results: [], failed: [] }
      : await checkPortRules(portUrl, { budgetMs: kitBudgetMs, signal });
  signal.throwIfAborted();
  const all = [...results, ...port.results];
  if (all.length > rulesMax) throw testing.RULES_MAX({ rules: all.length, rulesMax });
  return {
    report: {
      product: declared.id,
      version: declared.version,
      at: new Date(now()).toISOString(),
      rules: [...all],
    },
    told: rules.filter(({ check }) => check.kind === "told"),
    failedChecks: port.failed,
  };
}
