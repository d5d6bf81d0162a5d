// Random questions of a collection, over every relationship of the mesh, and random capabilities of its collections.
import fc, { type Arbitrary } from "fast-check";
import type { AggregateAsked, GroupsAsked, ListAsked } from "../../../gateway/plan/asked.ts";
import { collectionNamed, type Facts, shapeOf } from "../../../gateway/plan/facts.ts";
import { type Direction, directions, type OrderTerm } from "../../../schema/product/order.ts";
import { type Operator, operators, type Predicate } from "../../../schema/product/predicate.ts";
import type { Page } from "../../../schema/product/read-page.ts";
import type { GroupOrderTerm } from "../../../schema/product/read-value.ts";
import type { Bucket, ScalarName, ScalarValue } from "../../../schema/product/scalar.ts";
import type { Shape } from "../../../schema/product/shape.ts";
import { type Aggregate, aggregateName, type Value, valueName } from "../../../schema/product/value.ts";
import type { Capabilities } from "./workshop-mesh.ts";

type Named<Kind> = Omit<Kind, "collection"> & { readonly collection: string };

/** Its collection by name. */
export type RandomAsked = Named<ListAsked> | Named<AggregateAsked> | Named<GroupsAsked>;

const values: Partial<Record<ScalarName, Arbitrary<ScalarValue>>> = {
  Int: fc.integer({ min: -1, max: 9 }),
  Decimal: fc.constantFrom("0.25", "19.25", "50", "81.25"),
  Float: fc.constantFrom(0, 0.5, 1.25),
  String: fc.constantFrom("m1", "m3", "m9", "Maker 1", "City 0"),
  Date: fc.constantFrom("2001-01-05", "2001-01-18", "2001-02-20"),
  DateTime: fc.constantFrom("2001-01-01T03:30:00Z", "2001-02-01T01:30:00Z"),
};

function testOf(column: string, scalar: ScalarName): Arbitrary<Predicate> {
  const value = values[scalar] as Arbitrary<ScalarValue>;
  const compare = fc
    .tuple(fc.constantFrom("_eq", "_neq", "_gt", "_gte", "_lt", "_lte"), value)
    .map(([operator, value]): Predicate => ({ kind: "compare", column, operator, value }));
  const member = fc
    .tuple(fc.constantFrom("_in", "_nin"), fc.uniqueArray(value, { maxLength: 3 }))
    .map(([operator, values]): Predicate => ({ kind: "member", column, operator, values }));
  const isNull = fc.boolean().map((is): Predicate => ({ kind: "null", column, is }));
  const match = fc
    .tuple(fc.constantFrom("_like", "_nilike"), fc.constantFrom("m1%", "%1", "_aker 0"))
    .map(([operator, pattern]): Predicate => ({ kind: "match", column, operator, pattern }));
  const all = [
    { arbitrary: compare, weight: 4 },
    { arbitrary: member, weight: 1 },
    { arbitrary: isNull, weight: 1 },
  ];
  return fc.oneof(...all, ...(scalar === "String" ? [{ arbitrary: match, weight: 1 }] : []));
}

/** @param depth relationships that may still be gone through */
function predicateOf(shape: Shape, depth: number): Arbitrary<Predicate> {
  const columns = [...shape.columns].map(([column, scalar]) => testOf(column, scalar));
  const relationships = depth === 0 ? [] : [...shape.references, ...shape.inverses];
  const exists = relationships.map(([relationship, target]) =>
    predicateOf(target(), depth - 1).map((where): Predicate => ({ kind: "exists", relationship, where })),
  );
  const isNull = [...shape.references.keys()].map((column) =>
    fc.boolean().map((is): Predicate => ({ kind: "null", column, is })),
  );
  const leaf = fc.oneof(
    { arbitrary: fc.oneof(...columns), weight: 2 },
    ...(isNull.length > 0 ? [{ arbitrary: fc.oneof(...isNull), weight: 1 }] : []),
    ...(exists.length > 0 ? [{ arbitrary: fc.oneof(...exists), weight: 4 }] : []),
  );
  const some = fc.array(leaf, { minLength: 0, maxLength: 3 });
  return fc.oneof(
    { arbitrary: leaf, weight: 5 },
    { arbitrary: some.map((of): Predicate => ({ kind: "and", of })), weight: 3 },
    { arbitrary: some.map((of): Predicate => ({ kind: "or", of })), weight: 2 },
    { arbitrary: leaf.map((of): Predicate => ({ kind: "not", of })), weight: 2 },
    {
      arbitrary: some.map((of): Predicate => ({ kind: "not", of: { kind: "or", of } })),
      weight: 1,
    },
  );
}

/** Columns, and those that references lead to. */
function pathsOf(
  shape: Shape,
  depth: number,
): readonly { readonly value: Value; readonly scalar: ScalarName }[] {
  const own = [...shape.columns].map(([column, scalar]) => ({
    value: { kind: "column", column } as Value,
    scalar,
  }));
  if (depth === 0) return own;
  const led = [...shape.references].flatMap(([reference, target]) =>
    pathsOf(target(), depth - 1).map(({ value, scalar }) => ({
      value: { kind: "reference", reference, value } as Value,
      scalar,
    })),
  );
  return [...own, ...led];
}

function aggregatesOf(shape: Shape, isSelected: boolean): readonly Aggregate[] {
  const columns = [...shape.columns];
  const numbers = columns.filter(([, scalar]) => ["Int", "Decimal", "Float"].includes(scalar));
  return [
    { function: "count", distinct: false },
    ...numbers.flatMap(([column]): readonly Aggregate[] => [
      { function: "sum", column },
      { function: "avg", column },
      ...(isSelected
        ? [{ function: "var_pop", column } as const, { function: "stddev_pop", column } as const]
        : []),
    ]),
    ...columns.flatMap(([column]): readonly Aggregate[] => [
      { function: "min", column },
      { function: "max", column },
      ...(isSelected ? [count(column, false), count(column, true)] : []),
    ]),
  ];
}

function count(column: string, distinct: boolean): Aggregate {
  return { function: "count", column, distinct };
}

/** Aggregates over the rows of inverses, at the row itself and where references lead. */
function countedValues(shape: Shape, depth: number): readonly Value[] {
  const own = [...shape.inverses].flatMap(([inverse, source]) =>
    aggregatesOf(source(), false)
      .filter((aggregate) => aggregate.column !== "rating")
      .map((aggregate): Value => ({ kind: "aggregate", inverse, aggregate })),
  );
  if (depth === 0) return own;
  const led = [...shape.references].flatMap(([reference, target]) =>
    countedValues(target(), depth - 1).map((value): Value => ({ kind: "reference", reference, value })),
  );
  return [...own, ...led];
}

const direction = fc.constantFrom<Direction[]>(...directions);
const page: Arbitrary<Page> = fc.record({
  limit: fc.option(fc.integer({ min: 0, max: 12 }), { nil: undefined }),
  offset: fc.constantFrom(0, 0, 2, 9),
});

function listAsked(facts: Facts, name: string): Arbitrary<RandomAsked> {
  const collection = collectionNamed(facts, name);
  const shape = shapeOf(facts, collection);
  const sorted = [...pathsOf(shape, 2).map(({ value }) => value)];
  const counted = countedValues(shape, 1);
  const by =
    counted.length === 0
      ? fc.constantFrom(...sorted)
      : fc.oneof(fc.constantFrom(...sorted), fc.constantFrom(...counted));
  const order = fc.array(
    fc.tuple(by, direction).map(([by, direction]): OrderTerm => ({ by, direction })),
    { maxLength: 2 },
  );
  return fc
    .tuple(predicateOf(shape, 2), order, page)
    .map(([where, order, page]) => ({ kind: "list", collection: name, where, order, page }));
}

function aggregateAsked(facts: Facts, name: string): Arbitrary<RandomAsked> {
  const collection = collectionNamed(facts, name);
  const shape = shapeOf(facts, collection);
  return fc
    .tuple(predicateOf(shape, 2), someAggregates(shape, 1))
    .map(([where, aggregates]) => ({ kind: "aggregate", collection: name, where, aggregates }));
}

function someAggregates(shape: Shape, minLength: number): Arbitrary<readonly Aggregate[]> {
  return fc.uniqueArray(fc.constantFrom(...aggregatesOf(shape, true)), {
    minLength,
    maxLength: 4,
    selector: aggregateName,
  });
}

const buckets: Partial<Record<ScalarName, readonly Bucket[]>> = {
  Date: ["month", "week", "year"],
  DateTime: ["month", "day", "hour"],
};

function bucketed(value: Value, bucket: Bucket): Value {
  if (value.kind === "reference") return { ...value, value: bucketed(value.value, bucket) };
  return value.kind === "column" ? { kind: "bucket", column: value.column, bucket } : value;
}

function groupsAsked(facts: Facts, name: string): Arbitrary<RandomAsked> {
  const collection = collectionNamed(facts, name);
  const shape = shapeOf(facts, collection);
  const possible = pathsOf(shape, 2).flatMap(({ value, scalar }) => [
    value,
    ...(buckets[scalar] ?? []).map((bucket) => bucketed(value, bucket)),
  ]);
  const keys = fc.uniqueArray(fc.constantFrom(...possible), {
    minLength: 1,
    maxLength: 3,
    selector: valueName,
  });
  const sortable = aggregatesOf(shape, false).filter(({ column }) => column !== "rating");
  const having: Arbitrary<Predicate> = fc.oneof(
    fc.constant<Predicate>({ kind: "and", of: [] }),
    fc
      .tuple(fc.constantFrom("_gt", "_lte", "_neq"), fc.integer({ min: 0, max: 4 }))
      .map(([operator, value]): Predicate => ({ kind: "compare", column: "count", operator, value })),
    fc
      .boolean()
      .map((is): Predicate => ({ kind: "null", column: `max(${[...shape.columns.keys()][1]})`, is })),
    fc.constant<Predicate>({ kind: "or", of: [] }),
  );
  return keys.chain((keys) => {
    const term: Arbitrary<GroupOrderTerm> = fc
      .tuple(fc.oneof(fc.constantFrom(...keys), fc.constantFrom(...sortable)), direction)
      .map(([on, direction]) =>
        "kind" in on ? { on: "key", key: on, direction } : { on: "aggregate", aggregate: on, direction },
      );
    return fc
      .record({
        where: predicateOf(shape, 2),
        aggregates: someAggregates(shape, 0),
        having,
        order: fc.array(term, { maxLength: 2 }),
        page,
        timeZone: fc.constantFrom("UTC", "America/New_York"),
      })
      .map((asked) => ({ kind: "groups", collection: name, keys, ...asked }));
  });
}

export function randomAsked(facts: Facts): Arbitrary<RandomAsked> {
  const names = [...facts.mesh.collections.keys()];
  return fc.oneof(
    ...names.flatMap((name) => [
      listAsked(facts, name),
      groupsAsked(facts, name),
      aggregateAsked(facts, name),
    ]),
  );
}

/**
 * Of every collection, by its name.
 * What nobody could be asked by key without stays: `_in`, and `_eq` for keys of several columns.
 */
export function randomCapabilities(facts: Facts): Arbitrary<Readonly<Record<string, Capabilities>>> {
  const some = (most: number) => fc.subarray<Operator>([...operators], { maxLength: most });
  return fc.record(
    Object.fromEntries(
      [...facts.mesh.collections.values()].map(({ name, aggregate, groups }) => [
        name,
        fc.record<Capabilities>({
          exact: fc.option(some(operators.length), { nil: undefined, freq: 2 }),
          inexact: fc.oneof(fc.constant([]), some(4)),
          sort: fc.constantFrom("exact", "exact", "none"),
          limit: fc.constantFrom(true, true, false),
          aggregate: fc.constantFrom(aggregate, aggregate, undefined),
          groups: fc.constantFrom(groups, groups, undefined),
          keysMax: fc.constantFrom(3, 10_000),
          rowsMax: fc.constantFrom(7, 100_000),
        }) as Arbitrary<Capabilities>,
      ]),
    ),
  );
}
