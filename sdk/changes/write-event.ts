// A change as the event that tells of it.
import { canonicalValue } from "../../schema/product/canonical-value.ts";
import { type ChangeEvent, changeEventSchema, changeEventType } from "../../schema/product/change-event.ts";
import type { ScalarValue } from "../../schema/product/scalar.ts";
import type { Product } from "../product.ts";

/** A primary key: each of its fields by name. */
export type ChangedKey = Readonly<Record<string, ScalarValue>>;

export type Change = {
  /** A whole number from 1, as a string. */
  readonly sequence: string;
  /** When it was announced. */
  readonly at: Date;
  readonly entity: string;
  /** Anything: an outbox may have been written by hand. */
  readonly keys: unknown;
  readonly version?: string | null;
};

/** Most bytes of one event: a gateway takes bodies of 4 MiB unless told otherwise. */
const eventBytesMax = 1024 * 1024;

/**
 * The event, its keys' values in canonical form. Keys that make no valid event (a null, none at all), or one of more than a
 * mebibyte, are left out: the event then says that the whole product may have changed, which is never wrong.
 */
export function writeEvent(product: Product, change: Change): ChangeEvent {
  const { sequence, at, entity, keys, version } = change;
  const event = {
    specversion: "1.0" as const,
    type: changeEventType as typeof changeEventType,
    id: `${product.id}/${sequence}`,
    source: product.id,
    sequence,
    time: at.toISOString(),
    datacontenttype: "application/json" as const,
  };
  const bare = { entity, ...(version ? { version } : {}) };
  const { data: whole } = changeEventSchema.safeParse({ ...event, data: { ...bare, keys } });
  if (!whole?.data.keys) return { ...event, data: bare };
  const written = {
    ...event,
    data: { ...bare, keys: whole.data.keys.map((key) => canonicalKey(product, entity, key)) },
  };
  return Buffer.byteLength(JSON.stringify(written)) > eventBytesMax ? { ...event, data: bare } : written;
}

function canonicalKey(product: Product, entity: string, key: ChangedKey): Record<string, ScalarValue> {
  const scalars = new Map(product.entities.get(entity)?.key.map(({ name, scalar }) => [name, scalar]));
  return Object.fromEntries(
    Object.entries(key).map(([field, value]) => {
      const scalar = scalars.get(field);
      return [field, scalar === undefined ? value : canonicalValue(scalar, value)];
    }),
  );
}
