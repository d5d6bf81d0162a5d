// DuckDB's SQL: PostgreSQL's grammar, its own names of types.
import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
  sql,
} from "kysely";
import type { Bucket, ScalarName } from "../../schema/product/scalar.ts";
import type { Dialect } from "./dialect.ts";

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

/** Kysely as a compiler alone: the engine runs what it writes. */
const writer = new Kysely<never>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

export const duckdbDialect: Dialect = {
  compile: (query) => {
    const { sql: text, parameters } = query.compile(writer);
    return { sql: text, parameters };
  },
  typeOf: (scalar, scale) => (scalar === "Decimal" ? `decimal(38, ${scale})` : types[scalar]),
  bucket: duckdbBucket,
};

function duckdbBucket(
  expression: RawBuilder<unknown>,
  scalar: ScalarName,
  bucket: Bucket,
  timeZone: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const clock = scalar === "DateTime" ? sql`timezone(${timeZone}, ${expression})` : expression;
  const start = sql`date_trunc(${sql.lit(bucket)}, ${clock})`;
  if (bucket !== "hour") return sql`cast(${start} as date)`;
  // Subtracting the time since the hour struck keeps two hours apart that a clock set back shows twice.
  return scalar === "DateTime" ? sql`${expression} - (${clock} - ${start})` : start;
}
