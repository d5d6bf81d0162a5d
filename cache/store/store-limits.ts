// How much a store keeps, and for how long what has no end of its own.

export type StoreLimits = {
  /** Of an entry's body as it is fetched, and of the entry as it is kept. */
  readonly entryBytesMax: number;
  /** Selections remembered of one entity; with one more, the others go. */
  readonly fieldsMax: number;
  /** How long a fetch of an entity may take to be stored all the same. */
  readonly leaseMs: number;
  /** How long a counter is remembered that nobody reads: whatever carries it goes with it. */
  readonly counterMs: number;
  /** Events of a product whose keys are kept, and keys of one event; with more, nothing is known of what was before. */
  readonly changesMax: number;
  readonly changeKeysMax: number;
};

export const usualStoreLimits: StoreLimits = {
  entryBytesMax: 4 * 1024 * 1024,
  fieldsMax: 32,
  leaseMs: 60_000,
  counterMs: 7 * 86_400_000,
  changesMax: 256,
  changeKeysMax: 64,
};
