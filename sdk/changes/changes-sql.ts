// The SQL that makes a table announce its changes: triggers that note them, and one that numbers them at the commit.
import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { ScalarName } from "../../schema/product/scalar.ts";
import { writeSql } from "../sql/write-sql.ts";

/** A table, the entity that its rows are (or belong to), and the columns that hold the entity's key. */
export type AnnouncedTable = {
  readonly table: string;
  readonly entity: string;
  readonly key: readonly { readonly field: string; readonly column: string; readonly scalar: ScalarName }[];
};

/** The triggers of an entity's table, by what they wait for. */
export const announcedOperations = ["insert", "update", "delete", "truncate"] as const;

/** The name of a trigger, or of the triggers' function: a table may be announced as several entities, and by several keys. */
export function announcedName(
  what: (typeof announcedOperations)[number] | "rows",
  { table, entity, key }: AnnouncedTable,
): string {
  const place = JSON.stringify([table, key.map(({ column }) => column)]);
  return `weft_${what}_${entity}_${createHash("sha256").update(place).digest("hex").slice(0, 8)}`;
}

/** A table as `to_regclass` reads it. */
export function quotedTable(table: string): string {
  return writeSql(sql`${sql.table(table)}`).sql;
}

/**
 * What the triggers share, beside the outbox. A transaction's changes wait in `weft_pending` and are numbered when it commits,
 * by a deferred trigger: the outbox's counter is locked for that moment alone, not for the rest of the transaction, where two
 * that wait for each other's rows and for the counter would be a deadlock. All changes of an entity become one event. No row
 * of `weft_pending` outlives its transaction, so that it needs no log.
 *
 * Functions run with the rights of who made them: whoever may write the tables needs none on the outbox.
 */
const pendingSql = `create unlogged table if not exists weft_pending (
  id bigint generated always as identity primary key,
  transaction xid8 not null default pg_current_xact_id(),
  entity text not null,
  keys jsonb,
  keys_max integer not null
);
create table if not exists weft_cursor (
  consumer text primary key,
  sequence bigint not null default 0,
  at timestamptz not null default clock_timestamp()
);
create or replace function weft_announce() returns trigger
language plpgsql security definer set search_path from current as $weft$
declare
  change record;
begin
  if not exists (select from weft_pending where id = new.id) then
    return null; -- announced with an earlier one of its transaction
  end if;
  for change in
    with taken as (
      delete from weft_pending p where p.id >= new.id and p.transaction = pg_current_xact_id()
      returning p.id, p.entity, p.keys, p.keys_max
    )
    select t.entity, min(t.id) as first,
      case when bool_or(t.keys is null) or count(distinct k.key) > min(t.keys_max) then null
        else jsonb_agg(distinct k.key) end as keys
    from taken t left join lateral jsonb_array_elements(t.keys) as k(key) on true
    group by t.entity order by first
  loop
    perform weft_changed(change.entity, change.keys);
  end loop;
  return null;
end
$weft$;
revoke execute on function weft_announce() from public;
do $weft$ begin
  create constraint trigger weft_announce after insert on weft_pending
    deferrable initially deferred for each row execute function weft_announce();
exception when duplicate_object then null;
end $weft$;
`;

/**
 * Tables, functions and triggers, made or replaced; those of tables that are announced no more go. All in the first schema of
 * the session's search path.
 */
export function changesSql(outbox: string, tables: readonly AnnouncedTable[], keysMax: number): string {
  return [outbox, pendingSql, staleSql(tables), ...tables.map((table) => tableSql(table, keysMax))].join(
    "\n",
  );
}

function staleSql(tables: readonly AnnouncedTable[]): string {
  const names = tables.map((table) => literal(announcedName("rows", table)));
  return `do $weft$
declare
  stale regprocedure;
begin
  for stale in
    select p.oid from pg_catalog.pg_proc p where p.pronamespace = current_schema()::regnamespace
      and starts_with(p.proname, 'weft_rows_') and p.proname <> all (array[${names.join(", ")}]::text[])
  loop
    execute format('drop function %s cascade', stale);
  end loop;
end
$weft$;
`;
}

/**
 * One function for the four triggers of a table. They fire once for a statement: more rows than `keysMax` are not even read.
 * Rows that hold no key belong to no entity. A key that cannot be read (its column is no more) makes an event without keys, not
 * a failure of whoever writes the table.
 */
function tableSql(announced: AnnouncedTable, keysMax: number): string {
  const entity = literal(announced.entity);
  const table = quotedTable(announced.table);
  const name = identifier(announcedName("rows", announced));
  const held = announced.key.map(({ column }) => `r.${identifier(column)} is not null`).join(" and ");
  const keysOf = (rows: "old_rows" | "new_rows") =>
    `select '${rows}' as side, ${keySql(announced)} as key from ${rows} r where ${held} limit ${keysMax + 1}`;
  const read = (keys: string) =>
    `select count(*) filter (where c.side = 'old_rows'), count(*) filter (where c.side = 'new_rows'),
        count(distinct c.key), jsonb_agg(distinct c.key)
        into rows_old, rows_new, keys_read, keys_changed from (${keys}) as c;`;
  const trigger = (operation: (typeof announcedOperations)[number], transitions: string) =>
    `create or replace trigger ${identifier(announcedName(operation, announced))} after ${operation} on ${table}
  ${transitions}for each statement execute function ${name}();`;
  return `create or replace function ${name}() returns trigger
language plpgsql security definer set search_path from current as $weft$
declare
  rows_old bigint;
  rows_new bigint;
  keys_read bigint;
  keys_changed jsonb;
begin
  begin
    if tg_op = 'INSERT' then
      ${read(keysOf("new_rows"))}
    elsif tg_op = 'DELETE' then
      ${read(keysOf("old_rows"))}
    elsif tg_op = 'UPDATE' then
      ${read(`(${keysOf("old_rows")}) union all (${keysOf("new_rows")})`)}
    end if;
  exception when others then
    raise warning 'weft: the key of % cannot be read from %: %', ${entity}, tg_relid::regclass, sqlerrm;
  end;
  if keys_read = 0 then
    return null;
  end if;
  if greatest(rows_old, rows_new, keys_read) > ${keysMax} then
    keys_changed := null;
  end if;
  insert into weft_pending (entity, keys, keys_max) values (${entity}, keys_changed, ${keysMax});
  return null;
end
$weft$;
revoke execute on function ${name}() from public;
${trigger("insert", "referencing new table as new_rows ")}
${trigger("update", "referencing old table as old_rows new table as new_rows ")}
${trigger("delete", "referencing old table as old_rows ")}
${trigger("truncate", "")}
`;
}

function keySql({ key }: AnnouncedTable): string {
  const fields = key.map(
    ({ field, column, scalar }) => `${literal(field)}, ${valueSql(scalar, `r.${identifier(column)}`)}`,
  );
  return `jsonb_build_object(${fields.join(", ")})`;
}

/** JSON of a value as it is on the wire, but for the zeros that canonical forms leave out. */
function valueSql(scalar: ScalarName, column: string): string {
  switch (scalar) {
    case "Int":
    case "Float":
    case "Boolean":
      return column;
    case "BigInt":
    case "Decimal":
    case "String":
    case "ID":
      return `${column}::text`;
    case "Date":
      return `to_char(${column}, 'YYYY-MM-DD')`;
    case "DateTime":
      return `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
    case "LocalDateTime":
      return `to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS.US')`;
  }
}

function identifier(name: string): string {
  return writeSql(sql`${sql.id(name)}`).sql;
}

function literal(text: string): string {
  return writeSql(sql`${sql.lit(text)}`).sql;
}
