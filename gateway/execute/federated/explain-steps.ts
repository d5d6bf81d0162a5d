// Explains the requests of plain federation: a node for each step of the schedule.
import type { Actual, ExplainNode } from "../../plan/explain.ts";
import type { Part, Step } from "./schedule.ts";

/** Steps by their numbers, from 1 on. */
export function explainSteps(
  steps: readonly Step[],
  actualOf: (step: Step) => Actual | undefined,
): readonly ExplainNode[] {
  return steps.map((step, i): ExplainNode => {
    const { subgraph, parts, after } = step;
    const actual = actualOf(step);
    return {
      node: "fetch",
      name: String(i + 1),
      subgraph,
      columns: parts.map(selectionOf),
      ...(after.length > 0 && { after: after.map((each) => each + 1) }),
      ...(parts.length > 1 && { why: [`Entities of ${parts.length} places go in one request.`] }),
      ...(actual && { actual }),
      inputs: [],
    };
  });
}

/** What is asked of the root, or of the entities at places of the answer. */
function selectionOf({ fetch, at }: Part): string {
  if (!fetch.entities) return fetch.selection;
  return `entities at ${at.map((place) => place.join(".")).join(", ")} ${fetch.selection}`;
}
