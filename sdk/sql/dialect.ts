// What differs between engines when a question is written as SQL.
import { type RawBuilder, sql } from "kysely";
import type { Bucket, ScalarName, ScalarValue } from "../../schema/product/scalar.ts";

/** A value on its way into a statement; the engine binds it by its scalar. */
export class Bound {
  readonly scalar: ScalarName;
  readonly value: ScalarValue | readonly ScalarValue[];

  constructor(scalar: ScalarName, value: ScalarValue | readonly ScalarValue[]) {
    this.scalar = scalar;
    this.value = value;
  }
}

export type Dialect = {
  /** Writes a query out: text with `$1`, `$2`, … and the values bound to them. */
  readonly compile: (query: RawBuilder<unknown>) => {
    readonly sql: string;
    readonly parameters: readonly unknown[];
  };
  /** The type that a bound value is cast to, given how many digits a decimal has after its point. */
  readonly typeOf: (scalar: ScalarName, scale: number) => string;
  /** The start of the calendar bucket that a value lies in; timestamps with a zone in `timeZone`. */
  readonly bucket: (
    expression: RawBuilder<unknown>,
    scalar: ScalarName,
    bucket: Bucket,
    timeZone: RawBuilder<unknown>,
  ) => RawBuilder<unknown>;
};

/** One bound value, typed as its scalar. */
export function bind(dialect: Dialect, scalar: ScalarName, value: ScalarValue): RawBuilder<unknown> {
  const type = sql.raw(dialect.typeOf(scalar, scaleOf(value)));
  return sql`cast(${new Bound(scalar, value)} as ${type})`;
}

/** The members of a list as rows, bound as one parameter: what stands behind `in (select …)`. */
export function bindSet(
  dialect: Dialect,
  scalar: ScalarName,
  values: readonly ScalarValue[],
): RawBuilder<unknown> {
  const scale = scalar === "Decimal" ? Math.max(0, ...values.map(scaleOf)) : 0;
  return sql`unnest(cast(${new Bound(scalar, values)} as ${sql.raw(dialect.typeOf(scalar, scale))}[]))`;
}

function scaleOf(value: ScalarValue): number {
  return String(value).split(".")[1]?.length ?? 0;
}
