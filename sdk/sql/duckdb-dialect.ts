// DuckDB's SQL: its own names of types; text is in code point order by itself.
import { sql } from "kysely";
import type { ScalarName } from "../../schema/product/scalar.ts";
import { bind, bindList, type Dialect } from "./dialect.ts";
import { duckdbVariance } from "./duckdb-variance.ts";
import { asText } from "./kept-text.ts";

const types: Readonly<Record<ScalarName, string>> = {
  Int: "integer",
  BigInt: "bigint",
  Float: "double",
  Decimal: "decimal",
  String: "varchar",
  Boolean: "boolean",
  ID: "varchar",
  Date: "date",
  DateTime: "timestamptz",
  LocalDateTime: "timestamp",
};

export const duckdbDialect: Dialect = {
  typeOf: (scalar, scale) => (scalar === "Decimal" ? `decimal(38, ${scale})` : types[scalar]),
  ordered: (typed) =>
    typed.kept?.kind === "uuid" ? typed.expression : asText(typed, duckdbDialect).expression,
  // Decimals are listed one by one, each compared as by `=`: of a column and a set that do not fit into one decimal
  // type together, DuckDB rounds the column. `= any` would look at the whole list for each row; a set is hashed.
  isOneOf: (expression, scalar, values, type) =>
    scalar === "Decimal"
      ? sql`(${expression} in (${sql.join(values.map((value) => bind(duckdbDialect, scalar, value)))}))`
      : sql`(${expression} in (select unnest(${bindList(duckdbDialect, scalar, values, type)})))`,
  variance: duckdbVariance,
  keptAs: () => undefined,
};
