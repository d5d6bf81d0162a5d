// What DuckDB's columns are: their types, and whether text is compared by a collation.
import { type RawBuilder, sql } from "kysely";
import { scalarTraits } from "../../schema/product/scalar.ts";
import { type ColumnType, checkColumns, type TypesOf } from "./check-columns.ts";
import type { KeptAs } from "./dialect.ts";
import type { ExpectedTable, ExpectedTables } from "./engine.ts";
import { writeSql } from "./write-sql.ts";

const whole = ["TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER"];

const text = ["VARCHAR", "UUID", "ENUM"];

const takes: TypesOf = {
  Int: whole,
  BigInt: [...whole, "UBIGINT", "HUGEINT"],
  Float: ["DOUBLE"],
  Decimal: [...whole, "UBIGINT", "HUGEINT", "DECIMAL"],
  String: text,
  ID: text,
  Boolean: ["BOOLEAN"],
  Date: ["DATE"],
  DateTime: ["TIMESTAMP WITH TIME ZONE"],
  LocalDateTime: ["TIMESTAMP"],
};

/** The rows of a statement, as lists of its columns. */
export type Rows = (statement: string) => Promise<readonly (readonly unknown[])[]>;

/** How the product's columns keep their text. @throws port.COLUMN_MISSING, port.COLUMN_TYPE */
export async function checkDuckDBColumns(rows: Rows, product: ExpectedTables): Promise<KeptAs> {
  const types = new Map<ExpectedTable, ReadonlyMap<string, ColumnType>>();
  for (const entity of product.entities.values()) types.set(entity, await columnTypes(rows, entity));
  // DuckDB's names are the same in upper and lower case.
  return checkColumns(product, takes, (entity, { physical }) =>
    types.get(entity)?.get(physical.toLowerCase()),
  );
}

/** By the columns' names in lower case; of a table that is not there, none. */
async function columnTypes(rows: Rows, entity: ExpectedTable): Promise<ReadonlyMap<string, ColumnType>> {
  const table = sql.table(entity.table);
  const described = await rows(writeSql(sql`describe select * from ${table}`).sql).catch(() => []);
  const types = new Map(
    described.map(([name, type]) => [String(name).toLowerCase(), columnType(String(type))]),
  );
  const physical = [...entity.columns.values()].flatMap((column) =>
    scalarTraits[column.scalar].text ? [column.physical.toLowerCase()] : [],
  );
  const texts = [...new Set(physical)].filter((name) => types.get(name)?.name === "VARCHAR");
  if (texts.length === 0) return types;
  const [collated] = await rows(writeSql(collationProbe(entity, texts)).sql);
  const written = "VARCHAR with a collation";
  texts.forEach((name, i) => {
    if (collated?.[i] !== false) types.set(name, { name: written, written });
  });
  return types;
}

function columnType(written: string): ColumnType {
  const name = written.endsWith("]") ? written : written.replace(/^(DECIMAL|ENUM)\(.*/, "$1");
  if (name === "UUID") return { name, written, kept: { kind: "uuid" } };
  return name === "ENUM" ? { name, written, kept: { kind: "label", type: written } } : { name, written };
}

/**
 * A collation is nowhere to be read, and goes with the column into views and copies: one value that takes on the
 * column's is compared. `á` equals or precedes one of these under each of DuckDB's, and none of them by code points.
 */
function collationProbe({ table }: ExpectedTable, columns: readonly string[]): RawBuilder<unknown> {
  const ids = columns.map((column) => sql.id(column));
  const tests = ids.map((id) => sql`(${id} in ('Á', 'a', ${sql.lit("a\u0301")}) or ${id} < 'b')`);
  const values = ids.map(() => sql.lit("á"));
  return sql`select ${sql.join(tests)} from
    (select ${sql.join(ids)} from ${sql.table(table)} where false union all select ${sql.join(values)}) as probe`;
}
