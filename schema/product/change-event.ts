// Change events: what a product says when its rows change. CloudEvents 1.0, type `weft.product.changed`.
import { z } from "zod";

export const changeEventType = "weft.product.changed";

const keyValue = z.union([z.string(), z.number(), z.boolean()]);

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
    keys: z.array(z.record(z.string(), keyValue)).min(1).optional(),
    /** The version of the rows after the change, where the source has one. */
    version: z.string().optional(),
  }),
});

export type ChangeEvent = z.output<typeof changeEventSchema>;

/**
 * The outbox of a product in PostgreSQL: a transaction that changes rows also writes here, so that an event exists
 * exactly where its change does. Sequence numbers are given in the order of commits, by locking the counter's row.
 */
export const outboxSql = `create table weft_sequence (single boolean primary key default true check (single), last bigint not null);
insert into weft_sequence (last) values (0);
create table weft_outbox (
  sequence bigint primary key,
  at timestamptz not null default clock_timestamp(),
  entity text not null,
  keys jsonb,
  version text
);
create function weft_changed(entity text, keys jsonb default null, version text default null) returns bigint
language sql as $$
  with next as (update weft_sequence set last = last + 1 returning last)
  insert into weft_outbox (sequence, entity, keys, version)
  select next.last, entity, keys, version from next returning sequence
$$;
`;
