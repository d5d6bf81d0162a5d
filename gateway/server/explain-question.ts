// Answers a question with how it was answered: `extensions: { "explain": "plan" | "analyze" }`.
import { performance } from "node:perf_hooks";
import { explain } from "../execute/explain.ts";
import type { Operator, Running } from "../execute/operator.ts";
import { openWatch } from "../execute/watch.ts";
import { operating } from "../operation/operation-faults.ts";
import { explainText } from "../plan/explain-text.ts";
import { policing } from "../policy/policy-faults.ts";
import type { Parted } from "../remember/parted.ts";
import { givenText } from "./given-text.ts";

export type ExplainMode = "plan" | "analyze";

/**
 * @param given - what stands at `extensions.explain`
 * @returns undefined where nothing does
 * @throws operating.EXPLAIN_UNKNOWN, policing.EXPLAIN_OFF
 */
export function readExplain(
  given: unknown,
  { explain: isOn }: { readonly explain: boolean },
): ExplainMode | undefined {
  if (given === undefined || given === null) return undefined;
  if (given !== "plan" && given !== "analyze") throw operating.EXPLAIN_UNKNOWN({ given: givenText(given) });
  if (!isOn) throw policing.EXPLAIN_OFF({});
  return given;
}

/** The data of a question that is only planned is null. */
export function answerExplained(
  run: Operator<Parted>,
  running: Running,
  mode: ExplainMode | undefined,
): Promise<Parted> {
  return mode ? explained(run, running, mode) : run(running);
}

async function explained(run: Operator<Parted>, running: Running, mode: ExplainMode): Promise<Parted> {
  const beganMs = performance.now();
  const { watch, seen } = openWatch(() => performance.now(), mode === "plan");
  const answer = await run({ ...running, watch });
  if (answer.data === undefined) return answer; // it could not be begun
  const tree = explain(seen, mode === "plan" ? undefined : performance.now() - beganMs);
  return { ...answer, extensions: { explain: { text: explainText(tree), tree } } };
}
