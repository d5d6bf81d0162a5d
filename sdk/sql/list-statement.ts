// Lists of rows: a collection's, a to-many's for many parents at once, and rows by their keys.
import { type RawBuilder, sql } from "kysely";
import type { OrderTerm } from "../../schema/product/order.ts";
import type { Predicate } from "../../schema/product/predicate.ts";
import type { Page } from "../../schema/product/read-page.ts";
import type { Column } from "../product.ts";
import { amongKeys, amongParents, type Key, type Parents } from "./among-keys.ts";
import { type Asked, finish, outermost, pageSql, rowsMaxSql } from "./asked.ts";
import { compileWhere } from "./compile-predicate.ts";
import { orderSql, typedValue } from "./compile-value.ts";
import { bind, type Dialect } from "./dialect.ts";
import type { OutputColumn, Statement } from "./engine.ts";
import { answeredSql, columnSql, fromTable, type Scope, typedColumn } from "./scope.ts";

type Sql = RawBuilder<unknown>;

export type ListQuestion = {
  readonly columns: readonly Column[];
  readonly where: Predicate;
  readonly order: readonly OrderTerm[];
  readonly page: Page;
  readonly parents?: Parents;
};

/** A list in its order, the primary key last. With `parents`, each parent's page of its own. */
export function listStatement(asked: Asked, question: ListQuestion): Statement {
  const { entity, dialect } = asked;
  const { columns, where, order, page, parents } = question;
  const scope = outermost(asked);
  const sorted = [
    ...order.map(({ by, direction }) => orderSql(typedValue(by, scope), direction, dialect)),
    ...entity.key.map((column) => orderSql(typedColumn(scope, column), "asc", dialect)),
  ];
  const condition = compileWhere(where, scope);
  const selected = selectedSql(columns, scope);
  if (!parents) {
    const query = sql`select ${selected} from ${fromTable(scope)} where ${condition} order by ${sql.join(sorted)} ${pageSql(page, asked)}`;
    return finish(asked, query, columns.map(output));
  }
  const partition = sql.join(parents.reference.key.map(({ column }) => columnSql(scope, column)));
  const ranked = sql`select ${selected}, row_number() over (partition by ${partition} order by ${sql.join(sorted)}) as ${sql.id("rank")}
    from ${fromTable(scope)} where ${amongParents(parents, scope)} and ${condition}`;
  const query = sql`select ${sql.join(columns.map((_, i) => sql.id(`c${i}`)))} from (${ranked}) as ${sql.id("ranked")}
    where ${rankSql(page, dialect)} order by ${sql.id("rank")} ${rowsMaxSql(asked)}`;
  return finish(asked, query, columns.map(output));
}

/** The rows of the given primary keys, in no order; `keys[i]` holds the key columns of one. */
export function byKeyStatement(asked: Asked, columns: readonly Column[], keys: readonly Key[]): Statement {
  const scope = outermost(asked);
  const selected = selectedSql(columns, scope);
  const query = sql`select ${selected} from ${fromTable(scope)} where ${amongKeys(asked.entity.key, keys, scope)}`;
  return finish(asked, query, columns.map(output));
}

function rankSql({ limit, offset }: Page, dialect: Dialect): Sql {
  const rank = sql.id("rank");
  const from = sql`${rank} > ${bind(dialect, "BigInt", String(offset))}`;
  return limit === undefined
    ? from
    : sql`${from} and ${rank} <= ${bind(dialect, "BigInt", String(offset + limit))}`;
}

function selectedSql(columns: readonly Column[], scope: Scope): Sql {
  return sql.join(columns.map((column, i) => sql`${answeredSql(scope, column)} as ${sql.id(`c${i}`)}`));
}

export function output({ name, scalar }: Column): OutputColumn {
  return { name, scalar };
}
