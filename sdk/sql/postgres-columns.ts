// What PostgreSQL's columns are, from its catalog: their types, and whether text that differs may be equal.
import { sql } from "kysely";
import type pg from "pg";
import { type ColumnType, checkColumns, type TypesOf } from "./check-columns.ts";
import type { KeptAs, KeptText } from "./dialect.ts";
import type { ExpectedTables } from "./engine.ts";
import { writeSql } from "./write-sql.ts";

const whole = ["smallint", "integer", "bigint"];

const text = ["text", "character varying", "character", "uuid", "enum"];

const takes: TypesOf = {
  Int: whole,
  BigInt: [...whole, "numeric"],
  Float: ["double precision"],
  Decimal: [...whole, "numeric"],
  String: text,
  ID: text,
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
      when b.typtype = 'e' then 'enum' else format_type(b.oid, null) end as "name",
    b.typnamespace::regnamespace::text || '.' || quote_ident(b.typname) as "type"
  from unnest($1::text[]) as asked(name)
  join pg_catalog.pg_attribute a on a.attrelid = to_regclass(asked.name) and a.attnum > 0 and not a.attisdropped
  join pg_catalog.pg_type t on t.oid = a.atttypid
  join pg_catalog.pg_type b on b.oid = case when t.typtype = 'd' then t.typbasetype else t.oid end
  cross join lateral (select exists (select 1 from pg_catalog.pg_collation c
    where c.oid = a.attcollation and not c.collisdeterministic)) as collated(nondeterministic)`;

type Found = ColumnType & { readonly table: string; readonly column: string; readonly type: string };

/** One query for all of a product: how it keeps its text. @throws port.COLUMN_MISSING, port.COLUMN_TYPE */
export async function checkPostgresColumns(session: pg.ClientBase, product: ExpectedTables): Promise<KeptAs> {
  const quoted = (table: string) => writeSql(sql`${sql.table(table)}`).sql;
  const tables = [...product.entities.values()].map(({ table }) => quoted(table));
  const { rows } = await session.query<Found>(catalog, [tables]);
  const found = new Map(
    rows.map((row) => [JSON.stringify([row.table, row.column]), { ...row, kept: keptText(row) }]),
  );
  return checkColumns(product, takes, ({ table }, { physical }) =>
    found.get(JSON.stringify([quoted(table), physical])),
  );
}

function keptText({ name, type }: Found): KeptText | undefined {
  if (name === "uuid") return { kind: "uuid" };
  if (name === "character") return { kind: "padded" };
  return name === "enum" ? { kind: "label", type } : undefined;
}
