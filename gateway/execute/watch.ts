// The watch over one question while it runs: what was planned for it, and what each node of the plan came to.
import type { Asking, Subgraphs } from "../fetch/open-subgraphs.ts";
import { isRemembered } from "../fetch/told.ts";
import type { Probe } from "../plan/condition.ts";
import type { Actual, Noted } from "../plan/explain.ts";
import type { Facts } from "../plan/facts.ts";
import type { FieldPlan, Template } from "../plan/field-plan.ts";
import type { Federated } from "../plan/plan.ts";
import type { Step } from "./federated/schedule.ts";
import type { Operator } from "./operator.ts";

type Ask = Subgraphs["ask"];

export type PlannedField = {
  readonly plan: FieldPlan;
  readonly facts: Facts;
  readonly countOf: (probe: Probe) => number | undefined;
};

/** Operators tell it; where nobody watches there is none, and nothing is spent. */
export type Watch = {
  /** Is the question only planned? Then nothing is asked of anybody. */
  readonly planOnly: boolean;
  readonly planned: (field: PlannedField) => void;
  /** The steps in which the fetches of a template, or of a whole question, are done. */
  readonly scheduled: (of: Template | Federated, steps: readonly Step[]) => void;
  /** The operator, its time taken and its outcome counted for a node. */
  readonly watched: <Out extends readonly unknown[]>(
    node: object,
    counted: "rows" | "keys",
    operator: Operator<Out>,
  ) => Operator<Out>;
  /** What asks subgraphs, its requests and bytes counted for a node. */
  readonly asking: (node: object, ask: Ask) => Ask;
  readonly note: (node: object, noted: Noted) => void;
};

/** What a watch saw. Nodes are told apart by their identity. */
export type Seen = {
  readonly fields: readonly PlannedField[];
  readonly steps: ReadonlyMap<Template | Federated, readonly Step[]>;
  readonly actualOf: (node: object) => Actual | undefined;
};

type Measure = { -readonly [Key in keyof Actual]: Actual[Key] };

/** @param now - milliseconds from any point on */
export function openWatch(
  now: () => number,
  planOnly: boolean,
): { readonly watch: Watch; readonly seen: Seen } {
  const beganMs = now();
  const fields: PlannedField[] = [];
  const steps = new Map<Template | Federated, readonly Step[]>();
  const measures = new Map<object, Measure>();
  const outcomes = new Set<unknown>();

  const measureOf = (node: object): Measure => {
    const known = measures.get(node);
    if (known) return known;
    const measure: Measure = { requests: 0, bytes: 0, startedMs: now() - beganMs, tookMs: 0 };
    measures.set(node, measure);
    return measure;
  };
  /** From the first beginning to the last end. */
  const timed = async <Out>(measure: Measure, work: () => Promise<Out>): Promise<Out> => {
    try {
      return await work();
    } finally {
      measure.tookMs = now() - beganMs - measure.startedMs;
    }
  };

  const watch: Watch = {
    planOnly,
    planned: (field) => fields.push(field),
    scheduled: (of, its) => steps.set(of, its),
    watched: (node, counted, operator) => async (running) => {
      const measure = measureOf(node);
      const outcome = await timed(measure, () => operator(running));
      // What was evaluated once for several who use it is counted once.
      if (!outcomes.has(outcome)) measure[counted] = (measure[counted] ?? 0) + outcome.length;
      outcomes.add(outcome);
      return outcome;
    },
    asking: (node, ask) => (subgraph, request, asking) => {
      const measure = measureOf(node);
      const heard: Asking["heard"] = ({ bytes, isShared }) => {
        if (isShared) measure.shared = (measure.shared ?? 0) + 1;
        else {
          measure.requests++;
          measure.bytes += bytes;
        }
      };
      const told: Asking["told"] = (part) => {
        asking.told?.(part);
        if (isRemembered(part.from)) measure.remembered = (measure.remembered ?? 0) + part.count;
      };
      return timed(measure, () => ask(subgraph, request, { ...asking, heard, told }));
    },
    note: (node, noted) => {
      const measure = measureOf(node);
      const entities = noted.entities && (measure.entities ?? 0) + noted.entities;
      const remembered = noted.remembered && (measure.remembered ?? 0) + noted.remembered;
      Object.assign(measure, noted, entities && { entities }, remembered && { remembered });
    },
  };
  return { watch, seen: { fields, steps, actualOf: (node) => measures.get(node) } };
}
