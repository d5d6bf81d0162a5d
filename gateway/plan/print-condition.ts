// A condition as one line of text: `origin.state.code = "CA" and distance >= 500`.
import type { Comparison, Pattern } from "../../schema/product/predicate.ts";
import type { ScalarValue } from "../../schema/product/scalar.ts";
import { type Condition, conjunction, conjuncts, isAlways, type KeySet } from "./condition.ts";
import type { RowsPlan } from "./rows-plan.ts";

const signs: Readonly<Record<Comparison, string>> = {
  _eq: "=",
  _neq: "!=",
  _gt: ">",
  _gte: ">=",
  _lt: "<",
  _lte: "<=",
};
const patterns: Readonly<Record<Pattern, string>> = {
  _like: "like",
  _nlike: "not like",
  _ilike: "ilike",
  _nilike: "not ilike",
};

/** Most values of a list that are written; how many more there are is said. */
const listedMax = 5;

/** How tightly a condition binds what stands in it: `or` least, a test most. */
const binding = { or: 0, and: 1, not: 2, test: 3 } as const;
type Binding = (typeof binding)[keyof typeof binding];

/**
 * Columns stand as paths; `departures(A and B)` = one of the departures has both. Key sets are written by what their rows
 * must satisfy, `origin among keys(airports | city = "Oakland")`; those that stand within them by their collection alone.
 */
export function printCondition(condition: Condition): string {
  return print(condition, binding.or, true);
}

function print(condition: Condition, around: Binding, open: boolean): string {
  const braced = (own: Binding, text: string) => (own < around ? `(${text})` : text);
  switch (condition.kind) {
    case "and":
    case "or": {
      const { kind, of } = condition;
      if (of.length === 0) return kind === "and" ? "true" : "false";
      if (of.length === 1) return print(of[0] as Condition, around, open);
      const own = binding[kind];
      const within = (own + 1) as Binding;
      return braced(own, of.map((each) => print(each, within, open)).join(` ${kind} `));
    }
    case "not":
      return braced(binding.not, `not ${print(condition.of, binding.test, open)}`);
    case "exists":
      return printExists(condition.relationship, condition.where, open);
    case "among": {
      const { relationship, columns, keys } = condition;
      return `${relationship || columns.join(", ")} among ${printKeySet(keys, open)}`;
    }
    case "compare":
      return `${condition.column} ${signs[condition.operator]} ${literal(condition.value)}`;
    case "member": {
      const { column, operator, values } = condition;
      const more = values.length > listedMax ? `, … ${values.length - listedMax} more` : "";
      const list = values.slice(0, listedMax).map(literal).join(", ");
      return `${column} ${operator === "_in" ? "in" : "not in"} (${list}${more})`;
    }
    case "match":
      return `${condition.column} ${patterns[condition.operator]} ${literal(condition.pattern)}`;
    case "null":
      return `${condition.column} is ${condition.is ? "" : "not "}null`;
  }
}

/** One test on the other end is written as a path. */
function printExists(relationship: string, where: Condition, open: boolean): string {
  const inner = print(where, binding.or, open);
  switch (where.kind) {
    case "and":
      return where.of.length === 0 ? `${relationship} exists` : `${relationship}(${inner})`;
    case "or":
    case "not":
      return `${relationship}(${inner})`;
    default:
      return `${relationship}.${inner}`;
  }
}

/** `keys(airports | city = "Oakland")`; of a choice, the keys of the other side. */
export function printKeySet(keys: KeySet, open = true): string {
  switch (keys.kind) {
    case "given":
      return "the keys given";
    case "choose":
      return printKeySet(keys.foreign, open);
    case "keys": {
      const { collection, where } = rowsBehind(keys.rows);
      if (isAlways(where)) return `keys(${collection})`;
      return open ? `keys(${collection} | ${print(where, binding.or, false)})` : `keys(${collection} | …)`;
    }
  }
}

/** The collection that rows are of, and all that they must satisfy. */
export function rowsBehind(plan: RowsPlan): { readonly collection: string; readonly where: Condition } {
  switch (plan.kind) {
    case "scan":
    case "groups":
      return plan;
    case "here":
      return { collection: plan.collection, where: conjunction([]) };
    case "filter": {
      const { collection, where } = rowsBehind(plan.input);
      const asked = new Set(conjuncts(where).map((each) => JSON.stringify(each)));
      const more = conjuncts(plan.condition).filter((each) => !asked.has(JSON.stringify(each)));
      return { collection, where: conjunction([...conjuncts(where), ...more]) };
    }
    case "ranked":
    case "led":
      return plan.rows;
    case "lookup":
    case "group":
    case "regroup":
    case "sort":
      return rowsBehind(plan.input);
  }
}

function literal(value: ScalarValue): string {
  return JSON.stringify(value);
}
