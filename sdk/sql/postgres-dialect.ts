// PostgreSQL's SQL. Text is in code point order wherever order matters, whatever the database's own collation.
import { sql } from "kysely";
import { type ScalarName, scalarTraits } from "../../schema/product/scalar.ts";
import { bindList, type Dialect } from "./dialect.ts";

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
  ordered: (expression, scalar) =>
    scalarTraits[scalar].text ? sql`(${expression} collate "C")` : expression,
  isOneOf: (expression, scalar, values) =>
    sql`(${expression} = any(${bindList(postgresDialect, scalar, values)}))`,
  variance: (expression) => sql`var_pop(${expression})`, // of whole numbers and decimals it is computed in decimals
};
