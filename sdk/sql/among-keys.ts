// Rows by keys: one key or many, of one column or several.
import { type RawBuilder, sql } from "kysely";
import type { ScalarValue } from "../../schema/product/scalar.ts";
import type { Column, Reference } from "../product.ts";
import { bindList } from "./dialect.ts";
import { columnSql, type Scope } from "./scope.ts";

type Sql = RawBuilder<unknown>;

/** The key columns' values of one row. */
export type Key = readonly ScalarValue[];

/** The rows of a to-many, for many parents at once: `keys[i]` holds the reference's key columns, one value a parent. */
export type Parents = { readonly reference: Reference; readonly keys: readonly Key[] };

/** Rows that a parent's key leads to. */
export function amongParents({ reference, keys }: Parents, scope: Scope): Sql {
  return amongKeys(
    reference.key.map(({ column }) => column),
    keys,
    scope,
  );
}

/** One column among a list, or `(a, b) in (select unnest($1), unnest($2))`: lists of one length go side by side. */
export function amongKeys(columns: readonly Column[], keys: readonly Key[], scope: Scope): Sql {
  const lists = columns.map((_, i) => keys.map((key) => key[i] as ScalarValue));
  const [only, ...others] = columns;
  if (only && others.length === 0)
    return scope.dialect.isOneOf(columnSql(scope, only), only.scalar, lists[0] ?? []);
  const left = columns.map((column) => columnSql(scope, column));
  const right = columns.map(
    ({ scalar }, i) => sql`unnest(${bindList(scope.dialect, scalar, lists[i] ?? [])})`,
  );
  return sql`((${sql.join(left)}) in (select ${sql.join(right)}))`;
}
