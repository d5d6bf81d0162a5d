// PostgreSQL's SQL. Text is in code point order wherever order matters, whatever the database's own collation.
import { sql } from "kysely";
import { type ScalarName, scalarTraits } from "../../schema/product/scalar.ts";
import { bindList, type Dialect } from "./dialect.ts";
import { asText } from "./kept-text.ts";

const types: Readonly<Record<ScalarName, string>> = {
  Int: "integer",
  BigInt: "bigint",
  Float: "double precision",
  Decimal: "numeric",
  String: "text",
  Boolean: "boolean",
  ID: "text",
  Date: "date",
  DateTime: "timestamptz",
  LocalDateTime: "timestamp",
};

export const postgresDialect: Dialect = {
  typeOf: (scalar) => types[scalar],
  // Not for equality: an index of the database's own collation serves that.
  ordered: (typed) => {
    if (typed.kept?.kind === "uuid" || !scalarTraits[typed.scalar].text) return typed.expression;
    return sql`(${asText(typed, postgresDialect).expression} collate "C")`;
  },
  isOneOf: (expression, scalar, values, type) =>
    sql`(${expression} = any(${bindList(postgresDialect, scalar, values, type)}))`,
  // A cast of a text that is no label would be an error. The labels are looked up once for the statement.
  isLabel: (expression, type, texts) => {
    const labels = sql`unnest(enum_range(null::${sql.raw(type)})) as label`;
    const among = sql`select array_agg(label) from ${labels} where label::text = any(${bindList(postgresDialect, "String", texts)})`;
    return sql`(${expression} = any((${among})::${sql.raw(type)}[]))`;
  },
  keptAs: () => undefined,
  variance: (expression) => sql`var_pop(${expression})`, // of whole numbers and decimals it is computed in decimals
};
