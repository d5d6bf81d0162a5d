// Explains how a root field of a question is answered.
import { valueName } from "../../schema/product/value.ts";
import { isAlways } from "./condition.ts";
import type { Actual, ExplainNode } from "./explain.ts";
import { type Explaining, explainRows, explainScan, keySetsIn } from "./explain-rows.ts";
import { collectionNamed } from "./facts.ts";
import type { FieldPlan, ListPlan, NestedPlan, Template } from "./field-plan.ts";
import { printCondition } from "./print-condition.ts";

export type ExplainingFields = Explaining & {
  /** The requests by which a template's objects are brought. */
  readonly fetchesOf: (template: Template) => readonly ExplainNode[];
};

export function explainField(plan: FieldPlan, explaining: ExplainingFields): ExplainNode {
  const { name } = plan;
  switch (plan.kind) {
    case "object":
      return {
        node: "object",
        name,
        why: ["The field is its owner's to answer."],
        inputs: explainTemplate(plan.template, explaining).inputs,
      };
    case "list":
      return explainList(name, plan.list, explaining);
    case "groups":
      return { node: "grouped", name, inputs: [explainRows(plan.rows, explaining)] };
    case "aggregate":
      return {
        node: "aggregate",
        name,
        inputs: [
          ...(plan.rows ? [explainRows(plan.rows, explaining)] : []),
          ...Object.entries(plan.nodes).map(([each, list]) => explainList(each, list, explaining)),
        ],
      };
  }
}

/** A list whose page the owner finds is one request; of any other the keys of its page are found first. */
function explainList(
  name: string,
  { collection, rows, template }: ListPlan,
  explaining: ExplainingFields,
): ExplainNode {
  const objects = explainTemplate(template, explaining);
  const { subgraph, keysMax } = collectionNamed(explaining.facts, collection);
  if (rows.kind !== "scan" || explaining.actualOf(rows))
    return {
      node: "list",
      name,
      why: [`The keys of the page are found first, then the objects of these keys are asked of ${subgraph}.`],
      inputs: [explainRows(rows, explaining), objects],
    };
  const { inputs, node: _, name: __, columns: ___, ...asked } = explainScan(rows, explaining);
  const isBound = inputs.length > 0;
  return {
    ...asked,
    node: "list",
    name,
    why: [
      `${subgraph} finds the page: the objects are asked for as the list stands${isBound ? `, unless it has more than ${keysMax} keys` : ""}.`,
    ],
    inputs: [...inputs, objects],
  };
}

function explainTemplate(template: Template, explaining: ExplainingFields): ExplainNode {
  const nested = template.nested.map((each) => explainNested(each, explaining));
  return { node: "template", inputs: [...nested, ...explaining.fetchesOf(template)] };
}

function explainNested(plan: NestedPlan, explaining: ExplainingFields): ExplainNode {
  const { collection, where, order, page, left } = plan;
  const { subgraph } = collectionNamed(explaining.facts, collection);
  const { limit, offset } = left?.page ?? page;
  return {
    node: "nested",
    name: collection,
    subgraph,
    ...(!isAlways(where) && { pushed: printCondition(where) }),
    order: order.map(({ by, direction }) => `${valueName(by)} ${direction}`),
    ...(limit !== undefined && { limit }),
    ...(offset > 0 && { offset }),
    why: [
      left
        ? "The owner brings these rows for each object; the rest is done here."
        : "Bound into the request for the objects that it stands in.",
    ],
    inputs: [...keySetsIn(where, explaining), ...(left ? [explainRows(left.rows, explaining)] : [])],
  };
}

/** The whole question: sums over its nodes, each counted once. */
export function explainQuestion(inputs: readonly ExplainNode[], tookMs: number | undefined): ExplainNode {
  if (tookMs === undefined) return { node: "question", inputs };
  const all = inputs.flatMap(nodesIn).flatMap(({ actual }) => actual ?? []);
  const sum = (of: (actual: Actual) => number) => all.reduce((total, each) => total + of(each), 0);
  const shared = sum((each) => each.shared ?? 0);
  const actual: Actual = {
    requests: sum(({ requests }) => requests),
    ...(shared > 0 && { shared }),
    bytes: sum(({ bytes }) => bytes),
    startedMs: 0,
    tookMs,
  };
  return { node: "question", actual, inputs };
}

function nodesIn(node: ExplainNode): readonly ExplainNode[] {
  return [node, ...node.inputs.flatMap(nodesIn)];
}
