// Texts that are known by their hash: those that the operator registered, and those that a caller sent with it.
import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";
import { policing } from "../policy/policy-faults.ts";

export type PersistedTexts = {
  readonly registered: readonly string[];
  /** By the SHA-256 in hex. */
  readonly find: (hash: string) => string | undefined;
  /** @throws policing.OPERATION_NOT_REGISTERED */
  readonly check: (text: string) => void;
  /** For Apollo Server, which compares a text that comes with a hash and keeps both here. */
  readonly keyed: {
    readonly get: (key: string) => Promise<string | undefined>;
    readonly set: (key: string, text: string) => Promise<void>;
    readonly delete: (key: string) => Promise<boolean>;
  };
};

export type PersistedOptions = { readonly registeredOnly: boolean; readonly persistedBytesMax: number };

/**
 * A registered text is known by its hash as it stands in the file and without white space at its end, which editors put
 * there and clients do not send.
 */
export function openPersistedTexts(
  files: readonly string[],
  { registeredOnly, persistedBytesMax }: PersistedOptions,
): PersistedTexts {
  const registered = [...new Set(files.map((text) => text.trimEnd()))];
  const texts = new Set([...files, ...registered]);
  const byHash = new Map([...texts].map((text) => [sha256(text), text.trimEnd()]));
  const sent = new LRUCache<string, string>({
    maxSize: persistedBytesMax,
    sizeCalculation: (text, hash) => text.length + hash.length,
  });
  const find = (hash: string) => byHash.get(hash) ?? sent.get(hash);
  return {
    registered,
    find,
    check: (text) => {
      if (registeredOnly && !texts.has(text)) throw policing.OPERATION_NOT_REGISTERED({});
    },
    keyed: {
      get: async (key) => find(hashOf(key)),
      set: async (key, text) => {
        if (!byHash.has(hashOf(key))) sent.set(hashOf(key), text);
      },
      delete: async (key) => sent.delete(hashOf(key)),
    },
  };
}

/** Apollo Server's keys are the hash behind a prefix of its own. */
function hashOf(key: string): string {
  return key.slice(key.indexOf(":") + 1);
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
