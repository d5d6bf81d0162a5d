// Groups: rows gathered by their keys, with aggregates over each group.
import { type RawBuilder, sql } from "kysely";
import type { Predicate } from "../../schema/product/predicate.ts";
import type { Page } from "../../schema/product/read-page.ts";
import type { GroupOrderTerm } from "../../schema/product/read-value.ts";
import { type Aggregate, type Value, valueName } from "../../schema/product/value.ts";
import { aggregateOutput } from "./aggregate-statement.ts";
import { type Asked, finish, outermost, pageSql } from "./asked.ts";
import { compileHaving, compileWhere } from "./compile-predicate.ts";
import { aggregateScalar, aggregateSql, orderSql, typedValue } from "./compile-value.ts";
import { bind, type TypedSql } from "./dialect.ts";
import type { Statement } from "./engine.ts";
import { asText } from "./kept-text.ts";
import { columnOf, columnSql, fromTable, typedColumn } from "./scope.ts";

type Sql = RawBuilder<unknown>;

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
  const { dialect, entity } = asked;
  const { keys, aggregates, where, having, order, page } = question;
  const scope = outermost(asked);
  const timeZone = bind(dialect, "String", question.timeZone);
  const valueId = (name: string): Sql => sql.id(`v_${name}`);
  const aggregated = [...new Set(columnsUsed(question))];
  // Keys are computed once, in an inner query: an expression with bound values can't be repeated in GROUP BY.
  const computed = keys.map((key) => typedValue(key, scope, timeZone));
  const inner = sql`select ${sql.join([
    ...computed.map(({ expression }, i) => sql`${expression} as ${sql.id(`k${i}`)}`),
    ...aggregated.map((name) => sql`${columnSql(scope, columnOf(scope, name))} as ${valueId(name)}`),
  ])} from ${fromTable(scope)} where ${compileWhere(where, scope)}`;
  const keyed = computed.map((key, i): TypedSql => ({ ...key, expression: sql.id(`k${i}`) }));
  const keyNamed = new Map(keys.map((key, i) => [valueName(key), keyed[i] as TypedSql]));
  const aggregateOf = (aggregate: Aggregate): TypedSql => ({
    expression: aggregateSql(aggregate, dialect, (name) => {
      return { ...typedColumn(scope, columnOf(scope, name)), expression: valueId(name) };
    }),
    scalar: aggregateScalar(aggregate, entity),
  });
  const sorted = [
    ...order.map((term) => {
      const by =
        term.on === "key" ? (keyNamed.get(valueName(term.key)) as TypedSql) : aggregateOf(term.aggregate);
      return orderSql(by, term.direction, dialect);
    }),
    ...keyed.map((key) => orderSql(key, "asc", dialect)),
  ];
  const condition = compileHaving(having, dialect, (name) => aggregateOf(parseAggregateName(name)));
  const keyIds = sql.join(keyed.map(({ expression }) => expression));
  const answered = keyed.map((key) => asText(key, dialect).expression);
  const selected = sql.join([
    ...answered,
    ...aggregates.map((aggregate) => aggregateOf(aggregate).expression),
  ]);
  const query = sql`select ${selected} from (${inner}) as ${sql.id("keyed")}
    group by ${keyIds} having ${condition} order by ${sql.join(sorted)} ${pageSql(page, asked)}`;
  return finish(asked, query, [
    ...keys.map((key, i) => ({ name: groupKeyName(key), scalar: (keyed[i] as TypedSql).scalar })),
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
