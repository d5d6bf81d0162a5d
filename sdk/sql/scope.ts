// Where an expression stands in a statement: an entity's table under an alias.
import { strict as assert } from "node:assert";
import { type RawBuilder, sql } from "kysely";
import type { Column, Entity, Inverse, Product, Reference } from "../product.ts";
import type { Dialect, TypedSql } from "./dialect.ts";
import { asText, joinSql } from "./kept-text.ts";

export type Scope = {
  readonly dialect: Dialect;
  readonly product: Product;
  readonly entity: Entity;
  /** Nesting depth; names the alias `t0`, `t1`, … */
  readonly depth: number;
};

/** The scope of a subquery on another entity's table, inside `outer`. */
export function innerScope(outer: Scope, entity: Entity): Scope {
  return { ...outer, entity, depth: outer.depth + 1 };
}

/** `flights as t0` */
export function fromTable({ entity, depth }: Scope): RawBuilder<unknown> {
  return sql`${sql.table(entity.table)} as ${sql.id(`t${depth}`)}`;
}

/** A column of the scope's table. Only columns of the definition get here: identifiers are never a caller's. */
export function columnSql(scope: Scope, column: Column): RawBuilder<unknown> {
  return sql.id(`t${scope.depth}`, column.physical);
}

/** The same with what it holds. */
export function typedColumn(scope: Scope, column: Column): TypedSql {
  const kept = scope.dialect.keptAs(scope.entity.table, column.physical);
  return { expression: columnSql(scope, column), scalar: column.scalar, kept };
}

/** The same as it is answered. */
export function answeredSql(scope: Scope, column: Column): RawBuilder<unknown> {
  return asText(typedColumn(scope, column), scope.dialect).expression;
}

export function columnOf({ entity }: Scope, name: string): Column {
  const column = entity.columns.get(name);
  assert(column, `${entity.name} has a column ${name}`);
  return column;
}

/** The join of a reference to its target's rows, target inside: `t1.code = t0.state and …` */
export function referenceJoin(outer: Scope, inner: Scope, reference: Reference): RawBuilder<unknown> {
  const pairs = reference.key.map(({ field, column }) =>
    joinSql(typedColumn(inner, columnOf(inner, field)), typedColumn(outer, column), outer.dialect),
  );
  return sql.join(pairs, sql` and `);
}

/** The join of an inverse to its source's rows, source inside: `t1.origin = t0.iata and …` */
export function inverseJoin(outer: Scope, inner: Scope, { reference }: Inverse): RawBuilder<unknown> {
  const pairs = reference.key.map(({ field, column }) =>
    joinSql(typedColumn(inner, column), typedColumn(outer, columnOf(outer, field)), outer.dialect),
  );
  return sql.join(pairs, sql` and `);
}
