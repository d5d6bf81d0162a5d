// What is remembered under other tokens than the present ones, and what events named since.
import type { EntryReading, Store } from "../store/store.ts";
import type { Former } from "./asked.ts";
import { openChanges } from "./changes.ts";

/** What was read for a question: the counter of all, then those of its products, in their order. */
export type ReadFor = {
  readonly products: readonly string[];
  readonly toleranceMs: number;
  readonly reading: EntryReading | undefined;
};

export type Formers = {
  /** Undefined where there is none, it is too old in time, or everything was forgotten. */
  readonly of: (question: ReadFor) => Promise<Former | undefined>;
};

export function openFormers(parts: { readonly store: Pick<Store, "changes"> }): Formers {
  const changes = openChanges(parts);
  return {
    of: async ({ products, toleranceMs, reading }) => {
      const { body, made } = reading?.entry ?? {};
      if (!reading || !made || body === undefined) return undefined;
      const [all, ...before] = made.stamps.split(",");
      const [allNow, ...after] = reading.stamps;
      if (all !== allNow || reading.atMs - made.atMs >= toleranceMs) return undefined;
      const named = products.map(async (product, i) => {
        const [from, to] = [before[i], after[i]] as [string, string];
        return from === to ? [] : [[product, await changes.between(product, from, to)] as const];
      });
      const changed = new Map((await Promise.all(named)).flat());
      return changed.size > 0 ? { body, changed } : undefined;
    },
  };
}
