// Random questions on a mesh: lists, aggregates and groups, each with the SQL that has the same answer.
import fc from "fast-check";
import type { Question } from "../../gateway/support/test-gateway.ts";
import type { Written } from "../support/oracle.ts";
import type { Column, Entity, Inverse, Model } from "./model.ts";
import {
  aggregatePlace,
  columnPlaces,
  inOrder,
  keyPlace,
  type Place,
  rowOf,
  selectionOf,
} from "./selection.ts";
import {
  type Aggregate,
  aggregateInput,
  aggregateSql,
  anyAggregate,
  exactAggregate,
  groupedBy,
  sortedBy,
  type Value,
  valueInput,
  valueSql,
  way,
  ways,
} from "./value.ts";
import type { Values } from "./values.ts";
import { predicates, type Where } from "./where.ts";
import { relatedRows, testSql, whereInput, whereSql } from "./write-where.ts";

/** What the oracle is asked for one field of the answer, and how its rows become the field's value. */
export type Part = {
  readonly field: string;
  readonly sql: string;
  readonly value: (rows: readonly (readonly Written[])[]) => unknown;
};

export type Asked = { readonly question: Question; readonly parts: readonly Part[] };

type Term = { readonly value: Value; readonly way: keyof typeof ways };
type Page = { readonly limit: number | null; readonly offset: number | null };

const mostlyNone = (most: fc.Arbitrary<number>) =>
  fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: most });
const page: fc.Arbitrary<Page> = fc.record({ limit: mostlyNone(fc.nat(25)), offset: mostlyNone(fc.nat(12)) });

/** The entities of most rows most often. */
const anyEntity = (model: Model) =>
  fc.oneof(
    ...model.map((entity) => ({
      weight: 1 + 2 * entity.references.length,
      arbitrary: fc.constant(entity),
    })),
  );
const pageSql = ({ limit, offset }: Page) => `limit ${limit ?? 100_000} offset ${offset ?? 0}`;

const keySql = ({ key }: Entity, alias: string) => key.map(({ sql }) => `${alias}.${sql}`);
const orderSql = (order: readonly Term[], entity: Entity, alias: string) =>
  [...order.map((term) => `${valueSql(term.value, alias)} ${ways[term.way]}`), ...keySql(entity, alias)].join(
    ", ",
  );
const orderInput = (order: readonly Term[]) => order.map((term) => valueInput(term.value, term.way));
const selected = (columns: readonly Column[], alias: string) =>
  columns.map(({ sql }) => `${alias}.${sql}`).join(", ");

/** A list with a page, and an aggregate over all that the page is cut from. */
export function lists(model: Model, values: Values): fc.Arbitrary<Asked> {
  const where = predicates(values);
  return anyEntity(model).chain((entity) =>
    fc
      .record({
        where: where(entity, 4),
        order: fc.array(fc.record({ value: sortedBy(entity, 3), way }), { maxLength: 2 }),
        page,
        aggregates: fc.array(anyAggregate(entity), { minLength: 1, maxLength: 4 }),
      })
      .map((asked) => writeList(entity, asked)),
  );
}

function writeList(
  entity: Entity,
  asked: {
    readonly where: Where;
    readonly order: readonly Term[];
    readonly page: Page;
    readonly aggregates: readonly Aggregate[];
  },
): Asked {
  const { collection, columns, table } = entity;
  const aggregates = distinct(asked.aggregates, aggregatePlace);
  const places = aggregates.map(aggregatePlace);
  const from = `from ${table} a where ${whereSql(asked.where, "a")}`;
  return {
    question: {
      query: `query ($where: ${collection}_bool_exp, $order: [${collection}_order_by!], $limit: Int, $offset: Int) {
  ${collection}(where: $where, order_by: $order, limit: $limit, offset: $offset) { ${selectionOf(columnPlaces(entity))} }
  ${collection}_aggregate(where: $where) { ${selectionOf(places)} }
}`,
      variables: { where: whereInput(asked.where), order: orderInput(asked.order), ...asked.page },
    },
    parts: [
      {
        field: collection,
        sql: `select ${selected(columns, "a")} ${from} order by ${orderSql(asked.order, entity, "a")} ${pageSql(asked.page)}`,
        value: (rows) => rows.map((row) => rowOf(columnPlaces(entity), row)),
      },
      {
        field: `${collection}_aggregate`,
        sql: `select ${aggregates.map((each) => aggregateSql(each, "a")).join(", ")} ${from}`,
        value: ([row]) => rowOf(places, row ?? []),
      },
    ],
  };
}

/** A list of few rows, and of each a list of a to-many, chosen and ordered by whatever it leads to. */
export function nestedLists(model: Model, values: Values): fc.Arbitrary<Asked> {
  const where = predicates(values);
  const pairs = model.flatMap((entity) => entity.inverses.map((inverse) => ({ entity, inverse })));
  return fc.constantFrom(...pairs).chain(({ entity, inverse }) => {
    const inner = inverse.source();
    return fc
      .record({
        outer: where(entity, 2),
        limit: fc.integer({ min: 1, max: 8 }),
        where: where(inner, 3),
        order: fc.array(fc.record({ value: sortedBy(inner, 2), way }), { maxLength: 2 }),
        page,
      })
      .map((asked) => writeNested(entity, inverse, asked));
  });
}

function writeNested(
  entity: Entity,
  inverse: Inverse,
  asked: {
    readonly outer: Where;
    readonly limit: number;
    readonly where: Where;
    readonly order: readonly Term[];
    readonly page: Page;
  },
): Asked {
  const { collection, table, key } = entity;
  const inner = inverse.source();
  const innerKey = inner.key.map(({ field, sql }) => `"${field}": b.${sql}`).join(", ");
  const list = `array(select {${innerKey}} from ${relatedRows(inverse, "a", "b")} and ${whereSql(asked.where, "b")}
    order by ${orderSql(asked.order, inner, "b")} ${pageSql(asked.page)})`;
  const places: readonly Place[] = [...key.map(({ field }) => [field]), [inverse.name]];
  return {
    question: {
      query: `query ($outer: ${collection}_bool_exp, $first: Int, $where: ${inner.collection}_bool_exp, $order: [${inner.collection}_order_by!], $limit: Int, $offset: Int) {
  ${collection}(where: $outer, limit: $first) {
    ${selectionOf(key.map(({ field }) => [field]))}
    ${inverse.name}(where: $where, order_by: $order, limit: $limit, offset: $offset) { ${selectionOf(inner.key.map(({ field }) => [field]))} }
  }
}`,
      variables: {
        outer: whereInput(asked.outer),
        first: asked.limit,
        where: whereInput(asked.where),
        order: orderInput(asked.order),
        ...asked.page,
      },
    },
    parts: [
      {
        field: collection,
        sql: `select ${selected(key, "a")}, ${list} from ${table} a where ${whereSql(asked.outer, "a")}
          order by ${keySql(entity, "a").join(", ")} limit ${asked.limit}`,
        value: (rows) => rows.map((row) => rowOf(places, row)),
      },
    ],
  };
}

/** Groups with `having`, order and page. */
export function groups(model: Model, values: Values): fc.Arbitrary<Asked> {
  const where = predicates(values);
  return anyEntity(model).chain((entity) =>
    fc
      .record({
        where: where(entity, 3),
        keys: fc.array(groupedBy(entity, 3), { minLength: 1, maxLength: 3 }),
        aggregates: fc.array(anyAggregate(entity), { minLength: 1, maxLength: 4 }),
        having: fc.oneof(
          { weight: 2, arbitrary: fc.constant([]) },
          fc.array(having(entity, values), { maxLength: 2 }),
        ),
        order: fc.array(
          fc.record({
            on: fc.oneof(fc.nat(2), exactAggregate(entity)),
            way,
          }),
          { maxLength: 2 },
        ),
        timeZone: fc.constantFrom("UTC", "America/New_York", "Asia/Kathmandu"),
        page,
      })
      .map((asked) => writeGroups(entity, asked)),
  );
}

type Having = {
  readonly aggregate: Aggregate;
  readonly operator: "_gt" | "_lte" | "_neq" | "_is_null";
  readonly value: Written;
};

function having(entity: Entity, values: Values): fc.Arbitrary<Having> {
  return exactAggregate(entity).chain((aggregate) => {
    const { function: name, column } = aggregate;
    const operands: readonly Written[] =
      name === "min" || name === "max"
        ? values.of(entity, column as Column)
        : name === "avg"
          ? [25, 0.05, 1000]
          : name === "sum"
            ? ["40", "1000"]
            : [1, 2, 5];
    return fc.oneof(
      {
        weight: 5,
        arbitrary: fc.record({
          aggregate: fc.constant(aggregate),
          operator: fc.constantFrom("_gt" as const, "_lte" as const, "_neq" as const),
          value: fc.constantFrom(...operands),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.boolean().map((is): Having => ({ aggregate, operator: "_is_null", value: is })),
      },
    );
  });
}

function writeGroups(
  entity: Entity,
  asked: {
    readonly where: Where;
    readonly keys: readonly Value[];
    readonly aggregates: readonly Aggregate[];
    readonly having: readonly Having[];
    readonly order: readonly { readonly on: number | Aggregate; readonly way: keyof typeof ways }[];
    readonly timeZone: string;
    readonly page: Page;
  },
): Asked {
  const { collection, table } = entity;
  const keys = inOrder(distinct(asked.keys, keyPlace), keyPlace);
  const aggregates = distinct(asked.aggregates, aggregatePlace);
  const places: readonly Place[] = [...keys.map(keyPlace), ...aggregates.map(aggregatePlace)];
  const terms = asked.order.map(({ on, way: direction }) => {
    const key = typeof on === "number" ? (keys[on % keys.length] as Value) : undefined;
    return key
      ? { input: { by: valueInput(key, direction) }, sql: `k${keys.indexOf(key)} ${ways[direction]}` }
      : {
          input: { aggregate: aggregateInput(on as Aggregate, direction) },
          sql: `${aggregateSql(on as Aggregate, "a")} ${ways[direction]}`,
        };
  });
  const tests = asked.having.map(({ aggregate, operator, value }) =>
    testSql({ operator, value, column: { scalar: scalarOf(aggregate) } }, aggregateSql(aggregate, "a")),
  );
  const keyed = keys.map((key, i) => `${valueSql(key, "b", asked.timeZone)} as k${i}`);
  const numbered = keys.map((_, i) => `k${i}`);
  return {
    question: {
      query: `query ($where: ${collection}_bool_exp, $having: ${collection}_having_exp, $order: [${collection}_group_order_by!], $limit: Int, $offset: Int, $timeZone: String) {
  ${collection}_groups(where: $where, having: $having, order_by: $order, limit: $limit, offset: $offset, timeZone: $timeZone) { ${selectionOf(places)} }
}`,
      variables: {
        where: whereInput(asked.where),
        having: {
          _and: asked.having.map(({ aggregate, operator, value }) =>
            aggregateInput(aggregate, { [operator]: value }),
          ),
        },
        order: terms.map(({ input }) => input),
        timeZone: asked.timeZone,
        ...asked.page,
      },
    },
    parts: [
      {
        field: `${collection}_groups`,
        sql: `select ${[...numbered, ...aggregates.map((each) => aggregateSql(each, "a"))].join(", ")}
          from (select b.*, ${keyed.join(", ")} from ${table} b where ${whereSql(asked.where, "b")}) a
          group by ${numbered.join(", ")} having ${["true", ...tests].join(" and ")}
          order by ${[...terms.map(({ sql }) => sql), ...numbered.map((key) => `${key} asc nulls last`)].join(", ")} ${pageSql(asked.page)}`,
        value: (rows) => rows.map((row) => rowOf(places, row)),
      },
    ],
  };
}

function scalarOf({ function: name, column }: Aggregate): Column["scalar"] {
  if (!column) return "Int";
  if (name === "avg") return "Float";
  return name === "sum" ? "Decimal" : column.scalar;
}

function distinct<T>(items: readonly T[], place: (item: T) => Place): readonly T[] {
  return [...new Map(items.map((item) => [place(item).join(), item])).values()];
}
