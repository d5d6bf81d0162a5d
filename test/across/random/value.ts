// Random things to sort, group and aggregate by, each as GraphQL and as the oracle's SQL.
import fc from "fast-check";
import { type Bucket, scalarTraits } from "../../../schema/product/scalar.ts";
import type { Column, Entity, Inverse, Reference } from "./model.ts";
import { relatedRows } from "./write-where.ts";

export type Aggregate = {
  readonly function: "count" | "sum" | "avg" | "min" | "max" | "var_pop" | "stddev_pop";
  /** Left out = the rows are counted. */
  readonly column?: Column;
  readonly distinct?: boolean;
};

/** What stands at the end of a path of references. */
export type Leaf =
  | { readonly kind: "column"; readonly column: Column }
  | { readonly kind: "bucket"; readonly column: Column; readonly bucket: Bucket }
  | { readonly kind: "aggregate"; readonly inverse: Inverse; readonly aggregate: Aggregate };

export type Value = { readonly path: readonly Reference[]; readonly leaf: Leaf };

export const ways = {
  asc: "asc nulls last",
  desc: "desc nulls first",
  asc_nulls_first: "asc nulls first",
  asc_nulls_last: "asc nulls last",
  desc_nulls_first: "desc nulls first",
  desc_nulls_last: "desc nulls last",
} as const;
export const way = fc.constantFrom(...(Object.keys(ways) as (keyof typeof ways)[]));

/** Paths of references from the entity, at most so many, and where each ends. */
function paths(entity: Entity, hops: number): readonly (readonly [readonly Reference[], Entity])[] {
  if (hops === 0) return [[[], entity]];
  return [
    [[], entity],
    ...entity.references.flatMap((reference) =>
      paths(reference.target(), hops - 1).map(([path, end]): readonly [readonly Reference[], Entity] => [
        [reference, ...path],
        end,
      ]),
    ),
  ];
}

const sortable = ({ scalar }: Column) => scalarTraits[scalar].ordered;

/** Values that an order can name: what is compared exactly, so that rounding decides no order. */
export function sortedBy(entity: Entity, hops: number): fc.Arbitrary<Value> {
  return fc.constantFrom(...paths(entity, hops)).chain(([path, end]) => {
    const columns = fc
      .constantFrom(...end.columns.filter(sortable))
      .map((column): Leaf => ({ kind: "column", column }));
    const aggregates = end.inverses.map((inverse) =>
      exactAggregate(inverse.source()).map((aggregate): Leaf => ({ kind: "aggregate", inverse, aggregate })),
    );
    return fc.oneof(columns, ...aggregates).map((leaf): Value => ({ path, leaf }));
  });
}

/** Keys that groups can have. */
export function groupedBy(entity: Entity, hops: number): fc.Arbitrary<Value> {
  return fc.constantFrom(...paths(entity, hops)).chain(([path, end]) => {
    const buckets = end.columns.flatMap((column) =>
      Object.keys(scalarTraits[column.scalar].buckets).map(
        (bucket): Leaf => ({ kind: "bucket", column, bucket: bucket as Bucket }),
      ),
    );
    const columns = fc.constantFrom(...end.columns).map((column): Leaf => ({ kind: "column", column }));
    const leaf = buckets.length > 0 ? fc.oneof(columns, fc.constantFrom(...buckets)) : columns;
    return leaf.map((each): Value => ({ path, leaf: each }));
  });
}

const counted: Aggregate = { function: "count" };

/** Aggregates whose value no order of adding up changes. */
export function exactAggregate(entity: Entity): fc.Arbitrary<Aggregate> {
  const exact = entity.columns.filter(({ scalar }) => scalarTraits[scalar].numeric && scalar !== "Float");
  const ordered = entity.columns.filter(sortable);
  return fc.oneof(
    fc.constant(counted),
    fc.record({
      function: fc.constantFrom("min" as const, "max" as const),
      column: fc.constantFrom(...ordered),
    }),
    ...(exact.length > 0
      ? [
          fc.record({
            function: fc.constantFrom("sum" as const, "avg" as const),
            column: fc.constantFrom(...exact),
          }),
        ]
      : []),
  );
}

export function anyAggregate(entity: Entity): fc.Arbitrary<Aggregate> {
  const numeric = entity.columns.filter(({ scalar }) => scalarTraits[scalar].numeric);
  const deviations = ["sum", "avg", "var_pop", "stddev_pop"] as const;
  return fc.oneof(
    exactAggregate(entity),
    fc.record({
      function: fc.constant("count" as const),
      column: fc.constantFrom(...entity.columns),
      distinct: fc.boolean(),
    }),
    ...(numeric.length > 0
      ? [fc.record({ function: fc.constantFrom(...deviations), column: fc.constantFrom(...numeric) })]
      : []),
  );
}

/** The value of the row that `alias` names: NULL where a reference on the way is null or dangling. */
export function valueSql({ path: [first, ...path], leaf }: Value, alias: string, timeZone = "UTC"): string {
  if (!first) return leafSql(leaf, alias, timeZone);
  const part =
    path.length === 0 && leaf.kind === "column" && first.key.find(({ field }) => field === leaf.column.field);
  if (part) {
    const present = first.key.map(({ sql }) => `${alias}.${sql} is not null`);
    return `(case when ${present.join(" and ")} then ${alias}.${part.sql} end)`;
  }
  const inner = `${alias}_`;
  return `(select ${valueSql({ path, leaf }, inner, timeZone)} from ${relatedRows(first, alias, inner)})`;
}

function leafSql(leaf: Leaf, alias: string, timeZone: string): string {
  switch (leaf.kind) {
    case "column":
      return `${alias}.${leaf.column.sql}`;
    case "bucket":
      return bucketSql(leaf, `${alias}.${leaf.column.sql}`, timeZone);
    case "aggregate": {
      const inner = `${alias}_`;
      return `(select ${aggregateSql(leaf.aggregate, inner)} from ${relatedRows(leaf.inverse, alias, inner)})`;
    }
  }
}

function bucketSql(
  { bucket, column }: Leaf & { readonly kind: "bucket" },
  value: string,
  timeZone: string,
): string {
  const clock = column.scalar === "DateTime" ? `timezone('${timeZone}', ${value})` : value;
  if (bucket !== "hour") return `date_trunc('${bucket}', ${clock})::date`;
  // Of points in time: two hours are two groups where a clock that was set back shows them alike.
  return column.scalar === "DateTime"
    ? `(${value} - (${clock} - date_trunc('hour', ${clock})))`
    : `date_trunc('hour', ${clock})`;
}

export function aggregateSql({ function: name, column, distinct }: Aggregate, alias: string): string {
  if (!column) return "count(*)::int";
  const value = `${alias}.${column.sql}`;
  if (name === "count") return `count(${distinct ? "distinct " : ""}${value})::int`;
  // A mean is its sum by its count; DuckDB's own rounds another way.
  if (name === "avg") return `(sum(${value})::double / nullif(count(${value}), 0))`;
  // Around 2^53 DuckDB's own is far off: a variance stays the same where all values are moved.
  if (name.endsWith("_pop") && column.scalar === "BigInt")
    return `${name}((${value} - (select min(${column.sql}) from ${column.table}))::double)`;
  return `${name}(${value})`;
}

/** `{ nation: { name: inner } }`, or the aggregate behind the path. */
export function valueInput({ path, leaf }: Value, inner: unknown): Readonly<Record<string, unknown>> {
  const last =
    leaf.kind === "aggregate"
      ? { [`${leaf.inverse.name}_aggregate`]: aggregateInput(leaf.aggregate, inner) }
      : { [leafName(leaf)]: inner };
  return path.reduceRight<Readonly<Record<string, unknown>>>((value, { name }) => ({ [name]: value }), last);
}

/** `{ avg: { delay: inner } }`, `{ count: inner }` */
export function aggregateInput(
  { function: name, column }: Aggregate,
  inner: unknown,
): Readonly<Record<string, unknown>> {
  return { [name]: column ? { [column.field]: inner } : inner };
}

export function leafName(leaf: Leaf): string {
  if (leaf.kind === "aggregate") return leaf.inverse.name;
  return leaf.kind === "bucket" ? `${leaf.column.field}_${leaf.bucket}` : leaf.column.field;
}
