// The statements of a port: one for each collection field, and one for each entity type of a request.
import { type RawBuilder, sql } from "kysely";
import type { OrderTerm } from "../../schema/product/order.ts";
import type { Predicate } from "../../schema/product/predicate.ts";
import type { GroupOrderTerm } from "../../schema/product/read-value.ts";
import type { ScalarValue } from "../../schema/product/scalar.ts";
import { type Aggregate, aggregateName, type Value, valueName } from "../../schema/product/value.ts";
import type { Column, Entity, Product, Reference } from "../product.ts";
import { compileHaving, compileWhere } from "./compile-predicate.ts";
import {
  aggregateScalar,
  aggregateSql,
  compileAggregate,
  compileValue,
  orderSql,
  valueScalar,
} from "./compile-value.ts";
import { bind, bindSet, type Dialect } from "./dialect.ts";
import type { OutputColumn, Statement } from "./engine.ts";
import { columnSql, fromTable, type Scope } from "./scope.ts";

type Sql = RawBuilder<unknown>;

export type Page = { readonly limit?: number | undefined; readonly offset: number };

/** Where a question stands: the port that answers it and the name it goes by in faults. */
export type Asked = {
  readonly dialect: Dialect;
  readonly product: Product;
  readonly entity: Entity;
  readonly at: string;
};

/** The rows of a to-many, for many parents at once: `keys[i]` holds the reference's key columns, one value a parent. */
export type Parents = { readonly reference: Reference; readonly keys: readonly (readonly ScalarValue[])[] };

export type ListQuestion = {
  readonly columns: readonly Column[];
  readonly where: Predicate;
  readonly order: readonly OrderTerm[];
  readonly page: Page;
  readonly parents?: Parents;
};

/** A list in its order, the primary key last. With `parents`, each parent's page of its own. */
export function listStatement(asked: Asked, question: ListQuestion): Statement {
  const { entity } = asked;
  const { columns, where, order, page, parents } = question;
  const scope: Scope = { ...asked, depth: 0 };
  const sorted = [
    ...order.map((term) => orderSql(compileValue(term.by, scope), term.direction)),
    ...entity.key.map((column) => orderSql(columnSql(scope, column), "asc")),
  ];
  const condition = compileWhere(where, scope);
  const selected = sql.join(
    columns.map((column, i) => sql`${columnSql(scope, column)} as ${sql.id(`c${i}`)}`),
  );
  if (!parents) {
    const query = sql`select ${selected} from ${fromTable(scope)} where ${condition} order by ${sql.join(sorted)} ${pageSql(page, asked)}`;
    return finish(asked, query, columns.map(output));
  }
  const partition = sql.join(parents.reference.key.map(({ column }) => columnSql(scope, column)));
  const ranked = sql`select ${selected}, row_number() over (partition by ${partition} order by ${sql.join(sorted)}) as ${sql.id("rank")}
    from ${fromTable(scope)} where ${amongParents(parents, scope)} and ${condition}`;
  const query = sql`select ${sql.join(columns.map((_, i) => sql.id(`c${i}`)))} from (${ranked}) as ${sql.id("ranked")}
    where ${rankSql(page, asked.dialect)} order by ${sql.id("rank")} ${rowsMaxSql(asked)}`;
  return finish(asked, query, columns.map(output));
}

/** The rows of the given primary keys, in no order; `keys[i]` holds the key columns of one. */
export function byKeyStatement(
  asked: Asked,
  columns: readonly Column[],
  keys: readonly (readonly ScalarValue[])[],
): Statement {
  const scope: Scope = { ...asked, depth: 0 };
  const selected = sql.join(
    columns.map((column, i) => sql`${columnSql(scope, column)} as ${sql.id(`c${i}`)}`),
  );
  const query = sql`select ${selected} from ${fromTable(scope)} where ${amongKeys(asked.entity.key, keys, scope)}`;
  return finish(asked, query, columns.map(output));
}

/** One row of aggregates, columns named by `aggregateName`. With `parents`, one for each parent that has rows. */
export function aggregateStatement(
  asked: Asked,
  question: {
    readonly aggregates: readonly Aggregate[];
    readonly where: Predicate;
    readonly parents?: Parents;
  },
): Statement {
  const scope: Scope = { ...asked, depth: 0 };
  const { aggregates, where, parents } = question;
  const expressions = aggregates.map(
    (aggregate, i) => sql`${compileAggregate(aggregate, scope)} as ${sql.id(`a${i}`)}`,
  );
  const outputs = aggregates.map((aggregate) => aggregateOutput(aggregate, asked.entity));
  const condition = compileWhere(where, scope);
  if (!parents)
    return finish(
      asked,
      sql`select ${sql.join(expressions)} from ${fromTable(scope)} where ${condition}`,
      outputs,
    );
  const keys = parents.reference.key.map(({ column }) => column);
  const keySql = sql.join(keys.map((column) => columnSql(scope, column)));
  const query = sql`select ${keySql}, ${sql.join(expressions)} from ${fromTable(scope)}
    where ${amongParents(parents, scope)} and ${condition} group by ${keySql} ${rowsMaxSql(asked)}`;
  return finish(asked, query, [...keys.map(output), ...outputs]);
}

export type GroupsQuestion = {
  readonly keys: readonly Value[];
  readonly aggregates: readonly Aggregate[];
  readonly where: Predicate;
  readonly having: Predicate;
  readonly order: readonly GroupOrderTerm[];
  readonly page: Page;
  readonly timeZone: string;
};

/** What a group's key goes by among its columns: apart from aggregates, since a column may be called `count`. */
export function groupKeyName(key: Value): string {
  return `by.${valueName(key)}`;
}

/** One row for each group: keys named by `groupKeyName`, aggregates by `aggregateName`; all keys are the last tie-break. */
export function groupsStatement(asked: Asked, question: GroupsQuestion): Statement {
  const { dialect, product, entity } = asked;
  const { keys, aggregates, where, having, order, page } = question;
  const scope: Scope = { ...asked, depth: 0 };
  const timeZone = bind(dialect, "String", question.timeZone);
  const column = (name: string): Sql => sql.id(`v_${name}`);
  const aggregated = [...new Set(columnsUsed(question))];
  // Keys are computed once, in an inner query: an expression with bound values can't be repeated in GROUP BY.
  const inner = sql`select ${sql.join([
    ...keys.map((key, i) => sql`${compileValue(key, scope, timeZone)} as ${sql.id(`k${i}`)}`),
    ...aggregated.map(
      (name) => sql`${compileValue({ kind: "column", column: name }, scope)} as ${column(name)}`,
    ),
  ])} from ${fromTable(scope)} where ${compileWhere(where, scope)}`;
  const keyIds = keys.map((_, i) => sql.id(`k${i}`));
  const keyIndex = new Map(keys.map((key, i) => [valueName(key), sql.id(`k${i}`)]));
  const sorted = [
    ...order.map((term) =>
      orderSql(
        term.on === "key" ? (keyIndex.get(valueName(term.key)) as Sql) : aggregateSql(term.aggregate, column),
        term.direction,
      ),
    ),
    ...keyIds.map((key) => orderSql(key, "asc")),
  ];
  const condition = compileHaving(having, dialect, (name) => {
    const aggregate = parseAggregateName(name);
    return { expression: aggregateSql(aggregate, column), scalar: aggregateScalar(aggregate, entity) };
  });
  const selected = [...keyIds, ...aggregates.map((aggregate) => aggregateSql(aggregate, column))];
  const query = sql`select ${sql.join(selected)} from (${inner}) as ${sql.id("keyed")}
    group by ${sql.join(keyIds)} having ${condition} order by ${sql.join(sorted)} ${pageSql(page, asked)}`;
  return finish(asked, query, [
    ...keys.map((key) => ({ name: groupKeyName(key), scalar: valueScalar(key, entity, product) })),
    ...aggregates.map((aggregate) => aggregateOutput(aggregate, entity)),
  ]);
}

function columnsUsed({ aggregates, having, order }: GroupsQuestion): readonly string[] {
  const inHaving = (predicate: Predicate): readonly Aggregate[] => {
    switch (predicate.kind) {
      case "and":
      case "or":
        return predicate.of.flatMap(inHaving);
      case "not":
        return inHaving(predicate.of);
      case "exists":
        return [];
      case "null":
      case "compare":
      case "match":
      case "member":
        return [parseAggregateName(predicate.column)];
    }
  };
  const inOrder = order.flatMap((term) => (term.on === "aggregate" ? [term.aggregate] : []));
  return [...aggregates, ...inHaving(having), ...inOrder].flatMap(({ column }) =>
    column === undefined ? [] : [column],
  );
}

/** The inverse of `aggregateName` for what `having` can name. */
function parseAggregateName(name: string): Aggregate {
  const [, fn, column] = /^(\w+)\((\w+)\)$/.exec(name) ?? [];
  if (fn === undefined || column === undefined) return { function: "count", distinct: false };
  return { function: fn as Exclude<Aggregate["function"], "count">, column };
}

function amongParents({ reference, keys }: Parents, scope: Scope): Sql {
  return amongKeys(
    reference.key.map(({ column }) => column),
    keys,
    scope,
  );
}

/** `(a, b) in (select unnest($1), unnest($2))`: the lists are as long as each other and are unnested side by side. */
function amongKeys(columns: readonly Column[], keys: readonly (readonly ScalarValue[])[], scope: Scope): Sql {
  const sets = columns.map((column, i) =>
    bindSet(
      scope.dialect,
      column.scalar,
      keys.map((key) => key[i] as ScalarValue),
    ),
  );
  const left = columns.map((column) => columnSql(scope, column));
  return sql`(${sql.join(left)}) in (select ${sql.join(sets)})`;
}

/** One row more than the budget is asked for, so that an answer is whole or a fault. */
function pageSql({ limit, offset }: Page, { dialect, entity }: Asked): Sql {
  const rows = Math.min(limit ?? Number.POSITIVE_INFINITY, entity.rowsMax + 1);
  return sql`limit ${bind(dialect, "BigInt", String(rows))} offset ${bind(dialect, "BigInt", String(offset))}`;
}

function rowsMaxSql(asked: Asked): Sql {
  return pageSql({ offset: 0 }, asked);
}

function rankSql({ limit, offset }: Page, dialect: Dialect): Sql {
  const rank = sql.id("rank");
  const from = sql`${rank} > ${bind(dialect, "BigInt", String(offset))}`;
  return limit === undefined
    ? from
    : sql`${from} and ${rank} <= ${bind(dialect, "BigInt", String(offset + limit))}`;
}

function output({ name, scalar }: Column): OutputColumn {
  return { name, scalar };
}

function aggregateOutput(aggregate: Aggregate, entity: Entity): OutputColumn {
  return { name: aggregateName(aggregate), scalar: aggregateScalar(aggregate, entity) };
}

function finish({ dialect, entity, at }: Asked, query: Sql, outputs: readonly OutputColumn[]): Statement {
  const compiled = dialect.compile(query);
  return { ...compiled, output: outputs, rowsMax: entity.rowsMax, at };
}
