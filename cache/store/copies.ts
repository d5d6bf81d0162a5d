// Copies of entries that are in Redis: what is still there need not be sent again. They are no cache: Redis is asked each time.
import { LRUCache } from "lru-cache";
import { headerBytes } from "./entry-format.ts";

export type Copies = {
  readonly of: (name: string) => Buffer | undefined;
  readonly keep: (name: string, bytes: Buffer) => void;
};

export function openCopies({ copiesBytesMax }: { readonly copiesBytesMax: number }): Copies {
  if (copiesBytesMax === 0) return { of: () => undefined, keep: () => {} };
  const copies = new LRUCache<string, Buffer>({
    maxSize: copiesBytesMax,
    sizeCalculation: (bytes, name) => name.length + bytes.length,
  });
  return {
    of: (name) => copies.get(name),
    keep: (name, bytes) => {
      copies.set(name, bytes);
    },
  };
}

/** What tells a copy from every other entry of its name; "" where there is none. */
export function headerOf(copy: Buffer | undefined): Buffer | "" {
  return copy?.subarray(0, headerBytes) ?? "";
}

/** Redis has what the caller has. */
export const isSame = (found: unknown): boolean => found === -1;
