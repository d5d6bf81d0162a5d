// Which scalars the values of a column's type serve, the most careful first.
import type { ScalarName } from "../../schema/product/scalar.ts";

export type Served = {
  readonly scalars: readonly [ScalarName, ...ScalarName[]];
  /** What a file's column is loaded as, where the type as such serves no scalar. */
  readonly loadAs?: string;
};

const int: Served = { scalars: ["Int", "BigInt", "Decimal"] };
const bigint: Served = { scalars: ["BigInt", "Int", "Decimal"] };
const decimal: Served = { scalars: ["Decimal"] };
const float: Served = { scalars: ["Float"] };
const text: Served = { scalars: ["String", "ID"] };
const boolean: Served = { scalars: ["Boolean"] };
const date: Served = { scalars: ["Date"] };
const dateTime: Served = { scalars: ["DateTime"] };
const localDateTime: Served = { scalars: ["LocalDateTime"] };
const asText: Served = { ...text, loadAs: "VARCHAR" };
const asTimestamp: Served = { ...localDateTime, loadAs: "TIMESTAMP" };

const duckdb: ReadonlyMap<string, Served> = new Map([
  ["TINYINT", int],
  ["SMALLINT", int],
  ["INTEGER", int],
  ["UTINYINT", int],
  ["USMALLINT", int],
  ["BIGINT", bigint],
  ["UINTEGER", bigint],
  ["UBIGINT", { scalars: ["BigInt", "Decimal"] }],
  ["HUGEINT", { scalars: ["BigInt", "Decimal"] }],
  ["DECIMAL", decimal],
  ["DOUBLE", float],
  ["FLOAT", { ...float, loadAs: "DOUBLE" }],
  ["VARCHAR", text],
  ["UUID", asText],
  ["ENUM", asText],
  ["TIME", asText],
  ["BOOLEAN", boolean],
  ["DATE", date],
  ["TIMESTAMP WITH TIME ZONE", dateTime],
  ["TIMESTAMP", localDateTime],
  ["TIMESTAMP_S", asTimestamp],
  ["TIMESTAMP_MS", asTimestamp],
  ["TIMESTAMP_NS", asTimestamp],
]);

/** Undefined for lists, structs, maps, blobs, intervals and the like. */
export function servedByDuckDB(type: string): Served | undefined {
  return type.endsWith("]") ? undefined : duckdb.get(type.replace(/\(.*$/, ""));
}

const postgres: ReadonlyMap<string, Served> = new Map([
  ["smallint", int],
  ["integer", int],
  ["bigint", bigint],
  ["numeric", decimal],
  ["double precision", float],
  ["text", text],
  ["character varying", text],
  ["character", text],
  ["uuid", text],
  ["enum", text],
  ["boolean", boolean],
  ["date", date],
  ["timestamp with time zone", dateTime],
  ["timestamp without time zone", localDateTime],
]);

/** By the name of the type without its arguments, `enum` for every enum; undefined for what the engine takes for no scalar. */
export function servedByPostgres(type: string): Served | undefined {
  return postgres.get(type);
}
