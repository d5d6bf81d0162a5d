// The store in this process's memory: the default where one gateway runs alone. Each operation is one step. Nobody else writes
// here, so that entries are held as they are, without format and checksum.
import { bytesOfBody, ownBody } from "./body.ts";
import { changeLine, readChange } from "./change-log.ts";
import { selectionOf, withSelection } from "./held-entity.ts";
import type { Held, Keyspace } from "./keyspace.ts";
import { changesName, productCounter, sequenceName, shortName, wholeCounter } from "./names.ts";
import { placeOf } from "./next-sequence.ts";
import {
  type Claim,
  type Entry,
  type Field,
  type FieldAddress,
  type Fill,
  livingEntry,
  type Store,
  type Written,
} from "./store.ts";
import type { StoreLimits } from "./store-limits.ts";

export type MemoryStoreParts = {
  /** Milliseconds; never goes back. */
  readonly now: () => number;
  /** A token that was never given before. */
  readonly token: () => string;
  /** What every key begins with; a store that has lost writes has another. "" = it never does. */
  readonly epoch: () => string;
  readonly keyspace: Keyspace;
};

export function openMemoryStore(
  { now, token, epoch, keyspace }: MemoryStoreParts,
  limits: StoreLimits,
): Store {
  const keyOf = (name: string) => {
    const own = epoch();
    return own === "" ? name : `${own}:${name}`;
  };
  const get = (name: string, atMs: number) => keyspace.get(keyOf(name), atMs);
  const set = (name: string, held: Held, endsAtMs: number) => keyspace.set(keyOf(name), held, endsAtMs);

  const stampsOf = (counters: readonly string[], atMs: number) =>
    counters.map((counter) => {
      const known = get(counter, atMs);
      const stamp = typeof known === "string" ? known : token();
      set(counter, stamp, atMs + limits.counterMs);
      return stamp;
    });
  const renew = (counters: readonly string[], atMs: number) => {
    for (const counter of counters) set(counter, token(), atMs + limits.counterMs);
  };
  const unlink = (hashes: readonly string[]) => {
    for (const hash of hashes) keyspace.delete(keyOf(hash));
  };
  const linesOf = (product: string, atMs: number) => {
    const held = get(changesName(product), atMs);
    return typeof held === "string" ? held.split("\n") : [];
  };
  /** `from`: the counter before the event. `hashes`: what it named. */
  const note = (
    product: string,
    from: Held | undefined,
    hashes: readonly string[] | undefined,
    atMs: number,
  ) => {
    const to = get(productCounter(product), atMs);
    const isKept = hashes && hashes.length <= limits.changeKeysMax;
    if (!isKept || typeof from !== "string" || typeof to !== "string")
      return keyspace.delete(keyOf(changesName(product)));
    const lines = [...linesOf(product, atMs), changeLine(from, to, hashes.map(shortName))];
    set(changesName(product), lines.slice(-limits.changesMax).join("\n"), atMs + limits.counterMs);
  };
  const entityOf = (hash: string, atMs: number) => {
    const held = get(hash, atMs);
    return typeof held === "object" && "lease" in held ? held : undefined;
  };

  /** The entry to keep, or why not. */
  const kept = ({ made, body }: Entry, atMs: number): Entry | Written => {
    if (atMs >= made.deleteAtMs) return "late";
    if (bytesOfBody(body ?? "") > limits.entryBytesMax) return "large";
    return { made, body: ownBody(body) };
  };

  /** `newLease`: for a hash that has none. */
  const readField = ({ hash, field }: FieldAddress, newLease: string | undefined, atMs: number): Field => {
    const entity = entityOf(hash, atMs);
    const entry = entity && livingEntry(selectionOf(entity, field), atMs);
    if (entry || newLease === undefined) return { entry, lease: entity?.lease };
    const leased = entity ?? { lease: newLease, newest: undefined };
    set(hash, leased, Math.max(keyspace.endsAtMs(keyOf(hash)), atMs + limits.leaseMs));
    return { entry, lease: leased.lease };
  };

  const fill = ({ hash, field, lease, entry }: Fill, atMs: number): Written => {
    const own = kept(entry, atMs);
    if (typeof own === "string") return own;
    const entity = entityOf(hash, atMs);
    if (entity?.lease !== lease) return "unleased";
    const endsAtMs = Math.max(keyspace.endsAtMs(keyOf(hash)), entry.made.deleteAtMs);
    set(hash, withSelection(entity, field, own, limits.fieldsMax), endsAtMs);
    return "stored";
  };

  const release = ({ name, holder }: Claim) => {
    if (get(name, now()) === holder) keyspace.delete(keyOf(name));
  };

  return {
    rests: () => false,
    read: async (name, counters) => {
      const atMs = now();
      const held = get(name, atMs);
      const entry = typeof held === "object" && "made" in held ? livingEntry(held, atMs) : undefined;
      return { atMs, stamps: stampsOf(counters, atMs), entry };
    },
    write: async (name, entry, claim) => {
      if (claim) release(claim);
      const own = kept(entry, now());
      if (typeof own === "string") return own;
      set(name, own, entry.made.deleteAtMs);
      return "stored";
    },
    readFields: async (addresses, counters, { lease }) => {
      const atMs = now();
      const newLease = token();
      const fields = addresses.map((address, place) =>
        readField(address, lease(place) ? newLease : undefined, atMs),
      );
      return { atMs, stamps: stampsOf(counters, atMs), fields };
    },
    fill: async (fills) => {
      const atMs = now();
      return fills.map((each) => fill(each, atMs));
    },
    mark: async ({ product, sequence, hashes }) => {
      const atMs = now();
      unlink(hashes ?? []);
      const name = sequenceName(product);
      const last = get(name, atMs) as string | undefined;
      const place = placeOf(sequence, last);
      const scope = place === "gap" || hashes === undefined ? "product" : "keys";
      const counter = productCounter(product);
      const from = get(counter, atMs);
      renew([counter, ...(scope === "product" ? [wholeCounter(product)] : [])], atMs);
      note(product, from, scope === "keys" ? hashes : undefined, atMs);
      const latest = place === "known" ? (last as string) : sequence;
      set(name, latest, atMs + limits.counterMs);
      return scope;
    },
    changes: async (product) => linesOf(product, now()).map(readChange),
    unlink: async (hashes) => unlink(hashes),
    renew: async (counters) => renew(counters, now()),
    claim: async ({ name, holder }, forMs) => {
      const atMs = now();
      if (get(name, atMs) !== undefined) return false;
      set(name, holder, atMs + forMs);
      return true;
    },
    release: async (claim) => release(claim),
    [Symbol.asyncDispose]: async () => keyspace.clear(),
  };
}
