// What every statement of a port stands on: where the question was asked, its page, and its budget of rows.
import { type RawBuilder, sql } from "kysely";
import type { Page } from "../../schema/product/read-page.ts";
import type { Entity, Product } from "../product.ts";
import { bind, type Dialect } from "./dialect.ts";
import type { OutputColumn, Statement } from "./engine.ts";
import type { Scope } from "./scope.ts";
import { writeSql } from "./write-sql.ts";

type Sql = RawBuilder<unknown>;

/** Where a question stands: the port that answers it and the name it goes by in faults. */
export type Asked = {
  readonly dialect: Dialect;
  readonly product: Product;
  readonly entity: Entity;
  readonly at: string;
};

/** The scope of the statement's outermost table. */
export function outermost(asked: Asked): Scope {
  return { ...asked, depth: 0 };
}

/** One row more than the budget is asked for, so that an answer is whole or a fault. */
export function pageSql({ limit, offset }: Page, { dialect, entity }: Asked): Sql {
  const rows = Math.min(limit ?? Number.POSITIVE_INFINITY, entity.rowsMax + 1);
  return sql`limit ${bind(dialect, "BigInt", String(rows))} offset ${bind(dialect, "BigInt", String(offset))}`;
}

export function rowsMaxSql(asked: Asked): Sql {
  return pageSql({ offset: 0 }, asked);
}

/** A statement from a query that asks for at most one row more than the budget. */
export function finish({ entity, at }: Asked, query: Sql, output: readonly OutputColumn[]): Statement {
  return { ...writeSql(query), output, rowsMax: entity.rowsMax, at };
}
