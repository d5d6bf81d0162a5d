// A root field planned and not answered: no subgraph is asked.
import type { FieldPlan, ListPlan, Template } from "../../plan/field-plan.ts";
import { planField } from "../../plan/plan-field.ts";
import type { Planning } from "../../plan/planning.ts";
import { type Answer, nullData } from "../answer.ts";
import { stepsOf } from "../federated/compile-federated.ts";
import type { Answering } from "./across-runtime.ts";
import type { RootField } from "./answer-field.ts";
import { asError } from "./follow-errors.ts";

/** Tells the watch, if there is one, how a field is planned. */
export function watchPlan(plan: FieldPlan, { facts }: Planning, { runtime, running }: Answering): void {
  const { cardinalities } = runtime;
  const countOf: Parameters<NonNullable<typeof running.watch>["planned"]>[0]["countOf"] = (probe) =>
    cardinalities.get(JSON.stringify(probe));
  running.watch?.planned({ plan, facts, countOf });
}

/** What would fail before anything is asked is told as it would be. */
export async function planOnly(field: RootField, planning: Planning, answering: Answering): Promise<Answer> {
  const { runtime, running } = answering;
  try {
    const plan = planField(planning, field.name, field.nodes, field.definition);
    for (const template of templatesIn(plan)) {
      const { objects } = await runtime.templates(template.operation);
      const begun = objects.begin(running);
      if (begun.errors) return { errors: begun.errors, data: nullData };
      running.watch?.scheduled(template, stepsOf(begun.form));
    }
    watchPlan(plan, planning, answering);
    return { data: nullData };
  } catch (failure) {
    return { errors: [asError(failure, field.name)], data: nullData };
  }
}

function templatesIn(plan: FieldPlan): readonly Template[] {
  const ofList = ({ template }: ListPlan) => template;
  switch (plan.kind) {
    case "object":
      return [plan.template];
    case "list":
      return [ofList(plan.list)];
    case "groups":
      return [];
    case "aggregate":
      return Object.values(plan.nodes).map(ofList);
  }
}
