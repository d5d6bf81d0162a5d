// The names under which the store keeps things: hashes, so that no name tells what was asked or how long it is.
import { hash } from "node:crypto";
import { LRUCache } from "lru-cache";

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

/** Products are few, and their counters are asked for with every question. */
const productDigests = new LRUCache<string, string>({ max: 10_000 });
function productDigest(product: string): string {
  const known = productDigests.get(product);
  if (known !== undefined) return known;
  const made = digest(product);
  productDigests.set(product, made);
  return made;
}

/** Renewed by every event of the product: what lists and joins carry. */
export const productCounter = (product: string) => `{${productDigest(product)}}:changed`;
/** Renewed when the whole product may have changed: what entities carry. */
export const wholeCounter = (product: string) => `{${productDigest(product)}}:whole`;
/** The last sequence number of the product's events. */
export const sequenceName = (product: string) => `{${productDigest(product)}}:sequence`;
/** What the product's latest events named. */
export const changesName = (product: string) => `{${productDigest(product)}}:changes`;
/** Carried by everything. */
export const allCounter = `{${digest("all")}}:all`;

export function entryName(
  { request, visibility, schemaVersion }: Identity,
  products: readonly string[],
): string {
  return `{${digest("entry", request, visibility, schemaVersion, ...products)}}:entry`;
}

/** Names the hashes of one entity. Keys that differ only in a value's JSON type share one: an event may write `"1"` for `1`. */
export function hashNames(product: string, entity: string): (key: PrimaryKey) => string {
  const begin = JSON.stringify(["entity", product, entity]).slice(0, -1);
  return (key) => {
    let text = begin;
    for (const name of Object.keys(key).sort())
      text += `,${JSON.stringify(name)},${JSON.stringify(String(key[name]))}`;
    return `{${sha256(`${text}]`)}}:entity`;
  };
}

/** Of an entity's hash: enough to tell entities apart, but for a few of all there are. */
export const shortName = (hash: string): string => hash.slice(1, 1 + shortNameLength);
export const shortNameLength = 11;

/**
 * Names the fields of one selection, one for all keys whose values are of the same JSON types. `products`: those whose counters the
 * entries carry. `representation`: all that the entity is found by, as text, where that is more than its key.
 */
export function fieldNames(
  { request, visibility, schemaVersion }: Identity,
  products: readonly string[],
): (key: PrimaryKey, representation?: string) => string {
  const selection = digest("selection", request, visibility, schemaVersion, ...products);
  const plain = new Map<string, string>();
  return (key, representation) => {
    const types = Object.keys(key)
      .sort()
      .map((name) => typeof key[name])
      .join();
    if (representation !== undefined) return digest("field", selection, types, representation);
    const known = plain.get(types) ?? digest("field", selection, types);
    plain.set(types, known);
    return known;
  };
}

/**
 * The right to fetch an entry under these stamps: after an invalidation nobody waits for a fetch begun before it. SHA-1, since
 * Redis makes the same name where it knows the stamps first.
 */
export function claimName(entry: string, stamps: string): string {
  return `${claimPrefix(entry)}${hash("sha1", stamps)}`;
}
export const claimPrefix = (entry: string) => entry.replace(/:entry$/, ":claim:");

/** SHA-256 of the parts, each with its end marked. */
function digest(...parts: readonly string[]): string {
  return sha256(JSON.stringify(parts));
}

function sha256(text: string): string {
  return hash("sha256", text, "base64url");
}
