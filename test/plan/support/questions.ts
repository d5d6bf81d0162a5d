// Questions as they are read of a field's arguments: short to write in a test.
import type { AggregateAsked, GroupsAsked, ListAsked } from "../../../gateway/plan/asked.ts";
import { collectionNamed, type Facts, shapeOf } from "../../../gateway/plan/facts.ts";
import { valueAt } from "../../../gateway/plan/value-at.ts";
import { always, type Predicate } from "../../../schema/product/predicate.ts";
import type { Page } from "../../../schema/product/read-page.ts";
import { readHaving, readPredicate } from "../../../schema/product/read-predicate.ts";
import { readGroupOrder, readOrder } from "../../../schema/product/read-value.ts";
import type { Aggregate } from "../../../schema/product/value.ts";

type Input = Readonly<Record<string, unknown>>;

export function whereOf(facts: Facts, collection: string, where: Input): Predicate {
  return readPredicate(where, shapeOf(facts, collectionNamed(facts, collection)), "where", 100);
}

type ListInput = { readonly where?: Input; readonly order?: readonly Input[]; readonly page?: Page };

export function listOf(
  facts: Facts,
  name: string,
  { where, order = [], page = { offset: 0 } }: ListInput = {},
): ListAsked {
  const collection = collectionNamed(facts, name);
  return {
    kind: "list",
    collection,
    where: where ? whereOf(facts, name, where) : always,
    order: readOrder(order, shapeOf(facts, collection), "order_by"),
    page,
  };
}

export function aggregateOf(
  facts: Facts,
  name: string,
  aggregates: readonly Aggregate[],
  where?: Input,
): AggregateAsked {
  const { collection, where: predicate } = listOf(facts, name, where && { where });
  return { kind: "aggregate", collection, where: predicate, aggregates };
}

type GroupsInput = ListInput & {
  readonly by: readonly string[];
  readonly aggregates?: readonly Aggregate[];
  readonly having?: Input;
};

/** Keys are paths: `maker.name`. */
export function groupsOf(facts: Facts, name: string, asked: GroupsInput): GroupsAsked {
  const { collection, where, page } = listOf(facts, name, { ...asked, order: [] });
  const keys = asked.by.map(valueAt);
  return {
    kind: "groups",
    collection,
    where,
    keys,
    aggregates: asked.aggregates ?? [count],
    having: asked.having ? readHaving(asked.having, "having", 100) : always,
    order: readGroupOrder(asked.order ?? [], shapeOf(facts, collection), keys, "order_by"),
    page,
    timeZone: "UTC",
  };
}

export const count: Aggregate = { function: "count", distinct: false };
