// Compiles what is sorted, grouped and aggregated by to SQL expressions.
import { strict as assert } from "node:assert";
import { type RawBuilder, sql } from "kysely";
import { type Direction, directionParts } from "../../schema/product/order.ts";
import { type ScalarName, scalarTraits } from "../../schema/product/scalar.ts";
import type { Aggregate, Value } from "../../schema/product/value.ts";
import type { Column, Entity, Product, Reference } from "../product.ts";
import { bucketSql } from "./bucket-sql.ts";
import type { Dialect, TypedSql } from "./dialect.ts";
import { asText } from "./kept-text.ts";
import {
  columnOf,
  columnSql,
  fromTable,
  innerScope,
  inverseJoin,
  referenceJoin,
  type Scope,
  typedColumn,
} from "./scope.ts";

type Sql = RawBuilder<unknown>;

/** A value of one row of the scope. Paths are scalar subqueries: NULL where a reference is null or dangling. */
export function compileValue(value: Value, scope: Scope, timeZone: Sql = sql`'UTC'`): Sql {
  switch (value.kind) {
    case "column":
      return columnSql(scope, columnOf(scope, value.column));
    case "bucket": {
      const column = columnOf(scope, value.column);
      return bucketSql(columnSql(scope, column), column.scalar, value.bucket, timeZone);
    }
    case "reference": {
      const reference = scope.entity.references.get(value.reference);
      assert(reference, `${scope.entity.name} has a reference ${value.reference}`);
      const inKey = keyColumn(value, scope.entity);
      if (inKey) return keyPartSql(inKey, reference, scope);
      const inner = innerScope(scope, targetOf(scope.product, reference.target));
      return sql`(select ${compileValue(value.value, inner, timeZone)} from ${fromTable(inner)} where ${referenceJoin(scope, inner, reference)})`;
    }
    case "aggregate": {
      const inverse = scope.entity.inverses.get(value.inverse);
      assert(inverse, `${scope.entity.name} has an inverse ${value.inverse}`);
      const inner = innerScope(scope, inverse.source);
      return sql`(select ${compileAggregate(value.aggregate, inner)} from ${fromTable(inner)} where ${inverseJoin(scope, inner, inverse)})`;
    }
  }
}

/** A part of a reference's key: NULL where any part is, since then the reference is. */
function keyPartSql(part: Column, { key }: Reference, scope: Scope): Sql {
  const expression = columnSql(scope, part);
  if (key.length === 1) return expression;
  const present = key.map(({ column }) => sql`${columnSql(scope, column)} is not null`);
  return sql`case when ${sql.join(present, sql` and `)} then ${expression} end`;
}

/** A value of one row of the scope, with what it holds. */
export function typedValue(value: Value, scope: Scope, timeZone?: Sql): TypedSql {
  return { expression: compileValue(value, scope, timeZone), ...valueType(value, scope.entity, scope) };
}

type ValueType = Pick<TypedSql, "scalar" | "kept">;

function valueType(value: Value, entity: Entity, scope: Scope): ValueType {
  switch (value.kind) {
    case "column":
      return columnType(ownColumn(entity, value.column), entity, scope);
    case "bucket": {
      const scalar = scalarTraits[ownColumn(entity, value.column).scalar].buckets[value.bucket];
      assert(scalar, `${value.column} has buckets of a ${value.bucket}`);
      return { scalar };
    }
    case "reference": {
      const inKey = keyColumn(value, entity);
      if (inKey) return columnType(inKey, entity, scope);
      const reference = entity.references.get(value.reference);
      return valueType(value.value, targetOf(scope.product, reference?.target ?? ""), scope);
    }
    case "aggregate":
      return {
        scalar: aggregateScalar(value.aggregate, entity.inverses.get(value.inverse)?.source ?? entity),
      };
  }
}

function columnType({ scalar, physical }: Column, { table }: Entity, { dialect }: Scope): ValueType {
  return { scalar, kept: dialect.keptAs(table, physical) };
}

/** An aggregate over the rows of the scope. */
export function compileAggregate(aggregate: Aggregate, scope: Scope): Sql {
  return aggregateSql(aggregate, scope.dialect, (name) => typedColumn(scope, columnOf(scope, name)));
}

export function aggregateSql(
  aggregate: Aggregate,
  dialect: Dialect,
  column: (name: string) => TypedSql,
): Sql {
  if (aggregate.function === "count") {
    if (aggregate.column === undefined) return sql`count(*)`;
    const { expression } = column(aggregate.column);
    return sql`count(${aggregate.distinct ? sql`distinct ` : sql``}${expression})`;
  }
  const typed = asText(column(aggregate.column), dialect);
  const { expression, scalar } = typed;
  const over = (name: string) => sql`${sql.raw(name)}(${dialect.ordered(typed)})`;
  switch (aggregate.function) {
    case "sum":
    case "min":
    case "max":
      return over(aggregate.function);
    case "avg": // PostgreSQL's own rounds decimals twice, and adds up squares beside a mean of Floats, which overflow sooner
      return sql`${asFloat(over("sum"), dialect)} / nullif(${over("count")}, 0)`;
    case "var_pop":
      return asFloat(dialect.variance(expression, scalar), dialect);
    case "stddev_pop":
      return sql`sqrt(${asFloat(dialect.variance(expression, scalar), dialect)})`;
  }
}

/**
 * A Float where it is computed, so that it sorts and compares as it is answered: of whole numbers and decimals
 * PostgreSQL's own averages are decimals of varying length, and its deviations may have no digit after the point.
 */
function asFloat(expression: Sql, dialect: Dialect): Sql {
  return sql`cast(${expression} as ${sql.raw(dialect.typeOf("Float", 0))})`;
}

export function aggregateScalar(aggregate: Aggregate, entity: Entity): ScalarName {
  switch (aggregate.function) {
    case "count":
      return "Int";
    case "min":
    case "max":
      return ownColumn(entity, aggregate.column).scalar;
    case "sum": {
      const scalar = scalarTraits[ownColumn(entity, aggregate.column).scalar].sum;
      assert(scalar, `${aggregate.column} can be summed`);
      return scalar;
    }
    case "avg":
    case "var_pop":
    case "stddev_pop":
      return "Float";
  }
}

/** `expression desc nulls first` */
export function orderSql(typed: TypedSql, direction: Direction, dialect: Dialect): Sql {
  const { descending, nullsFirst } = directionParts(direction);
  return sql`${dialect.ordered(typed)} ${descending ? sql`desc` : sql`asc`} ${nullsFirst ? sql`nulls first` : sql`nulls last`}`;
}

/** The own column behind `reference.key`, where a value is a part of a reference's key. */
function keyColumn(value: Value & { readonly kind: "reference" }, entity: Entity) {
  const { reference, value: inner } = value;
  if (inner.kind !== "column") return undefined;
  return entity.references.get(reference)?.key.find(({ field }) => field === inner.column)?.column;
}

function ownColumn(entity: Entity, name: string) {
  const column = entity.columns.get(name);
  assert(column, `${entity.name} has a column ${name}`);
  return column;
}

function targetOf(product: Product, name: string): Entity {
  const target = product.entities.get(name);
  assert(target, `${name} is an entity of this product`);
  return target;
}
