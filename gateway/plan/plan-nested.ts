// Plans a list or an aggregate beneath an object: what its owner is asked for each object, and what is left to be done here.
import type { FieldNode } from "graphql";
import type { Asked } from "./asked.ts";
import { always } from "./condition.ts";
import { demandColumns } from "./demand-columns.ts";
import { type Facts, primaryKey } from "./facts.ts";
import type { FetchedColumn, NestedPlan } from "./field-plan.ts";
import { layOutList } from "./layout.ts";
import { planning as faults } from "./planning-faults.ts";
import type { RowsPlan, Scan } from "./rows-plan.ts";
import type { Rule } from "./rule.ts";
import { pushFilter } from "./rules/push-filter.ts";
import { applyRules } from "./rules.ts";
import { fetchColumns, placesOf } from "./template.ts";

type Unplaced = Pick<NestedPlan, "name" | "collection" | "where" | "order" | "page"> & {
  readonly left?: { readonly columns: readonly FetchedColumn[] };
  /** When the root field is known in which it stands. */
  readonly finish: (root: FieldNode) => NestedPlan;
};

/** @throws planning.NESTED_AGGREGATE_UNANSWERED */
export function planNested(
  { facts, rules }: { readonly facts: Facts; readonly rules: readonly Rule[] },
  asked: Asked,
  name: string,
): Unplaced {
  const { collection, where } = asked;
  const isList = asked.kind === "list";
  const list = {
    kind: "list",
    collection,
    where,
    order: isList ? asked.order : [],
    page: { offset: 0 },
  } as const;
  const page = isList ? asked.page : { offset: 0 };
  // An aggregate is asked for each object in one request, so that its condition must be the owner's to decide.
  const chosen = isList || rules.includes(pushFilter) ? rules : [pushFilter, ...rules];
  const plan = applyRules(layOutList(facts, list), facts, chosen);
  const whole = plan.kind === "scan" && (collection.limit || isWhole(page)) ? plan : undefined;
  const named = { name, collection: collection.name };
  if (whole) {
    const bound = { ...named, ...demanded(facts, whole), page };
    return { ...bound, finish: () => bound };
  }
  if (!isList) {
    const scan = leafOf(plan);
    if (plan.kind !== "sort" || plan.input.kind !== "scan")
      throw faults.NESTED_AGGREGATE_UNANSWERED({ collection: collection.name });
    const bound = { ...named, ...demanded(facts, scan), order: [], page };
    return { ...bound, finish: () => bound };
  }
  const wanted = primaryKey(facts, collection);
  const rows = demandColumns(facts, plan, wanted);
  const scan = leafOf(rows);
  const columns = fetchColumns(scan.columns);
  const bound = { ...named, where: scan.where, order: scan.order, page: { offset: 0 } };
  return {
    ...bound,
    left: { columns },
    finish: (root) => {
      return { ...bound, left: { rows: overHere(rows), page, columns, places: placesOf(root, name) } };
    },
  };
}

function isWhole({ limit, offset }: NestedPlan["page"]): boolean {
  return limit === undefined && offset === 0;
}

function demanded(facts: Facts, scan: Scan): Pick<NestedPlan, "where" | "order"> {
  const { where = always, order } = demandColumns(facts, scan, []) as Scan;
  return { where, order };
}

/** The scan that a list's plan begins with. */
function leafOf(plan: RowsPlan): Scan {
  switch (plan.kind) {
    case "scan":
      return plan;
    case "filter":
    case "lookup":
    case "group":
    case "regroup":
    case "sort":
      return leafOf(plan.input);
    case "groups":
    case "here":
    case "ranked":
    case "led":
      throw new TypeError("a list's plan begins with a scan");
  }
}

/** The same work over rows that were fetched already. */
function overHere(plan: RowsPlan): RowsPlan {
  switch (plan.kind) {
    case "scan":
      return { kind: "here", collection: plan.collection };
    case "filter":
    case "lookup":
    case "sort":
      return { ...plan, input: overHere(plan.input) };
    case "group":
    case "regroup":
    case "groups":
    case "here":
    case "ranked":
    case "led":
      return plan;
  }
}
