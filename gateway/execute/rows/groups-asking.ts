// Groups of a collection's rows, asked of its owner page by page; without keys, one aggregate of them all.
import { strict as assert } from "node:assert";
import { generatedNames } from "../../../schema/product/generated-names.ts";
import type { MeshCollection } from "../../../schema/product/mesh.ts";
import type { GroupOrderTerm } from "../../../schema/product/read-value.ts";
import { type Aggregate, type Value, valueName } from "../../../schema/product/value.ts";
import { columnOfAggregate } from "../../plan/aggregates.ts";
import { type Among, type Condition, isAlways } from "../../plan/condition.ts";
import { columnAtPath } from "../../plan/facts.ts";
import type { Running } from "../operator.ts";
import { type Argument, askOwner, listOf } from "./ask-owner.ts";
import type { AskPage } from "./collect-pages.ts";
import type { BoundKeys } from "./key-ranges.ts";
import { type Answered, compileRowReader } from "./read-answered.ts";
import type { RowsRuntime } from "./rows-runtime.ts";
import { writeCondition } from "./write-condition.ts";
import { writeHaving } from "./write-having.ts";
import { writeGroupOrder } from "./write-order.ts";
import { writeSelection } from "./write-selection.ts";

export type GroupsQuestion = {
  readonly collection: MeshCollection;
  readonly keys: readonly Value[];
  readonly aggregates: readonly Aggregate[];
  readonly where: Condition;
  readonly keysOf: (among: Among) => BoundKeys;
  readonly having: Condition;
  readonly order: readonly GroupOrderTerm[];
  readonly timeZone: string;
};

export function groupsAsking(runtime: RowsRuntime, question: GroupsQuestion, running: Running): AskPage {
  const { facts } = runtime;
  const { collection, keys, aggregates, where, keysOf, having, order, timeZone } = question;
  const names = generatedNames(collection.name);
  const keyColumns = keys.map(valueName);
  const fields = aggregates.map((aggregate, i) =>
    fieldOf(aggregate, i, (path) => columnAtPath(facts, collection, path)),
  );
  const reader = compileRowReader([
    ...keyColumns.map((column) => ({ column, path: ["by", ...column.split(".")] })),
    ...fields.map(({ column, path }) => ({ column, path: ["aggregate", ...path] })),
  ]);
  const beneath = (name: string, selection: string) => (selection === "" ? [] : [`${name} { ${selection} }`]);
  const selection = [
    ...beneath("by", writeSelection(keyColumns)),
    ...beneath("aggregate", fields.map(({ selection }) => selection).join(" ")),
  ].join(" ");
  const whereInput: Argument | undefined = isAlways(where)
    ? undefined
    : { type: names.boolExp, value: writeCondition(where, { facts, collection, keysOf }) };

  if (keys.length === 0)
    return async () => {
      if (aggregates.length === 0) return [{}];
      assert(collection.aggregate, `${collection.name} has an aggregate`);
      const field = { name: collection.aggregate, selection, arguments: { where: whereInput } };
      return listOf([await askOwner(runtime, collection, field, running)], collection, 1).map(reader);
    };

  const asked = {
    where: whereInput,
    having: isAlways(having) ? undefined : { type: names.havingExp, value: writeHaving(having) },
    order_by:
      order.length === 0 ? undefined : { type: `[${names.groupOrderBy}!]`, value: writeGroupOrder(order) },
    timeZone: timeZone === "UTC" ? undefined : { type: "String", value: timeZone },
  };
  return async ({ limit, offset }) => {
    assert(collection.groups, `${collection.name} has groups`);
    const page = {
      limit: { type: "Int", value: limit },
      offset: offset === 0 ? undefined : { type: "Int", value: offset },
    };
    const field = { name: collection.groups, selection, arguments: { ...asked, ...page } };
    return listOf(await askOwner(runtime, collection, field, running), collection, limit).map(reader);
  };
}

/** Counts of columns have no field of their own, so each goes by a name that no two have. */
function fieldOf(
  aggregate: Aggregate,
  i: number,
  columnAt: (path: string) => string,
): Answered & { readonly selection: string } {
  const column = columnOfAggregate(aggregate);
  if (aggregate.function !== "count")
    return {
      column,
      path: [aggregate.function, aggregate.column],
      selection: `${aggregate.function} { ${aggregate.column} }`,
    };
  if (aggregate.column === undefined) return { column, path: ["count"], selection: "count" };
  const distinct = aggregate.distinct ? ", distinct: true" : "";
  const name = `count${i}`;
  return {
    column,
    path: [name],
    selection: `${name}: count(column: ${columnAt(aggregate.column)}${distinct})`,
  };
}
