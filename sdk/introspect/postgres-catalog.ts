// What PostgreSQL's catalog says of a table: three queries, none of which reads a row of it.
import type pg from "pg";
import { quoteName } from "./load-file.ts";
import type { ForeignKey } from "./source-table.ts";

export type CatalogColumn = {
  readonly name: string;
  /** `numeric(18,4)`. */
  readonly written: string;
  /** Without arguments; of a domain, the type beneath it; of every enum `enum`. */
  readonly type: string;
  readonly required: boolean;
  readonly comment: string | null;
};

export type CatalogTable = {
  readonly comment: string | undefined;
  /** The server's estimate; undefined for views and tables that were never analyzed. */
  readonly rows: number | undefined;
  readonly columns: readonly CatalogColumn[];
  readonly primaryKey: readonly string[] | undefined;
  readonly uniqueKeys: readonly (readonly string[])[];
  readonly foreignKeys: readonly ForeignKey[];
};

const tableSql = `
  select obj_description(c.oid, 'pg_class') as comment, c.reltuples::bigint::text as rows
  from pg_catalog.pg_class c where c.oid = $1::regclass and c.relkind in ('r', 'p', 'v', 'm', 'f')`;

const columnsSql = `
  select a.attname as name, format_type(a.atttypid, a.atttypmod) as written,
    case when exists (select 1 from pg_catalog.pg_collation k where k.oid = a.attcollation and not k.collisdeterministic)
      then 'text with a nondeterministic collation'
      when b.typtype = 'e' then 'enum' else format_type(b.oid, null) end as type,
    a.attnotnull or (t.typtype = 'd' and t.typnotnull) as required,
    col_description(a.attrelid, a.attnum) as comment
  from pg_catalog.pg_attribute a join pg_catalog.pg_type t on t.oid = a.atttypid
  join pg_catalog.pg_type b on b.oid = case when t.typtype = 'd' then t.typbasetype else t.oid end
  where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped order by a.attnum`;

const constraintsSql = `
  select k.contype as kind, k.confrelid::regclass::text as target, own.names as columns, other.names as "targetColumns"
  from pg_catalog.pg_constraint k
  cross join lateral (select array_agg(a.attname::text order by n) as names
    from unnest(k.conkey) with ordinality as c(attnum, n)
    join pg_catalog.pg_attribute a on a.attrelid = k.conrelid and a.attnum = c.attnum) as own
  cross join lateral (select array_agg(a.attname::text order by n) as names
    from unnest(k.confkey) with ordinality as c(attnum, n)
    join pg_catalog.pg_attribute a on a.attrelid = k.confrelid and a.attnum = c.attnum) as other
  where k.conrelid = $1::regclass and k.contype in ('p', 'u', 'f') order by k.contype, k.conname`;

type Constraint = {
  readonly kind: "p" | "u" | "f";
  readonly columns: readonly string[];
  readonly target: string;
  readonly targetColumns: readonly string[] | null;
};

/** Undefined where there is no such table or view. */
export async function readCatalog(
  session: pg.ClientBase,
  schema: string,
  table: string,
): Promise<CatalogTable | undefined> {
  const name = `${quoteName(schema)}.${quoteName(table)}`;
  const { rows: known } = await session.query("select to_regclass($1) as oid", [name]);
  if (known[0].oid === null) return undefined;
  const { rows: found } = await session.query<{ comment: string | null; rows: string }>(tableSql, [name]);
  const [about] = found;
  if (!about) return undefined;
  const { rows: columns } = await session.query<CatalogColumn>(columnsSql, [name]);
  const { rows: constraints } = await session.query<Constraint>(constraintsSql, [name]);
  const columnsOf = (wanted: "p" | "u") =>
    constraints.filter(({ kind }) => kind === wanted).map(({ columns: names }) => names);
  return {
    comment: about.comment ?? undefined,
    rows: Number(about.rows) > 0 ? Number(about.rows) : undefined,
    columns,
    primaryKey: columnsOf("p")[0],
    uniqueKeys: columnsOf("u"),
    foreignKeys: constraints
      .filter(({ kind }) => kind === "f")
      .map(({ columns: names, target, targetColumns }) => ({
        columns: names,
        table: target,
        targetColumns: targetColumns ?? [],
      })),
  };
}

/** Tables and views that could have been meant, as `schema.table`; at most 20. */
export async function listTables(session: pg.ClientBase): Promise<readonly string[]> {
  const { rows } = await session.query<{ name: string }>(`
    select n.nspname || '.' || c.relname as name from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname not in ('pg_catalog', 'information_schema')
      and n.nspname !~ '^pg_' and has_table_privilege(c.oid, 'select')
    order by 1 limit 20`);
  return rows.map(({ name }) => name);
}
