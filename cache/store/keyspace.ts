// The keys of the store in memory: bounded by bytes, the least recently used goes first.
import { LRUCache } from "lru-cache";
import { bytesOfBody } from "./body.ts";
import { type HeldEntity, selectionsOf } from "./held-entity.ts";
import type { Entry } from "./store.ts";

/** A counter, a claim's holder, a sequence or a product's changes; an entry; an entity. */
export type Held = string | Entry | HeldEntity;

type Slot = { readonly held: Held; readonly endsAtMs: number };

/** What is held is never changed in place, so that a copy of the entries is a snapshot. */
export type Keyspace = {
  /** What is there and has not ended at `atMs`. */
  readonly get: (key: string, atMs: number) => Held | undefined;
  /** Keeps it until `endsAtMs`, or until others need the room. */
  readonly set: (key: string, held: Held, endsAtMs: number) => void;
  readonly endsAtMs: (key: string) => number;
  /** What is held by now, names and all. */
  readonly bytes: () => number;
  readonly delete: (key: string) => void;
  readonly clear: () => void;
  /** Does one more push another out? */
  readonly isCrowded: () => boolean;
};

/** From this share of its room on a keyspace is crowded. */
const crowdedShare = 0.95;

/** Bytes that a key costs beside its name and what it holds, and a selection beside its body, roughly. */
const slotBytes = 160;

export function openKeyspace({ bytesMax }: { readonly bytesMax: number }): Keyspace {
  const slots = new LRUCache<string, Slot>({
    maxSize: bytesMax,
    sizeCalculation: ({ held }, key) => slotBytes + key.length + bytesOf(held),
  });
  return {
    get: (key, atMs) => {
      const slot = slots.get(key);
      if (!slot || atMs < slot.endsAtMs) return slot?.held;
      slots.delete(key);
      return undefined;
    },
    set: (key, held, endsAtMs) => {
      slots.set(key, { held, endsAtMs: Math.ceil(endsAtMs) }); // a whole number takes no room of its own
    },
    endsAtMs: (key) => slots.peek(key)?.endsAtMs ?? 0,
    bytes: () => slots.calculatedSize,
    delete: (key) => {
      slots.delete(key);
    },
    clear: () => slots.clear(),
    isCrowded: () => slots.calculatedSize > crowdedShare * bytesMax,
  };
}

function bytesOf(held: Held): number {
  if (typeof held === "string") return held.length;
  if ("made" in held) return held.made.stamps.length + bytesOfBody(held.body ?? "");
  let bytes = held.lease.length;
  for (const { field, body = "" } of selectionsOf(held.newest))
    bytes += slotBytes + field.length + bytesOfBody(body);
  return bytes;
}
