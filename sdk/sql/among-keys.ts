// Rows by keys: one key or many, of one column or several.
import type { RawBuilder } from "kysely";
import type { ScalarValue } from "../../schema/product/scalar.ts";
import type { Column, Reference } from "../product.ts";
import { keysSql, oneOfSql } from "./kept-text.ts";
import { type Scope, typedColumn } from "./scope.ts";

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
  const typed = columns.map((column) => typedColumn(scope, column));
  const [only, ...others] = typed;
  if (!only || others.length > 0) return keysSql(typed, keys, scope.dialect);
  return oneOfSql(
    only,
    keys.map(([key]) => key as ScalarValue),
    scope.dialect,
  );
}
