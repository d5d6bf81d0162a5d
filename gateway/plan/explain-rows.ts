// Explains a plan of rows: a node of the tree for each of its nodes, key sets and choices among them.
import { valueName } from "../../schema/product/value.ts";
import { columnOfAggregate } from "./aggregates.ts";
import { type Choose, type Condition, isAlways, type KeySet, type Probe } from "./condition.ts";
import type { Actual, ExplainNode } from "./explain.ts";
import {
  whyFiltered,
  whyGrouped,
  whyLed,
  whyLookedUp,
  whyRanked,
  whyRegrouped,
  whySorted,
} from "./explain-reasons.ts";
import { collectionNamed, type Facts } from "./facts.ts";
import { printCondition, printKeySet } from "./print-condition.ts";
import type { Group, Groups, Led, Ranked, Regroup, RowsPlan, Scan, Sort } from "./rows-plan.ts";

type Page = Scan["page"];

export type Explaining = {
  readonly facts: Facts;
  /** What a probe counted lately. */
  readonly countOf: (probe: Probe) => number | undefined;
  /** What running a node of the plan came to; undefined where it was not run. */
  readonly actualOf: (node: object) => Actual | undefined;
  /** Key sets that are explained already: each is evaluated once, however often it stands in the plan. */
  readonly explained: Set<KeySet>;
};

export function explainRows(plan: RowsPlan, explaining: Explaining): ExplainNode {
  return { ...explainOne(plan, explaining), ...actual(plan, explaining) };
}

function explainOne(plan: RowsPlan, explaining: Explaining): ExplainNode {
  const { facts } = explaining;
  const within = (rows: RowsPlan) => explainRows(rows, explaining);
  switch (plan.kind) {
    case "scan":
      return explainScan(plan, explaining);
    case "groups":
      return explainGroups(plan, explaining);
    case "here":
      return { node: "here", name: plan.collection, inputs: [] };
    case "filter":
      return {
        node: "filter",
        residual: printCondition(plan.condition),
        why: whyFiltered(plan, facts),
        inputs: [within(plan.input), ...keySetsIn(plan.condition, explaining)],
      };
    case "lookup":
      return {
        node: "lookup",
        columns: plan.columns.map(({ as }) => as),
        by: plan.on,
        why: whyLookedUp(plan, facts),
        inputs: [within(plan.input), within(plan.from)],
      };
    case "group":
      return { ...grouped(plan), why: whyGrouped(plan, facts), inputs: [within(plan.input)] };
    case "regroup":
      return {
        ...grouped(plan),
        rules: ["push-grouping"],
        why: whyRegrouped(plan, facts),
        inputs: [within(plan.input)],
      };
    case "ranked":
      return explainRanked(plan, explaining);
    case "led":
      return explainLed(plan, explaining);
    case "sort":
      return explainSort(plan, explaining);
  }
}

/** A scan of an owner's, without what was measured: also of a list that is asked as it stands. */
export function explainScan(plan: Scan, explaining: Explaining): ExplainNode {
  const { collection, columns, where, order, page } = plan;
  const rules = [
    !isAlways(where) && "push-filter",
    order.length > 0 && "push-order",
    isCut(page) && "push-page",
  ];
  return {
    node: "scan",
    name: collection,
    subgraph: collectionNamed(explaining.facts, collection).subgraph,
    columns,
    ...pushed(where),
    order: order.map(({ by, direction }) => `${valueName(by)} ${direction}`),
    ...pageOf(page),
    rules: rules.filter((rule) => rule !== false),
    ...estimate(explaining.countOf({ collection, where }), page),
    inputs: keySetsIn(where, explaining),
  };
}

function explainGroups(plan: Groups, explaining: Explaining): ExplainNode {
  const { collection, keys, aggregates, where, having, order, page } = plan;
  const isOfKeys = aggregates.length === 0;
  const rules = [
    !isAlways(where) && "push-filter",
    isOfKeys ? "distinct-keys" : "push-grouping",
    !isAlways(having) && "push-having",
    order.length > 0 && "push-order",
    isCut(page) && "push-page",
  ];
  const [distinct, ...others] = keys.map(valueName);
  const probe = { collection, where, ...(distinct && others.length === 0 && { distinct }) };
  return {
    node: "groups",
    name: collection,
    subgraph: collectionNamed(explaining.facts, collection).subgraph,
    by: keys.map(valueName),
    aggregates: aggregates.map(columnOfAggregate),
    ...pushed(where),
    ...(!isAlways(having) && { having: printCondition(having) }),
    order: order.map((term) => {
      return `${term.on === "key" ? valueName(term.key) : columnOfAggregate(term.aggregate)} ${term.direction}`;
    }),
    ...pageOf(page),
    rules: rules.filter((rule) => rule !== false),
    ...(keys.length === 0 ? { estimatedRows: 1 } : estimate(explaining.countOf(probe), page)),
    inputs: keySetsIn(where, explaining),
  };
}

function grouped({ kind, keys, aggregates }: Group | Regroup): Omit<ExplainNode, "inputs"> {
  return {
    node: kind,
    by: keys.map(({ as }) => as),
    aggregates: aggregates.map(({ aggregate }) => columnOfAggregate(aggregate)),
    ...(keys.length === 0 && { estimatedRows: 1 }),
  };
}

function explainRanked(plan: Ranked, explaining: Explaining): ExplainNode {
  const { order, page, keys, rows, on } = plan;
  return {
    node: "ranked",
    by: on,
    order: order.map(({ column, direction }) => `${column} ${direction}`),
    ...pageOf(page),
    rules: ["rank-keys"],
    why: whyRanked(plan),
    ...estimate(undefined, page),
    inputs: [explainRows(keys, explaining), explainRows(rows, explaining)],
  };
}

function explainLed(plan: Led, explaining: Explaining): ExplainNode {
  const { keys, by, on, rows, page, otherwise } = plan;
  return {
    node: "led",
    by: on,
    order: [by],
    ...pageOf(page),
    rules: ["lead-by-aggregate"],
    why: whyLed(plan),
    ...estimate(undefined, page),
    inputs: [keys, rows, otherwise].map((each) => explainRows(each, explaining)),
  };
}

function explainSort(plan: Sort, explaining: Explaining): ExplainNode {
  const { order, page } = plan;
  return {
    node: "sort",
    order: order.map(({ column, direction }) => `${column} ${direction}`),
    ...pageOf(page),
    ...(order.length === 0 && { rules: ["push-order"] }),
    why: whySorted(plan, explaining.facts),
    ...estimate(undefined, page),
    inputs: [explainRows(plan.input, explaining)],
  };
}

/** The key sets that stand in a condition, each once. */
export function keySetsIn(condition: Condition, explaining: Explaining): readonly ExplainNode[] {
  switch (condition.kind) {
    case "and":
    case "or":
      return condition.of.flatMap((each) => keySetsIn(each, explaining));
    case "not":
      return keySetsIn(condition.of, explaining);
    case "exists":
      return keySetsIn(condition.where, explaining);
    case "among":
      return explainKeys(condition.keys, condition.relationship, condition.columns, explaining);
    case "compare":
    case "member":
    case "match":
    case "null":
      return [];
  }
}

function explainKeys(
  keys: KeySet,
  name: string,
  by: readonly string[],
  explaining: Explaining,
): readonly ExplainNode[] {
  if (keys.kind === "given") return [];
  const named = { ...(name && { name }), by };
  if (explaining.explained.has(keys))
    return [{ node: "key set", ...named, why: [`The same as above: ${printKeySet(keys)}.`], inputs: [] }];
  explaining.explained.add(keys);
  if (keys.kind === "choose")
    return [{ ...explainChoose(keys, named, explaining), ...actual(keys, explaining) }];
  const inputs = [explainRows(keys.rows, explaining)];
  return [{ node: "key set", ...named, ...actual(keys, explaining), inputs }];
}

function explainChoose(
  { foreign, local, probes }: Choose,
  named: Pick<ExplainNode, "name" | "by">,
  explaining: Explaining,
): ExplainNode {
  const { countOf } = explaining;
  const counts = [countOf(probes.foreign), countOf(probes.local)];
  const [foreignNode, localNode] = [foreign, local].flatMap((keys, i) =>
    explainKeys(keys, i === 0 ? "foreign" : "local", [], explaining).map((node): ExplainNode => {
      const count = counts[i];
      return count === undefined ? node : { ...node, estimatedRows: count };
    }),
  );
  return {
    node: "choose",
    ...named,
    rules: ["choose-direction"],
    why: [
      `foreign: all keys of ${probes.foreign.collection}. local: those that the rows of ${probes.local.collection} at hand have. Counts decide while it runs.`,
    ],
    inputs: [foreignNode, localNode].filter((node) => node !== undefined),
  };
}

function actual(node: object, { actualOf }: Explaining): Pick<ExplainNode, "actual"> {
  const found = actualOf(node);
  return found ? { actual: found } : {};
}

function pushed(where: Condition): Pick<ExplainNode, "pushed"> {
  return isAlways(where) ? {} : { pushed: printCondition(where) };
}

function isCut({ limit, offset }: Page): boolean {
  return limit !== undefined || offset > 0;
}

function pageOf({ limit, offset }: Page): Pick<ExplainNode, "limit" | "offset"> {
  return { ...(limit !== undefined && { limit }), ...(offset > 0 && { offset }) };
}

function estimate(counted: number | undefined, { limit, offset }: Page): Pick<ExplainNode, "estimatedRows"> {
  const left = counted === undefined ? undefined : Math.max(0, counted - offset);
  const rows = [left, limit].filter((count) => count !== undefined);
  return rows.length === 0 ? {} : { estimatedRows: Math.min(...rows) };
}
