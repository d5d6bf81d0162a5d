// Why work is done here and not by an owner, read off the finished plan and what the owner says that he can do.
import type { MeshCollection } from "../../schema/product/mesh.ts";
import type { Operator } from "../../schema/product/predicate.ts";
import { type Condition, conjuncts, isSettled } from "./condition.ts";
import { collectionNamed, type Facts, isOwnValue, relationOf } from "./facts.ts";
import { printCondition, rowsBehind } from "./print-condition.ts";
import type { Filter, Group, Led, Lookup, Ranked, Regroup, RowsPlan, Sort } from "./rows-plan.ts";

export function whyFiltered({ input, condition }: Filter, facts: Facts): readonly string[] {
  if (input.kind === "group" || input.kind === "regroup" || input.kind === "lookup")
    return ["Groups are whole only here."];
  const collection = collectionNamed(facts, rowsBehind(input).collection);
  const reasons = conjuncts(condition).flatMap((each) => {
    const found = lacksIn(each, collection, facts);
    return found.length > 0 ? found : [`${printCondition(each)}: no rule asks it of ${collection.subgraph}.`];
  });
  return [...new Set(reasons)];
}

function lacksIn(condition: Condition, collection: MeshCollection, facts: Facts): readonly string[] {
  switch (condition.kind) {
    case "and":
    case "or":
      return condition.of.flatMap((each) => lacksIn(each, collection, facts));
    case "not":
      return lacksIn(condition.of, collection, facts);
    case "exists": {
      const to = relationOf(facts, collection, condition.relationship)?.to;
      return lacksIn(condition.where, to?.subgraph === collection.subgraph ? to : collection, facts);
    }
    case "among":
      return lacks("_in", collection);
    case "null":
      return lacks("_is_null", collection);
    case "compare":
    case "member":
    case "match":
      return lacks(condition.operator, collection);
  }
}

function lacks(operator: Operator, { name, exact, inexact }: MeshCollection): readonly string[] {
  if (inexact.includes(operator)) return [`${name} answers ${operator} with more rows than it should.`];
  if (exact && !exact.includes(operator)) return [`${name} does not answer ${operator}.`];
  return [];
}

export function whyLookedUp({ input, from, columns }: Lookup, facts: Facts): readonly string[] {
  const [here, there] = [input, from].map((rows) => collectionNamed(facts, rowsBehind(rows).collection));
  if (!here || !there || here.subgraph === there.subgraph || columns.length === 0) return [];
  return [`${columns.map(({ as }) => as).join(", ")}: of ${there.subgraph}, not of ${here.subgraph}.`];
}

export function whyGrouped({ input, keys }: Group, facts: Facts): readonly string[] {
  const { name, aggregate, groups } = collectionNamed(facts, rowsBehind(input).collection);
  const offered = keys.length === 0 ? aggregate : groups;
  if (offered === undefined) return [`${name} offers no ${keys.length === 0 ? "aggregate" : "groups"}.`];
  if (groups === undefined && !isSettled(rowsBehind(input).where))
    return [
      `A key set may be longer than ${name} takes at once, and ${name} offers no groups to decide it by.`,
    ];
  return [`No rule asks ${name} for ${keys.length === 0 ? "aggregates" : "groups"}.`];
}

export function whyRegrouped({ input, keys }: Regroup, facts: Facts): readonly string[] {
  const beneath = inputsDown(input);
  const { subgraph } = collectionNamed(facts, rowsBehind(input).collection);
  const looked = beneath.flatMap((each) => (each.kind === "lookup" ? each.columns.map(({ as }) => as) : []));
  const brought = keys.filter(({ column }) => looked.includes(column)).map(({ as }) => as);
  return [
    ...(brought.length > 0
      ? [`${subgraph} does not have ${brought.join(", ")}: it groups by the keys that lead there.`]
      : []),
    ...(beneath.some(({ kind }) => kind === "filter")
      ? [`A filter that ${subgraph} does not answer decides about whole groups first.`]
      : []),
  ];
}

/** The node and those beneath it, without key sets and what lookups ask. */
function inputsDown(plan: RowsPlan): readonly RowsPlan[] {
  switch (plan.kind) {
    case "scan":
    case "groups":
    case "here":
    case "ranked":
    case "led":
      return [plan];
    case "filter":
    case "lookup":
    case "group":
    case "regroup":
    case "sort":
      return [plan, ...inputsDown(plan.input)];
  }
}

export function whySorted({ input, order, page }: Sort, facts: Facts): readonly string[] {
  const collection = collectionNamed(facts, rowsBehind(input).collection);
  const { name, sort, limit } = collection;
  if (order.length === 0)
    return page.limit === undefined && page.offset === 0
      ? []
      : [limit ? "The page is cut where all its rows are known: here." : `${name} takes no limit.`];
  if (input.kind !== "here" && sort !== "exact") return [`${name} is not sorted by its owner.`];
  const foreign = order.filter(({ by }) => by && !isOwnValue(facts, collection, by));
  if (foreign.length > 0)
    return [
      `${foreign.map(({ column }) => column).join(", ")}: ${collection.subgraph} can't sort by another domain's.`,
    ];
  if (inputsDown(input).some(({ kind }) => kind === "group" || kind === "regroup"))
    return ["Groups are put together here."];
  if (input.kind === "filter") return ["What is left of the rows is known here."];
  return [];
}

/** A page in the order of an aggregate that another owner has. */
export function whyLed({ keys, by }: Led): readonly string[] {
  return [
    `The owner of ${keys.collection} has ${by} in order: rows are asked for by its first keys until the page is full, all of them where that does not fill it.`,
  ];
}

/** A page in the order of what keys lead to. */
export function whyRanked(plan: Ranked): readonly string[] {
  const order = plan.order.map(({ column }) => column).join(", ");
  return [
    `Keys of ${plan.reference} are put in the order of ${order}; only rows of the page's keys are asked for.`,
  ];
}
