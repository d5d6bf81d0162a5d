// The keys of a memory store that can be evicted one by one, copied late to a replica, and lost to it.
import type { Held, Keyspace } from "../../../cache/store/keyspace.ts";

export type ReplicatedKeyspace = Keyspace & {
  readonly evict: (which: number) => void;
  readonly replicate: () => void;
  /** What was not replicated is lost. */
  readonly failOver: () => void;
};

export function openReplicatedKeyspace(): ReplicatedKeyspace {
  type Slots = Map<string, { readonly held: Held; readonly endsAtMs: number }>;
  let master: Slots = new Map();
  let replica: Slots = new Map();
  return {
    get: (key, atMs) => {
      const slot = master.get(key);
      return slot && atMs < slot.endsAtMs ? slot.held : undefined;
    },
    set: (key, held, endsAtMs) => void master.set(key, { held, endsAtMs }),
    endsAtMs: (key) => master.get(key)?.endsAtMs ?? 0,
    delete: (key) => void master.delete(key),
    clear: () => master.clear(),
    isCrowded: () => false,
    bytes: () => master.size,
    evict: (which) => {
      const key = [...master.keys()][which % Math.max(1, master.size)];
      if (key !== undefined) master.delete(key);
    },
    replicate: () => {
      replica = new Map(master);
    },
    failOver: () => {
      [master, replica] = [replica, new Map(master)];
    },
  };
}
