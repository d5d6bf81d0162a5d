// Changes of a source that is no database of ours: the team's code says what changed.
import type { Product } from "../product.ts";
import { openBell } from "./bell.ts";
import type { ChangeSource, Deliver, ObserveChanges } from "./change-source.ts";
import { announcing } from "./changes-faults.ts";
import { folderOutbox } from "./folder-outbox.ts";
import { type FollowOptions, followChanges } from "./follow-changes.ts";
import { memoryOutbox } from "./memory-outbox.ts";
import { type ChangedKey, writeEvent } from "./write-event.ts";

export type Changes = AsyncDisposable & {
  /**
   * Tells of a change of these rows, or of any rows of the product. Resolves when it cannot be lost any more: with a folder
   * once it is on the disk, with a counter of the caller's once it was delivered.
   * @throws announcing.CHANGES_DEFINITION, announcing.OUTBOX_MAX, announcing.CHANGES_ENDED
   */
  readonly changed: (entity: string, keys?: readonly ChangedKey[]) => Promise<void>;
};

export type ChangesKept =
  | {
      /** A folder that outlives the process. One process at a time: another one's opening is OUTBOX_LOCKED. */
      readonly directory: string;
      /** Most bytes of events that wait. Default 64 MiB. */
      readonly bytesMax?: number;
    }
  | {
      /**
       * A counter that outlives the process: whole numbers from 1, as strings, one more each time. Events are in memory; one
       * that a crash took leaves a gap, which gateways take for a change of the whole product.
       */
      readonly nextSequence: () => Promise<string>;
      /** Most events that wait. Default 10,000. */
      readonly eventsMax?: number;
    };

export type ChangesParts = {
  readonly product: Product;
  readonly deliver: Deliver;
  readonly observe: ObserveChanges;
  readonly now: () => number;
};

/** More keys in one event say less than "the whole product" for what they cost. */
const keysMax = 1_000;

/**
 * Delivers until it is disposed. From a folder, what is left is delivered once it is opened again.
 * @throws announcing.OUTBOX_LOCKED
 */
export async function openChanges(
  { product, deliver, observe, now }: ChangesParts,
  kept: ChangesKept,
  options: Omit<FollowOptions, "signal"> = {},
): Promise<Changes> {
  const outbox =
    "directory" in kept
      ? await folderOutbox({ bytesMax: 64 * 1024 * 1024, ...kept, product: product.id })
      : memoryOutbox({ eventsMax: 10_000, ...kept, product: product.id });
  const bell = openBell();
  const inTurn = turns();
  const source: ChangeSource = {
    consumer: "gateways",
    open: async () => ({
      read: async ({ eventsMax }) => outbox.pending.slice(0, eventsMax),
      acknowledge: (sequence) => inTurn(() => outbox.acknowledge(sequence)),
      changed: bell.wait,
      [Symbol.asyncDispose]: async () => {},
    }),
  };
  const ending = new AbortController();
  const parts = { product: product.id, source, deliver, observe };
  const following = followChanges(parts, { ...options, signal: ending.signal });
  return {
    changed: async (entity, keys) => {
      checkChange(product, entity, keys);
      const told = keys && keys.length > keysMax ? undefined : keys;
      const { kept: untilKept } = await inTurn(async () => {
        const sequence = await outbox.next();
        return outbox.append(writeEvent(product, { sequence, at: new Date(now()), entity, keys: told }));
      });
      bell.ring();
      await untilKept;
    },
    [Symbol.asyncDispose]: async () => {
      ending.abort();
      await following;
      await inTurn(() => outbox[Symbol.asyncDispose]());
    },
  };
}

function checkChange(product: Product, entity: string, keys: readonly ChangedKey[] = []): void {
  const refuse = (problem: string) => announcing.CHANGES_DEFINITION({ product: product.id, problem });
  const known = product.entities.get(entity);
  if (!known) throw refuse(`${entity} is not one of its entities`);
  for (const key of keys)
    if (
      Object.keys(key).length !== known.key.length ||
      known.key.some(({ name }) => key[name] === undefined)
    ) {
      const fields = known.key.map(({ name }) => name).join(", ");
      throw refuse(`${JSON.stringify(key)} is no key of ${entity}, which is found by ${fields}`);
    }
}

/** Runs what it is given one after the other, in the order of the calls; one that fails does not keep the next. */
function turns(): <T>(act: () => PromiseLike<T>) => Promise<T> {
  let before: Promise<unknown> = Promise.resolve();
  return (act) => {
    const mine = before.then(act);
    before = mine.catch(() => {});
    return mine;
  };
}
