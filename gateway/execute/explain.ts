// The explanation of a question that was planned, and perhaps run, under a watch.
import type { KeySet } from "../plan/condition.ts";
import type { ExplainNode } from "../plan/explain.ts";
import { explainField, explainQuestion } from "../plan/explain-field.ts";
import { explainSteps } from "./federated/explain-steps.ts";
import type { Seen } from "./watch.ts";

/** @param tookMs - of the whole question; undefined where it was only planned */
export function explain({ fields, steps, actualOf }: Seen, tookMs: number | undefined): ExplainNode {
  const inputs =
    fields.length > 0
      ? fields.map(({ plan, facts, countOf }) =>
          explainField(plan, {
            facts,
            countOf,
            actualOf,
            explained: new Set<KeySet>(),
            fetchesOf: (template) => explainSteps(steps.get(template) ?? [], actualOf),
          }),
        )
      : [...steps.values()].flatMap((each) => explainSteps(each, actualOf));
  return explainQuestion(inputs, tookMs);
}
