// Change events: what a product says when its rows change. CloudEvents 1.0, type `weft.product.changed`.
import { z } from "zod";

export const changeEventType = "weft.product.changed";

/** Numbers that JSON cannot carry exactly would name another row: on the wire they are strings. */
const exactNumber = z
  .number()
  .refine(
    (value) => !Number.isInteger(value) || Number.isSafeInteger(value),
    "beyond 9007199254740991 a whole number is written as a string",
  );

/** A field of a primary key, as on the wire. */
export const keyValueSchema = z.union([z.string(), exactNumber, z.boolean()]);

/**
 * One event. `sequence` (CloudEvents' extension, type "Integer") rises by one for each event of a product: a gap means
 * that an event was missed. Without `keys` the whole product may have changed.
 */
export const changeEventSchema = z.object({
  specversion: z.literal("1.0"),
  type: z.literal(changeEventType),
  /** Unique with `source`. */
  id: z.string().min(1),
  /** The product's id. */
  source: z.string().min(1),
  sequence: z.string().regex(/^[1-9]\d{0,18}$/, "a whole number from 1, as a string"),
  time: z.iso.datetime().optional(),
  datacontenttype: z.literal("application/json").default("application/json"),
  data: z.object({
    entity: z.string().min(1),
    /** Primary keys, each with its fields by name, values as on the wire. */
    keys: z.array(z.record(z.string(), keyValueSchema)).min(1).optional(),
    /** The version of the rows after the change, where the source has one. */
    version: z.string().optional(),
  }),
});

export type ChangeEvent = z.output<typeof changeEventSchema>;

/**
 * The outbox of a product in PostgreSQL: a transaction that changes rows also writes here, so that an event exists
 * exactly where its change does. Sequence numbers are given in the order of commits, by locking the counter's row. Made in
 * the first schema of the search path; where it is there already, nothing is lost. Functions run with the rights of who made
 * them, in that schema. `notify weft_outbox` tells of each commit, with the schema's name.
 */
export const outboxSql = `create table if not exists weft_sequence (single boolean primary key default true check (single), last bigint not null);
insert into weft_sequence (last) values (0) on conflict do nothing;
create table if not exists weft_outbox (
  sequence bigint primary key,
  at timestamptz not null default clock_timestamp(),
  entity text not null check (entity <> ''),
  keys jsonb,
  version text
);
create or replace function weft_changed(entity text, keys jsonb default null, version text default null) returns bigint
language sql security definer set search_path from current as $$
  with next as (update weft_sequence set last = last + 1 returning last)
  insert into weft_outbox (sequence, entity, keys, version)
  select next.last, entity, keys, version from next returning sequence
$$;
create or replace function weft_notify() returns trigger language plpgsql as $$
begin
  perform pg_notify('weft_outbox', tg_table_schema);
  return null;
end
$$;
create or replace trigger weft_notify after insert on weft_outbox for each statement execute function weft_notify();
`;
