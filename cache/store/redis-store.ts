// The store in Redis 7.0 or later. Each operation is a script or several that go out together.
import type { ObserveCache } from "../cache-event.ts";
import { caching } from "../caching-faults.ts";
import { openBreaker } from "./breaker.ts";
import { headerOf, isSame, openCopies } from "./copies.ts";
import { writeEntry } from "./entry-format.ts";
import { judgeEntries } from "./judge-entry.ts";
import { productCounter, sequenceName, wholeCounter } from "./names.ts";
import type { RedisConnection } from "./redis-connection.ts";
import { claimFetchScript } from "./scripts/claim-fetch.ts";
import { fillFieldScript } from "./scripts/fill-field.ts";
import { markChangeScript } from "./scripts/mark-change.ts";
import { readCountersScript } from "./scripts/read-counters.ts";
import { readEntryScript } from "./scripts/read-entry.ts";
import { readFieldsScript } from "./scripts/read-fields.ts";
import { releaseClaimScript } from "./scripts/release-claim.ts";
import { renewCountersScript } from "./scripts/renew-counters.ts";
import type { Script } from "./scripts/script.ts";
import { unlinkHashesScript } from "./scripts/unlink-hashes.ts";
import { writeEntryScript } from "./scripts/write-entry.ts";
import type { Entry, Field, FieldAddress, Store, Written } from "./store.ts";
import type { StoreLimits } from "./store-limits.ts";

export type RedisStoreParts = {
  readonly connection: RedisConnection;
  /** Milliseconds of this process, for the breaker and for what is observed; entries live by the server's clock. */
  readonly now: () => number;
  /** A token that was never given before. */
  readonly token: () => string;
  readonly observe: ObserveCache;
};

export type RedisStoreOptions = {
  readonly failuresMax: number;
  readonly restMs: number;
  /** Bytes of entries that are held here too: those that Redis still has are not sent again. 0 = none are. */
  readonly copiesBytesMax: number;
};

/** A store that failed is tried again after a second: with a second for connecting it is back well within five. */
export const usualRedisStoreOptions: RedisStoreOptions = { failuresMax: 5, restMs: 1_000, copiesBytesMax: 0 };

/** A Redis that is full still answers: it is not failing. */
const kept = (reply: Promise<unknown>): Promise<Written> =>
  reply.then(
    (written) => String(written) as Written,
    (cause) => {
      if (cause instanceof Error && cause.message.startsWith("OOM")) return "full";
      throw cause;
    },
  );

/** Keys of one call, where one server holds them all: it answers nobody else meanwhile. */
const keysOfCallMax = 100;

type Found = Buffer | number | null;

export function openRedisStore(
  { connection, now, token, observe }: RedisStoreParts,
  limits: StoreLimits,
  options: RedisStoreOptions = usualRedisStoreOptions,
): Store {
  const { run } = connection;
  const judge = judgeEntries(observe, limits.entryBytesMax);
  const suspended = (failures: number) => {
    connection.reconnect();
    observe({ kind: "cache.store-suspended", failures });
  };
  const resumed = () => observe({ kind: "cache.store-resumed" });
  const breaker = openBreaker({ now, suspended, resumed }, options);

  const copies = openCopies(options);

  const guarded = async <T>(operation: string, run: () => Promise<T>): Promise<T> => {
    const againInMs = breaker.waitMs();
    if (againInMs > 0) throw caching.CACHE_SUSPENDED({ againInMs });
    const startedMs = now();
    try {
      const result = await run();
      breaker.worked();
      return result;
    } catch (cause) {
      breaker.failed();
      observe({ kind: "cache.store-failed", operation, tookMs: now() - startedMs, cause });
      throw caching.CACHE_UNREACHABLE({ operation }, cause);
    }
  };

  /** Runs a script on as many keys at once as one server holds. */
  const inCalls = async <T, Reply>(all: readonly T[], call: (some: readonly T[]) => Promise<Reply>) => {
    const size = connection.spread ? 1 : keysOfCallMax;
    const calls: Promise<Reply>[] = [];
    for (let at = 0; at < all.length; at += size) calls.push(call(all.slice(at, at + size)));
    return Promise.all(calls);
  };

  const withTokens = (script: Script, counters: readonly string[]) =>
    inCalls(counters, (some) => run(script, some, [limits.counterMs, ...some.map(token)]));
  const stampsOf = async (counters: readonly string[]) =>
    (await withTokens(readCountersScript, counters)).flatMap((tokens) => (tokens as Buffer[]).map(String));

  /** Some at a time: of all at once the last would wait for longer than a command may take, however often it is tried. */
  const unlink = async (hashes: readonly string[]) => {
    for (let at = 0; at < hashes.length; at += keysOfCallMax)
      await inCalls(hashes.slice(at, at + keysOfCallMax), (some) => run(unlinkHashesScript, some, []));
  };

  /** The bytes to keep, or undefined where there are too many. */
  const bytesOf = (name: string, entry: Entry): Buffer | undefined => {
    if ((entry.body?.length ?? 0) > limits.entryBytesMax) return undefined;
    const bytes = writeEntry(name, entry);
    return bytes.length > limits.entryBytesMax ? undefined : bytes;
  };
  const found = (reply: Found) => (typeof reply === "number" ? "too large" : (reply ?? undefined));

  const readSome = async (addresses: readonly (FieldAddress & { readonly lease: string })[]) => {
    const args = addresses.flatMap(({ field, lease }) => [field, lease]);
    const hashes = addresses.map(({ hash }) => hash);
    const reply = await run(readFieldsScript, hashes, [limits.entryBytesMax, limits.leaseMs, ...args]);
    const [atMs, ...values] = reply as [number, ...Found[]];
    const fields = addresses.map(({ hash, field }, i): Field => {
      const [value = null, given] = [values[i * 2], values[i * 2 + 1]];
      return { entry: judge(hash + field, found(value), atMs), lease: given?.toString() };
    });
    return { atMs, fields };
  };

  return {
    read: (name, counters) =>
      guarded("read", async () => {
        const copy = copies.of(name);
        const [stamps, reply] = await Promise.all([
          stampsOf(counters),
          run(readEntryScript, [name], [limits.entryBytesMax, headerOf(copy)]),
        ]);
        const [atMs, value] = reply as [number, Found];
        if (Buffer.isBuffer(value)) copies.keep(name, value);
        const bytes = isSame(value) ? copy : found(value);
        return { atMs, stamps, entry: judge(name, bytes, atMs) };
      }),
    write: async (name, entry) => {
      const bytes = bytesOf(name, entry);
      if (!bytes) return "large";
      copies.keep(name, bytes);
      return guarded("write", () => kept(run(writeEntryScript, [name], [bytes, entry.deleteAtMs])));
    },
    readFields: (addresses, counters, { lease }) =>
      guarded("readFields", async () => {
        const asked = addresses.map((address, place) => ({ ...address, lease: lease(place) ? token() : "" }));
        const [stamps, calls] = await Promise.all([stampsOf(counters), inCalls(asked, readSome)]);
        // Servers' clocks may differ a little: the earliest makes nothing look younger than it is.
        const atMs = Math.min(...calls.map((call) => call.atMs));
        return { atMs, stamps, fields: calls.flatMap(({ fields }) => fields) };
      }),
    fill: async ({ hash, field }, lease, entry) => {
      const bytes = bytesOf(hash + field, entry);
      if (!bytes) return "large";
      const args = [field, lease, bytes, entry.deleteAtMs, limits.fieldsMax];
      return guarded("fill", () => kept(run(fillFieldScript, [hash], args)));
    },
    mark: ({ product, sequence, hashes }) =>
      guarded("mark", async () => {
        // First the hashes: an event that is noted is done, and one that is not is sent again or leaves a gap.
        await unlink(hashes ?? []);
        const names = [sequenceName(product), productCounter(product), wholeCounter(product)];
        const before = (BigInt(sequence) - 1n).toString();
        const scope = hashes ? "keys" : "whole";
        const args = [limits.counterMs, sequence, before, scope, token(), token()];
        return String(await run(markChangeScript, names, args)) as "keys" | "product";
      }),
    unlink: (hashes) => guarded("unlink", async () => void (await unlink(hashes))),
    renew: (counters) => guarded("renew", async () => void (await withTokens(renewCountersScript, counters))),
    claim: (name, holder, forMs) =>
      guarded("claim", async () => (await run(claimFetchScript, [name], [holder, forMs])) === 1),
    release: (name, holder) =>
      guarded("release", async () => void (await run(releaseClaimScript, [name], [holder]))),
    [Symbol.asyncDispose]: () => connection[Symbol.asyncDispose](),
  };
}
