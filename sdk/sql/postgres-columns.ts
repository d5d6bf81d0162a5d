// What PostgreSQL's columns are, from its catalog: their types, and whether text that differs may be equal.

import { sql } from "kysely";
import type pg from "pg";
import { type ColumnType, checkColumns, type TypesOf } from "./check-columns.ts";
import type { ExpectedTables } from "./engine.ts";
import { writeSql } from "./write-sql.ts";

const whole = ["smallint", "integer", "bigint"];

const takes: TypesOf = {
  Int: whole,
  BigInt: [...whole, "numeric"],
  Float: ["double precision"],
  Decimal: [...whole, "numeric"],
  String: ["text", "character varying"],
  ID: ["text", "character varying"],
  Boolean: ["boolean"],
  Date: ["date"],
  DateTime: ["timestamp with time zone"],
  LocalDateTime: ["timestamp without time zone"],
};

/** Tables, views and the like as a statement finds them. Of a domain, the type beneath it. */
const catalog = `
  select asked.name as "table", a.attname as "column",
    format_type(a.atttypid, a.atttypmod) || case when nondeterministic then ' with a nondeterministic collation' else '' end as written,
    case when nondeterministic then 'text with a nondeterministic collation'
      else format_type(case when t.typtype = 'd' then t.typbasetype else t.oid end, null) end as "name"
  from unnest($1::text[]) as asked(name)
  join pg_catalog.pg_attribute a on a.attrelid = to_regclass(asked.name) and a.attnum > 0 and not a.attisdropped
  join pg_catalog.pg_type t on t.oid = a.atttypid
  cross join lateral (select exists (select 1 from pg_catalog.pg_collation c
    where c.oid = a.attcollation and not c.collisdeterministic)) as collated(nondeterministic)`;

type Found = ColumnType & { readonly table: string; readonly column: string };

/** One query for all of a product. @throws port.COLUMN_MISSING, port.COLUMN_TYPE */
export async function checkPostgresColumns(session: pg.ClientBase, product: ExpectedTables): Promise<void> {
  const quoted = (table: string) => writeSql(sql`${sql.table(table)}`).sql;
  const tables = [...product.entities.values()].map(({ table }) => quoted(table));
  const { rows } = await session.query<Found>(catalog, [tables]);
  const found = new Map(rows.map((row) => [JSON.stringify([row.table, row.column]), row]));
  checkColumns(product, takes, ({ table }, { physical }) =>
    found.get(JSON.stringify([quoted(table), physical])),
  );
}
