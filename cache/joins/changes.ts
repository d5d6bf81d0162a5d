// What events named between two tokens of a product's counter: most of them change little of what many answers are made of.
import { LRUCache } from "lru-cache";
import type { Change } from "../store/change-log.ts";
import type { Store } from "../store/store.ts";

export type Changes = {
  /**
   * Short names of the entities that events named from the one token to the other; undefined where that is not known, so that
   * anything may have changed.
   */
  readonly between: (product: string, from: string, to: string) => Promise<ReadonlySet<string> | undefined>;
};

/** Names and tokens of all products together that are held here. */
const textsMax = 100_000;

/** The store is asked once for each token of a product: all answers that its event made old go by the same. */
export function openChanges({ store }: { readonly store: Pick<Store, "changes"> }): Changes {
  type Log = { readonly to: string; readonly changes: Promise<readonly Change[]> };
  const logs = new LRUCache<string, Log>({ maxSize: textsMax });
  const logOf = (product: string, to: string): Log["changes"] => {
    const known = logs.get(product);
    if (known?.to === to) return known.changes;
    const changes = store.changes(product);
    const log = { to, changes };
    logs.set(product, log, { size: 1 });
    const size = (all: readonly Change[]) => all.reduce((sum, { named }) => sum + 2 + named.length, 1);
    const isHeld = () => logs.peek(product) === log;
    changes.then(
      // A copy: of the same object the size would not be taken. One that is larger than all may be is held alone.
      (all) => isHeld() && logs.set(product, { ...log }, { size: Math.min(size(all), textsMax) }),
      () => isHeld() && logs.delete(product), // the next one asks again
    );
    return changes;
  };
  return {
    between: async (product, from, to) => {
      const changes = (await logOf(product, to).catch(() => undefined)) ?? [];
      const named = new Set<string>();
      let at = from;
      for (const change of changes) {
        if (at === to) break;
        if (change.from !== at) continue;
        for (const name of change.named) named.add(name);
        at = change.to;
      }
      return at === to ? named : undefined;
    },
  };
}
