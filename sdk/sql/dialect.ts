// What differs between engines when a question is written as SQL.
import { type RawBuilder, sql } from "kysely";
import type { ScalarName, ScalarValue } from "../../schema/product/scalar.ts";

type Sql = RawBuilder<unknown>;

/** A value on its way into a statement; the engine binds it by its scalar. */
export class Bound {
  readonly scalar: ScalarName;
  readonly value: ScalarValue | readonly ScalarValue[];

  constructor(scalar: ScalarName, value: ScalarValue | readonly ScalarValue[]) {
    this.scalar = scalar;
    this.value = value;
  }
}

/** An expression and the scalar that it is of. */
export type TypedSql = { readonly expression: Sql; readonly scalar: ScalarName };

export type Dialect = {
  /** The type that a bound value is cast to, given how many digits a decimal has after its point. */
  readonly typeOf: (scalar: ScalarName, scale: number) => string;
  /** The expression where order matters: text by Unicode code point. */
  readonly ordered: (expression: Sql, scalar: ScalarName) => Sql;
  /** Is the expression one of the values? NULL where it is null. */
  readonly isOneOf: (expression: Sql, scalar: ScalarName, values: readonly ScalarValue[]) => Sql;
  /** The population variance of a group's numbers, as a Float or what casts to one: of whole numbers and decimals exact. */
  readonly variance: (expression: Sql, scalar: ScalarName) => Sql;
};

/** One bound value, typed as its scalar. */
export function bind(dialect: Dialect, scalar: ScalarName, value: ScalarValue): Sql {
  const type = sql.raw(dialect.typeOf(scalar, scaleOf(value)));
  return sql`cast(${new Bound(scalar, value)} as ${type})`;
}

/** A list bound as one value, typed as an array of its scalar. */
export function bindList(dialect: Dialect, scalar: ScalarName, values: readonly ScalarValue[]): Sql {
  const scale = scalar === "Decimal" ? Math.max(0, ...values.map(scaleOf)) : 0;
  return sql`cast(${new Bound(scalar, values)} as ${sql.raw(dialect.typeOf(scalar, scale))}[])`;
}

function scaleOf(value: ScalarValue): number {
  return String(value).split(".")[1]?.length ?? 0;
}
