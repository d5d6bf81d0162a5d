// The first plan of rows: right without any rule. Whole collections are scanned, and all else is done here.
import type { MeshCollection } from "../../schema/product/mesh.ts";
import type { Predicate } from "../../schema/product/predicate.ts";
import { type ScalarName, scalarTraits } from "../../schema/product/scalar.ts";
import { type Aggregate, type Value, valueName } from "../../schema/product/value.ts";
import {
  aggregateNamed,
  columnOfAggregate,
  distinctAggregates,
  scalarOfAggregate,
  typedAggregate,
} from "./aggregates.ts";
import type { AggregateAsked, GroupsAsked, ListAsked } from "./asked.ts";
import { type Condition, isAlways } from "./condition.ts";
import { type Facts, primaryKey, scalarOf, shapeOf } from "./facts.ts";
import { columnOf, lookUpBeyond, lookUpValues } from "./look-up-values.ts";
import type { GroupKey, RowsPlan, SortTerm } from "./rows-plan.ts";
import { filter, scanOf } from "./scan-of.ts";
import { toCondition } from "./to-condition.ts";

/** The rows of a list, in its order, its page alone: at least the primary key of each. */
export function layOutList(facts: Facts, { collection, where, order, page }: ListAsked): RowsPlan {
  const filtered = filter(facts, collection, scanOf(collection), toCondition(facts, collection, where));
  const input = lookUpValues(
    facts,
    collection,
    filtered,
    order.map(({ by }) => by),
  );
  const shape = shapeOf(facts, collection);
  const terms = order.map(({ by, direction }): SortTerm => {
    return { ...columnOf(facts, collection, by), direction, by };
  });
  const ties = primaryKey(facts, collection).map((column): SortTerm => {
    return { column, scalar: scalarOf(shape, [column]), direction: "asc", by: { kind: "column", column } };
  });
  return { kind: "sort", input, order: [...terms, ...ties], page };
}

/** One row of aggregates. */
export function layOutAggregate(facts: Facts, { collection, where, aggregates }: AggregateAsked): RowsPlan {
  const input = filter(facts, collection, scanOf(collection), toCondition(facts, collection, where));
  return {
    kind: "group",
    input,
    keys: [],
    aggregates: aggregates.map((aggregate) => typedAggregate(shapeOf(facts, collection), aggregate)),
    timeZone: "UTC",
  };
}

/** A row for each group, in order, the page alone. */
export function layOutGroups(facts: Facts, asked: GroupsAsked): RowsPlan {
  const { collection, where, keys, having, order, page, timeZone } = asked;
  const filtered = filter(facts, collection, scanOf(collection), toCondition(facts, collection, where));
  const input = lookUpBeyond(facts, collection, filtered, keys);
  const used = [...asked.aggregates, ...aggregatesIn(having), ...order.flatMap(aggregateOf)];
  const shape = shapeOf(facts, collection);
  const aggregates = distinctAggregates(used).map((each) => typedAggregate(shape, each));
  const groupKeys = keys.map((key) => groupKey(facts, collection, key));
  const grouped: RowsPlan = {
    kind: "group",
    input,
    keys: groupKeys,
    aggregates,
    timeZone,
  };
  const results = Object.fromEntries(
    aggregates.map((each) => [columnOfAggregate(each.aggregate), scalarOfAggregate(each)]),
  );
  const condition = onColumns(having);
  const kept: RowsPlan = isAlways(condition)
    ? grouped
    : { kind: "filter", input: grouped, condition, scalars: results };
  const keyTerm = (key: Value): SortTerm => {
    const { as, scalar, bucket } = groupKeys[
      keys.findIndex((each) => valueName(each) === valueName(key))
    ] as GroupKey;
    return { column: as, scalar: bucketScalar(scalar, bucket), direction: "asc", by: key };
  };
  const terms = order.map((term): SortTerm => {
    if (term.on === "key") return { ...keyTerm(term.key), direction: term.direction };
    const column = columnOfAggregate(term.aggregate);
    return { column, scalar: results[column] as ScalarName, direction: term.direction };
  });
  return { kind: "sort", input: kept, order: [...terms, ...keys.map(keyTerm)], page };
}

function groupKey(facts: Facts, collection: MeshCollection, key: Value): GroupKey {
  const { column, scalar } = columnOf(facts, collection, key);
  const leaf = leafOf(key);
  return {
    column,
    scalar,
    as: valueName(key),
    ...(leaf.kind === "bucket" && { bucket: leaf.bucket }),
  };
}

function leafOf(value: Value): Value {
  return value.kind === "reference" ? leafOf(value.value) : value;
}

export function bucketScalar(scalar: ScalarName, bucket: GroupKey["bucket"]): ScalarName {
  return (bucket && scalarTraits[scalar].buckets[bucket]) ?? scalar;
}

/** A `having` on the columns of groups. */
function onColumns(having: Predicate): Condition {
  switch (having.kind) {
    case "and":
    case "or":
      return { kind: having.kind, of: having.of.map(onColumns) };
    case "not":
      return { kind: "not", of: onColumns(having.of) };
    case "exists":
      return { kind: "exists", relationship: having.relationship, where: onColumns(having.where) };
    case "compare":
    case "member":
    case "match":
    case "null":
      return { ...having, column: columnOfAggregate(aggregateNamed(having.column)) };
  }
}

function aggregatesIn(having: Predicate): readonly Aggregate[] {
  switch (having.kind) {
    case "and":
    case "or":
      return having.of.flatMap(aggregatesIn);
    case "not":
      return aggregatesIn(having.of);
    case "exists":
      return [];
    case "compare":
    case "member":
    case "match":
    case "null":
      return [aggregateNamed(having.column)];
  }
}

function aggregateOf(term: GroupsAsked["order"][number]): readonly Aggregate[] {
  return term.on === "aggregate" ? [term.aggregate] : [];
}
