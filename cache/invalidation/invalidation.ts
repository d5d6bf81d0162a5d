// Makes the cache forget: what a change event names, a product, or everything.
import type { ChangeEvent } from "../../schema/product/change-event.ts";
import type { ObserveCache } from "../cache-event.ts";
import {
  allCounter,
  hashNames,
  type PrimaryKey,
  productCounter,
  sequenceName,
  wholeCounter,
} from "../store/names.ts";
import type { Store } from "../store/store.ts";

/** Each resolves when it is written, and may be acknowledged then; rejects with a fault of `caching`, status 503. */
export type Invalidation = {
  readonly event: (event: ChangeEvent) => Promise<void>;
  /** Entities of a product, and all lists and joins that read it; leaves the sequence of its events alone. */
  readonly keys: (product: string, entity: string, keys: readonly PrimaryKey[]) => Promise<void>;
  /** And where its sequence was: one that begins anew (a restored source) would else look like events sent again. */
  readonly product: (id: string) => Promise<void>;
  readonly all: () => Promise<void>;
};

export type InvalidationParts = {
  readonly store: Store;
  /**
   * Is it the product's entity, and are these the fields of its primary key? By any others nothing is remembered: then the
   * whole product counts as changed.
   */
  readonly isKey: (product: string, entity: string, key: PrimaryKey) => boolean;
  /** Lets nobody join what this process is fetching: for callers who come while the store fails, and see no counters. */
  readonly detach: () => void;
  readonly observe: ObserveCache;
};

/**
 * No entry, lease or flight on any gateway has to be told: whoever reads later reads other tokens, and no lease. So that an
 * invalidation holds everywhere from the moment it is written.
 */
export function openInvalidation({ store, isKey, detach, observe }: InvalidationParts): Invalidation {
  const whole = async (id: string) => {
    detach();
    await store.unlink([sequenceName(id)]);
    await store.renew([wholeCounter(id), productCounter(id)]);
    observe({ kind: "cache.invalidated", scope: "product", source: id });
  };
  return {
    event: async ({ source, sequence, data: { entity, keys } }) => {
      detach();
      const named = keys?.every((key) => isKey(source, entity, key)) ? keys : undefined;
      const hashes = named?.map(hashNames(source, entity));
      const scope = await store.mark({ product: source, sequence, hashes });
      observe({ kind: "cache.invalidated", scope, source });
    },
    keys: async (product, entity, keys) => {
      if (!keys.every((key) => isKey(product, entity, key))) return whole(product);
      detach();
      await store.unlink(keys.map(hashNames(product, entity)));
      await store.renew([productCounter(product)]);
      observe({ kind: "cache.invalidated", scope: "keys", source: product });
    },
    product: whole,
    all: async () => {
      detach();
      await store.renew([allCounter]);
      observe({ kind: "cache.invalidated", scope: "all", source: "" });
    },
  };
}
