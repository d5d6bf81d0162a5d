// Answers one root field of a question across domains.
import type { FieldNode, GraphQLField } from "graphql";
import type { FieldPlan } from "../../plan/field-plan.ts";
import { planField } from "../../plan/plan-field.ts";
import type { Planning } from "../../plan/planning.ts";
import { mergedField, operationOf } from "../../plan/template.ts";
import type { PermittedOperation } from "../../policy/permit.ts";
import type { Answer } from "../answer.ts";
import { compileObjects, type Objects } from "../federated/compile-federated.ts";
import type { Json } from "../federated/own.ts";
import { type Making, newMaking } from "../federated/step-outcome.ts";
import type { FlatRow } from "../rows/flat-row.ts";
import type { Answering } from "./across-runtime.ts";
import { askList, type Listed } from "./ask-list.ts";
import { askTemplate } from "./ask-template.ts";
import { asError, at } from "./follow-errors.ts";
import { planOnly, watchPlan } from "./plan-only.ts";
import { shapeAggregates, shapeGroup } from "./shape-groups.ts";

/** A root field as it was asked. */
export type RootField = {
  readonly name: string;
  readonly nodes: readonly FieldNode[];
  /** Undefined for `__typename` and introspection. */
  readonly definition: GraphQLField<unknown, unknown> | undefined;
};

/** What fails as a whole is told at the field. It is null then, and so is what holds it where its type has no null. */
export async function answerField(
  field: RootField,
  planning: Planning,
  answering: Answering,
): Promise<Answer> {
  const { running } = answering;
  if (running.watch?.planOnly) return planOnly(field, planning, answering);
  const { objects, making } = await fill(field, planning, answering).catch((failure): Filled => {
    const operation = operationOf(planning.operation, mergedField(field.nodes));
    return {
      objects: objectsOf(operation, {}, answering),
      making: newMaking({}, [asError(failure, field.name)]),
    };
  });
  const begun = objects.begin(running);
  return begun.errors ? begun : objects.project(begun.form, making, running);
}

/** All that is brought for a field, and what projects it. */
type Filled = { readonly objects: Objects; readonly making: Making };

async function fill(field: RootField, planning: Planning, answering: Answering): Promise<Filled> {
  const plan = planField(planning, field.name, field.nodes, field.definition);
  watchPlan(plan, planning, answering);
  return fillPlan(plan, answering);
}

async function fillPlan(plan: FieldPlan, answering: Answering): Promise<Filled> {
  const { asks, running } = answering;
  switch (plan.kind) {
    case "object":
      return askTemplate(plan.template, {}, answering);
    case "list": {
      const { name, list, errors, unknown, objects } = await askList(plan.list, answering);
      return { objects, making: { ...newMaking({ [name]: list }, errors), unknown } };
    }
    case "groups": {
      const rows = await asks.rows(plan.rows)(running);
      const groups = rows.map((row) => shapeGroup(row, plan.selected));
      return {
        objects: objectsOf(plan.operation, {}, answering),
        making: newMaking({ [plan.name]: groups }, []),
      };
    }
    case "aggregate":
      return fillAggregate(plan, answering);
  }
}

async function fillAggregate(
  plan: Extract<FieldPlan, { readonly kind: "aggregate" }>,
  answering: Answering,
): Promise<Filled> {
  const { asks, running } = answering;
  const nodes = Object.entries(plan.nodes);
  const [rows, lists] = await Promise.all([
    plan.rows ? asks.rows(plan.rows)(running) : [],
    Promise.all(nodes.map(([, list]) => askList(list, answering))),
  ]);
  const aggregates = plan.selected
    .filter(({ name }) => name === "aggregate")
    .map(({ responseName, fields }) => [responseName, shapeAggregates((rows[0] ?? {}) as FlatRow, fields)]);
  const listed = nodes.map(([name], i): [string, Listed] => [name, lists[i] as Listed]);
  const value: Json = Object.fromEntries([...aggregates, ...listed.map(([name, { list }]) => [name, list])]);
  const errors = listed.flatMap(([name, list]) =>
    list.errors.map((error) => at(error, [plan.name, name, ...(error.path ?? []).slice(1)])),
  );
  const aliases = Object.assign({}, ...listed.map(([, list]) => list.aliases));
  const unknown = new Set(listed.flatMap(([, list]) => [...list.unknown]));
  return {
    objects: objectsOf(plan.operation, aliases, answering),
    making: { ...newMaking({ [plan.name]: value }, errors), unknown },
  };
}

function objectsOf(
  operation: PermittedOperation,
  aliases: Readonly<Record<string, string>>,
  { runtime }: Answering,
): Objects {
  return compileObjects({ kind: "federated", operation, tree: undefined, aliases }, runtime);
}
