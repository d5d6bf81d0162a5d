// Text that a column keeps as something else: a uuid, char(n), an enum. It is compared as the text that is answered.
import { type RawBuilder, sql } from "kysely";
import type { ScalarValue } from "../../schema/product/scalar.ts";
import { bind, bindList, type Dialect, type KeptText, type TypedSql } from "./dialect.ts";

type Sql = RawBuilder<unknown>;

/** The value as its text: as it is answered, matched with a pattern, aggregated. */
export function asText(typed: TypedSql, dialect: Dialect): TypedSql {
  const { expression, scalar, kept } = typed;
  if (!kept) return typed;
  return { expression: sql`cast(${expression} as ${sql.raw(dialect.typeOf(scalar, 0))})`, scalar };
}

/** `=`: what cannot be a value of the column is FALSE for every one of them. */
export function equalSql(typed: TypedSql, value: ScalarValue, dialect: Dialect): Sql {
  const { expression, scalar, kept } = typed;
  if (kept?.kind === "label") return oneOfSql(typed, [value], dialect);
  if (!canHold(kept, value)) return never(expression);
  return sql`(${expression} = ${bind(dialect, scalar, value, comparedAs(kept))})`;
}

/** Is it one of the values? NULL where the column is. `values` is not empty. */
export function oneOfSql(typed: TypedSql, values: readonly ScalarValue[], dialect: Dialect): Sql {
  const { expression, scalar, kept } = typed;
  if (kept?.kind === "label") {
    const text = dialect.isOneOf(asText(typed, dialect).expression, scalar, values);
    const label = dialect.isLabel?.(asKept(typed), kept.type, values);
    return label ? sql`(${text} and ${label})` : text;
  }
  const possible = values.filter((value) => canHold(kept, value));
  if (possible.length === 0) return never(expression);
  return dialect.isOneOf(expression, scalar, possible, comparedAs(kept));
}

/** The two sides of a comparison, so that it keeps their order: as uuids where both are, else as text. */
export function orderedPair(typed: TypedSql, value: ScalarValue, dialect: Dialect): readonly [Sql, Sql] {
  const asUuid = typed.kept?.kind === "uuid" && canHold(typed.kept, value);
  const compared = asUuid ? typed : asText(typed, dialect);
  return [dialect.ordered(compared), bind(dialect, typed.scalar, value, comparedAs(compared.kept))];
}

/** Two columns of one key: as they are kept where both are kept alike, so that an index serves. */
export function joinSql(one: TypedSql, other: TypedSql, dialect: Dialect): Sql {
  const alike = comparedAs(one.kept) === comparedAs(other.kept);
  const side = (typed: TypedSql) => (alike ? asKept(typed) : asText(typed, dialect).expression);
  return sql`${side(one)} = ${side(other)}`;
}

/** Lists of key parts side by side: `columns[i]` is compared with `lists[i]`, without the keys that no row can have. */
export function keysSql(
  columns: readonly TypedSql[],
  keys: readonly (readonly ScalarValue[])[],
  dialect: Dialect,
): Sql {
  const possible = keys.filter((key) => key.every((part, i) => canHold(columns[i]?.kept, part)));
  if (possible.length === 0) return sql`false`;
  const compared = columns.map((typed) => (typed.kept?.kind === "label" ? asText(typed, dialect) : typed));
  const lists = compared.map(({ scalar, kept }, i) => {
    const parts = possible.map((key) => key[i] as ScalarValue);
    return sql`unnest(${bindList(dialect, scalar, parts, comparedAs(kept))})`;
  });
  return sql`((${sql.join(compared.map(({ expression }) => expression))}) in (select ${sql.join(lists)}))`;
}

/** A domain over an enum has no `=` with the enum. */
function asKept({ expression, kept }: TypedSql): Sql {
  return kept?.kind === "label" ? sql`cast(${expression} as ${sql.raw(kept.type)})` : expression;
}

/** The type that equality compares; undefined = the scalar's own. */
function comparedAs(kept: KeptText | undefined): string | undefined {
  switch (kept?.kind) {
    case undefined:
      return undefined;
    case "uuid":
      return "uuid";
    case "padded":
      return "bpchar";
    case "label":
      return kept.type;
  }
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function canHold(kept: KeptText | undefined, value: ScalarValue): boolean {
  switch (kept?.kind) {
    case "uuid":
      return uuid.test(String(value));
    case "padded":
      return !String(value).endsWith(" ");
    case "label":
    case undefined:
      return true;
  }
}

/** FALSE, and NULL where the column is. */
function never(expression: Sql): Sql {
  return sql`(${expression} <> ${expression})`;
}
