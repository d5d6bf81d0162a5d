// The store port: where entries, counters and leases are kept. Two keep it: this process's memory, and Redis.
import type { Body } from "./body.ts";
import type { Change } from "./change-log.ts";

/** When and under what entries were made: alike for all that one fetch brought. Times are milliseconds of the store's own clock. */
export type Made = {
  /** When the store was read before the fetch: the answer is no older than this. */
  readonly atMs: number;
  /** From here on it is served only while a newer one is fetched. */
  readonly staleAtMs: number;
  /** From here on it is never served. */
  readonly deleteAtMs: number;
  /** How long the fetch took: what the entry saves. */
  readonly tookMs: number;
  /** The counters' tokens, in the order asked, read before the fetch, as one text (`stampsText`). */
  readonly stamps: string;
};

/** One answer that is remembered. */
export type Entry = {
  readonly made: Made;
  /** Undefined = the entity does not exist. */
  readonly body: Body | undefined;
};

/** The store's clock and the counters, read in the round trip that read the entries. */
export type Reading = {
  readonly atMs: number;
  /** One token for each counter asked, in that order. */
  readonly stamps: readonly string[];
};

/** What an entry carries of a reading, and is compared by. */
export const stampsText = ({ stamps }: Reading): string => stamps.join();

/** The entry, before its end. */
export function livingEntry(entry: Entry | undefined, atMs: number): Entry | undefined {
  return entry && atMs < entry.made.deleteAtMs ? entry : undefined;
}

export type EntryReading = Reading & {
  /** Sound and before its end; its stamps are for the reader to compare. */
  readonly entry: Entry | undefined;
  /** Whether the right to fetch came along; left out = it was not asked for, is not needed, or has to be asked for apart. */
  readonly isClaimed?: boolean | undefined;
};

/** Where an entity's answer lies: the hash of the entity, and the field of the selection. */
export type FieldAddress = { readonly hash: string; readonly field: string };

export type Field = {
  readonly entry: Entry | undefined;
  /** The hash's generation; undefined where there is none and none was wanted. */
  readonly lease: string | undefined;
};

export type FieldsReading = Reading & { readonly fields: readonly Field[] };

/** What is to be kept of one entity, and the lease under which it was fetched. */
export type Fill = FieldAddress & { readonly lease: string; readonly entry: Entry };

/** "large": more than the store takes. "late": past its end. "full": there is no room. "unleased": invalidated meanwhile. */
export type Written = "stored" | "large" | "late" | "full" | "unleased";

/** The right to fetch an entry for others, and who has it. */
export type Claim = { readonly name: string; readonly holder: string };

/** Who would have that right, and for how long at most, in milliseconds. */
export type Claiming = { readonly holder: string; readonly forMs: number };

/** One change event, as the store needs it. */
export type ChangeMark = {
  readonly product: string;
  /** A whole number without leading zeros. */
  readonly sequence: string;
  /** The hashes of the entities that changed; undefined = the whole product may have. */
  readonly hashes: readonly string[] | undefined;
};

/**
 * Names of entries, hashes and counters are made by `names.ts`. Every key in the store begins with the server's epoch, so
 * that a store which restarted, was restored or failed over is empty. A counter that is missing becomes a random token
 * that was never used; so no token ever comes back. Each operation rejects with a fault of `caching` when it fails,
 * within the command timeout.
 */
export type Store = AsyncDisposable & {
  /** Whether it is left alone for a while, since it failed: each operation would reject at once. */
  readonly rests: () => boolean;
  /**
   * `claiming`: claims the right to fetch in the same round trip, where that spares one and there is no entry under the present
   * stamps. The claim is that of `claimName`.
   */
  readonly read: (name: string, counters: readonly string[], claiming?: Claiming) => Promise<EntryReading>;
  /** Gives the right to fetch it back with it, whether or not it is stored. */
  readonly write: (name: string, entry: Entry, claim?: Claim) => Promise<Written>;
  /**
   * `lease`: whether the field at this place, if it is missing, gives its hash a generation, so that it can be filled. Hashes that
   * are read together get the same: each loses it by itself.
   */
  readonly readFields: (
    addresses: readonly FieldAddress[],
    counters: readonly string[],
    options: { readonly lease: (place: number) => boolean },
  ) => Promise<FieldsReading>;
  /** Stores each only while the lease under which it was fetched stands; tells of each, in their order. */
  readonly fill: (fills: readonly Fill[]) => Promise<readonly Written[]>;
  /**
   * Unlinks the hashes, renews the product's counter and notes the sequence. Where the sequence has a gap, or is the first
   * that this store hears of, the whole product goes. Written when it resolves.
   */
  readonly mark: (change: ChangeMark) => Promise<"keys" | "product">;
  /**
   * The product's latest events, the newest last. They lead from token to token of its counter, but where something else renewed
   * that: a gap, an event without keys or with too many, `renew`.
   */
  readonly changes: (product: string) => Promise<readonly Change[]>;
  /** Takes away what is kept under these names: hashes with their fields and their leases, sequences. */
  readonly unlink: (names: readonly string[]) => Promise<void>;
  /** Gives counters new tokens: whatever carries an old one is served no more, unless it is found to be the same. */
  readonly renew: (counters: readonly string[]) => Promise<void>;
  /** The right to fetch for others: true for one holder at a time, until it is released or `forMs` is over. */
  readonly claim: (claim: Claim, forMs: number) => Promise<boolean>;
  readonly release: (claim: Claim) => Promise<void>;
};
