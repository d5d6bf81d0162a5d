// The names under which the store keeps things: hashes, so that no name tells what was asked or how long it is.
import { hash } from "node:crypto";

/** What makes two questions the same: all of it decides what is answered. */
export type Identity = {
  /** The canonical request with its variables. */
  readonly request: string;
  /** The scope of the caller's visibility. */
  readonly visibility: string;
  readonly schemaVersion: string;
};

/** A primary key, each field by name; values as on the wire. */
export type PrimaryKey = Readonly<Record<string, string | number | boolean>>;

/** Renewed by every event of the product: what lists and joins carry. */
export const productCounter = (product: string) => `{${digest(product)}}:changed`;
/** Renewed when the whole product may have changed: what entities carry. */
export const wholeCounter = (product: string) => `{${digest(product)}}:whole`;
/** The last sequence number of the product's events. */
export const sequenceName = (product: string) => `{${digest(product)}}:sequence`;
/** Carried by everything. */
export const allCounter = `{${digest("all")}}:all`;

export function entryName(
  { request, visibility, schemaVersion }: Identity,
  products: readonly string[],
): string {
  return `{${digest("entry", request, visibility, schemaVersion, ...products)}}:entry`;
}

/** Keys that differ only in the JSON type of a value share a hash (an event may write `"1"` for `1`), never a field. */
export function hashName(product: string, entity: string, key: PrimaryKey): string {
  return `{${digest("entity", product, entity, ...sorted(key).flatMap(([name, value]) => [name, String(value)]))}}:entity`;
}

/**
 * Names the fields of one selection. `products`: those whose counters the entries carry. `representation`: what the entity is found
 * by beside its key, as text.
 */
export function fieldNames(
  { request, visibility, schemaVersion }: Identity,
  products: readonly string[],
): (key: PrimaryKey, representation?: string) => string {
  const selection = digest("selection", request, visibility, schemaVersion, ...products);
  return (key, representation = "") =>
    digest("field", selection, JSON.stringify(sorted(key)), representation);
}

/** The right to fetch an entry under these stamps: after an invalidation nobody waits for a fetch begun before it. */
export const claimName = (entry: string, stamps: readonly string[]) =>
  entry.replace(/:entry$/, `:claim:${digest(...stamps)}`);

const sorted = (key: PrimaryKey) => Object.entries(key).sort(([a], [b]) => (a < b ? -1 : 1));

/** SHA-256 of the parts, each with its end marked. */
function digest(...parts: readonly string[]): string {
  return hash("sha256", JSON.stringify(parts), "base64url");
}
