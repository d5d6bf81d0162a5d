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

/** How a column keeps text that is of no type of text. */
export type KeptText =
  /** Its text is 36 lower-case characters, which sort as the uuid does. */
  | { readonly kind: "uuid" }
  /** `char(n)`: blanks at its end are padding, and no part of its text. */
  | { readonly kind: "padded" }
  /** A label of an enum: `type` as it stands in SQL. Labels sort by their text, not as they were declared. */
  | { readonly kind: "label"; readonly type: string };

/** An expression and the scalar that it is of. */
export type TypedSql = {
  readonly expression: Sql;
  readonly scalar: ScalarName;
  /** Of a column that keeps text otherwise than as text. */
  readonly kept?: KeptText | undefined;
};

/** How a column of a table keeps its text; undefined for what is kept as its scalar says. */
export type KeptAs = (table: string, column: string) => KeptText | undefined;

export type Dialect = {
  /** The type that a bound value is cast to, given how many digits a decimal has after its point. */
  readonly typeOf: (scalar: ScalarName, scale: number) => string;
  /** The expression where order matters: text by Unicode code point. */
  readonly ordered: (typed: TypedSql) => Sql;
  /** Is the expression one of the values? NULL where it is null. `type` is the scalar's own where it is left out. */
  readonly isOneOf: (
    expression: Sql,
    scalar: ScalarName,
    values: readonly ScalarValue[],
    type?: string,
  ) => Sql;
  /**
   * Where an index of an enum's labels is worth it: is the label one of the texts? TRUE where it is, and never FALSE
   * where the label is null. Texts that are no label are none.
   */
  readonly isLabel?: (expression: Sql, type: string, texts: readonly ScalarValue[]) => Sql;
  /** As the engine found its columns when it was opened. */
  readonly keptAs: KeptAs;
  /** The population variance of a group's numbers, as a Float or what casts to one: of whole numbers and decimals exact. */
  readonly variance: (expression: Sql, scalar: ScalarName) => Sql;
};

/** One bound value, typed as its scalar where no type is given. */
export function bind(dialect: Dialect, scalar: ScalarName, value: ScalarValue, type?: string): Sql {
  const typed = sql.raw(type ?? dialect.typeOf(scalar, scaleOf(value)));
  return sql`cast(${new Bound(scalar, value)} as ${typed})`;
}

/** A list bound as one value, typed as an array of its scalar where no type is given. */
export function bindList(
  dialect: Dialect,
  scalar: ScalarName,
  values: readonly ScalarValue[],
  type?: string,
): Sql {
  const scale = scalar === "Decimal" ? Math.max(0, ...values.map(scaleOf)) : 0;
  return sql`cast(${new Bound(scalar, values)} as ${sql.raw(type ?? dialect.typeOf(scalar, scale))}[])`;
}

function scaleOf(value: ScalarValue): number {
  return String(value).split(".")[1]?.length ?? 0;
}
