// Copies of entries that are in Redis: what is still there need not be sent again. They are no cache: Redis is asked each time.
import { LRUCache } from "lru-cache";
import { bytesOfBody, ownBody } from "./body.ts";
import { headerBytes } from "./entry-format.ts";
import type { Entry } from "./store.ts";

/** An entry that was sound when it was copied; `header`: what tells it from every other entry of its name. */
export type Copy = { readonly header: Buffer; readonly entry: Entry };

export type Copies = {
  readonly of: (name: string) => Copy | undefined;
  /** `bytes`: the entry as it is written. */
  readonly keep: (name: string, bytes: Buffer, entry: Entry) => void;
};

export function openCopies({ copiesBytesMax }: { readonly copiesBytesMax: number }): Copies {
  if (copiesBytesMax === 0) return { of: () => undefined, keep: () => {} };
  const copies = new LRUCache<string, Copy>({
    maxSize: copiesBytesMax,
    sizeCalculation: ({ entry: { body = "" } }, name) => name.length + 2 * headerBytes + bytesOfBody(body),
  });
  return {
    of: (name) => copies.get(name),
    keep: (name, bytes, entry) => {
      const header = Buffer.from(bytes.subarray(0, headerBytes));
      copies.set(name, { header, entry: { made: entry.made, body: ownBody(entry.body) } });
    },
  };
}

/** Redis has what the caller has. */
export const isSame = (found: unknown): boolean => found === -1;
