// Each rule left out in turn: the answers stay, and more travels.
import { median } from "../report.ts";
import { ask, assertSame, Refused, rowsOf } from "./ask.ts";
import { type ChosenRules, ruleNames } from "./chosen-rules.ts";
import { startCounting } from "./counting-proxy.ts";
import type { OneDuckDB } from "./one-duckdb.ts";
import type { AcrossQuestion } from "./questions.ts";
import { startGateway } from "./start-gateway.ts";
import type { Mesh } from "./start-mesh.ts";
import { timed } from "./timing.ts";

export type RulesMeasured = {
  readonly rules: ChosenRules;
  /** By the question's name; those that went past a budget are not there. */
  readonly answered: ReadonlyMap<string, { readonly tookMs: number; readonly rows: number }>;
  /** Codes, by the question's name. */
  readonly refused: ReadonlyMap<string, string>;
};

/** What a question may be refused for without a rule: a budget, never anything else. */
const budgets = /(_MAX|TIMEOUT|TIMED_OUT|NOT_BOUND)$/;

/** @throws Error where an answer is another than the statement's, or a question fails but by a budget */
export async function measureRules(
  mesh: Mesh,
  one: OneDuckDB,
  questions: readonly AcrossQuestion[],
  turns: number,
): Promise<readonly RulesMeasured[]> {
  const chosen: readonly ChosenRules[] = [
    "all",
    ...ruleNames.map((name): ChosenRules => `without ${name}`),
    "none",
  ];
  const measurements: RulesMeasured[] = [];
  for (const rules of chosen) {
    await using counted = await startCounting(mesh);
    await using gateway = await startGateway(counted, { rules });
    const answered = new Map<string, { readonly tookMs: number; readonly rows: number }>();
    const refused = new Map<string, string>();
    for (const question of questions)
      try {
        const { data } = await ask(gateway.url, question);
        assertSame(`${question.name}, ${rules}`, rowsOf(data), await one.ask(question.sql));
        counted.take();
        const tookMs = [await timed(() => ask(gateway.url, question))];
        const { rows } = counted.take();
        for (let turn = 1; turn < turns; turn++) tookMs.push(await timed(() => ask(gateway.url, question)));
        answered.set(question.name, { tookMs: median(tookMs), rows });
      } catch (failure) {
        if (!(failure instanceof Refused) || !budgets.test(failure.code)) throw failure;
        refused.set(question.name, failure.code);
      }
    measurements.push({ rules, answered, refused });
  }
  return measurements;
}
