// Plans of rows as text: a line for each node, what it stands on beneath it.
import { columnOfAggregate } from "../../../gateway/plan/aggregates.ts";
import type { Condition, KeySet } from "../../../gateway/plan/condition.ts";
import type { GroupKey, RowsPlan } from "../../../gateway/plan/rows-plan.ts";
import type { Page } from "../../../schema/product/read-page.ts";
import { type Aggregate, type Value, valueName } from "../../../schema/product/value.ts";

export function printPlan(plan: RowsPlan): string {
  return linesOf(plan).join("\n");
}

function linesOf(plan: RowsPlan): readonly string[] {
  switch (plan.kind) {
    case "scan":
      return [
        `scan ${plan.collection}${columns(plan.columns)}${where(plan.where)}${orderedBy(plan.order.map(({ by, direction }) => `${valueName(by)} ${direction}`))}${page(plan.page)}`,
      ];
    case "groups": {
      const order = plan.order.map(
        (term) =>
          `${term.on === "key" ? valueName(term.key) : columnOfAggregate(term.aggregate)} ${term.direction}`,
      );
      return [
        `groups ${plan.collection} by ${values(plan.keys)}: ${aggregates(plan.aggregates)}${where(plan.where)}${having(plan.having)}${orderedBy(order)}${page(plan.page)}`,
      ];
    }
    case "here":
      return [`here ${plan.collection}`];
    case "filter":
      return above(`filter ${printCondition(plan.condition)}`, plan.input);
    case "lookup":
      return [
        `lookup ${plan.on} → ${plan.columns.map(({ as }) => as).join(", ")}`,
        ...linesOf(plan.from).map((line) => `  from ${line}`),
        ...linesOf(plan.input).map((line) => `  ${line}`),
      ];
    case "group":
    case "regroup":
      return above(
        `${plan.kind} by ${plan.keys.map(groupKey).join(", ")}: ${aggregates(plan.aggregates.map(({ aggregate }) => aggregate))}`,
        plan.input,
      );
    case "sort":
      return above(
        `sort${orderedBy(plan.order.map(({ column, direction }) => `${column} ${direction}`))}${page(plan.page)}`,
        plan.input,
      );
    case "ranked":
      return [
        `ranked ${plan.order.map(({ column, direction }) => `${column} ${direction}`)}${page(plan.page)}`,
        ...linesOf(plan.keys).map((line) => `  keys ${line}`),
        ...linesOf(plan.rows).map((line) => `  ${line}`),
      ];
    case "led":
      return [
        `led by ${plan.by}${page(plan.page)}`,
        ...linesOf(plan.keys).map((line) => `  keys ${line}`),
        ...linesOf(plan.rows).map((line) => `  ${line}`),
      ];
  }
}

function above(line: string, input: RowsPlan): readonly string[] {
  return [line, ...linesOf(input).map((beneath) => `  ${beneath}`)];
}

export function printCondition(condition: Condition): string {
  switch (condition.kind) {
    case "and":
    case "or":
      return condition.of.length === 0
        ? String(condition.kind === "and")
        : `(${condition.of.map(printCondition).join(` ${condition.kind} `)})`;
    case "not":
      return `not ${printCondition(condition.of)}`;
    case "exists":
      return `exists ${condition.relationship}(${printCondition(condition.where)})`;
    case "among":
      return `${condition.columns} among ${printKeys(condition.keys)}`;
    case "compare":
      return `${condition.column} ${condition.operator} ${condition.value}`;
    case "member":
      return `${condition.column} ${condition.operator} [${condition.values}]`;
    case "match":
      return `${condition.column} ${condition.operator} ${condition.pattern}`;
    case "null":
      return `${condition.column} is ${condition.is ? "" : "not "}null`;
  }
}

function printKeys(keys: KeySet): string {
  switch (keys.kind) {
    case "given":
      return "given";
    case "keys":
      return `{${keys.columns} of ${linesOf(keys.rows).join(" | ")}}`;
    case "choose":
      return `either ${printKeys(keys.foreign)} or ${printKeys(keys.local)}`;
  }
}

const columns = (names: readonly string[]) => (names.length === 0 ? "" : ` (${names.join(", ")})`);
const where = (condition: Condition) => prefixed("where", condition);
const having = (condition: Condition) => prefixed("having", condition);
const values = (of: readonly Value[]) => of.map(valueName).join(", ");
const aggregates = (of: readonly Aggregate[]) => of.map(columnOfAggregate).join(", ");
const orderedBy = (terms: readonly string[]) => (terms.length === 0 ? "" : ` order by ${terms.join(", ")}`);
const groupKey = ({ column, bucket }: GroupKey) => (bucket ? `${column} ${bucket}` : column);

function prefixed(word: string, condition: Condition): string {
  return condition.kind === "and" && condition.of.length === 0 ? "" : ` ${word} ${printCondition(condition)}`;
}

function page({ limit, offset }: Page): string {
  return `${limit === undefined ? "" : ` limit ${limit}`}${offset === 0 ? "" : ` offset ${offset}`}`;
}
