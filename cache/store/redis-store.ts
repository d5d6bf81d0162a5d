// The store in Redis 7.0 or later. Each operation is a script or several that go out together.
import type { ObserveCache } from "../cache-event.ts";
import { caching } from "../caching-faults.ts";
import { bytesOfBody } from "./body.ts";
import { openBreaker } from "./breaker.ts";
import { changeLine, readChange } from "./change-log.ts";
import { isSame, openCopies } from "./copies.ts";
import { headerBytes, writeEntry } from "./entry-format.ts";
import { judgeEntries } from "./judge-entry.ts";
import { changesName, claimPrefix, productCounter, sequenceName, shortName, wholeCounter } from "./names.ts";
import type { RedisConnection } from "./redis-connection.ts";
import { claimFetchScript } from "./scripts/claim-fetch.ts";
import { fillFieldsScript } from "./scripts/fill-fields.ts";
import { markChangeScript } from "./scripts/mark-change.ts";
import { readChangesScript } from "./scripts/read-changes.ts";
import { readCountersScript } from "./scripts/read-counters.ts";
import { readEntryScript } from "./scripts/read-entry.ts";
import { readFieldsScript } from "./scripts/read-fields.ts";
import { releaseClaimScript } from "./scripts/release-claim.ts";
import { renewCountersScript } from "./scripts/renew-counters.ts";
import type { Script } from "./scripts/script.ts";
import { unlinkHashesScript } from "./scripts/unlink-hashes.ts";
import { writeEntryScript } from "./scripts/write-entry.ts";
import {
  type Claim,
  type Entry,
  type Field,
  type FieldAddress,
  type Fill,
  livingEntry,
  type Store,
  type Written,
} from "./store.ts";
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
const orFull = <T>(reply: Promise<T>): Promise<T | "full"> =>
  reply.catch((cause) => {
    if (cause instanceof Error && cause.message.startsWith("OOM")) return "full";
    throw cause;
  });

/** Keys of one call, where one server holds them all, and what it stores: it answers nobody else meanwhile. */
const keysOfCallMax = 100;
const bytesOfCallMax = 262_144;

type Found = Buffer | number | null;
type WrittenFill = Fill & { readonly bytes: Buffer };

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

  /** Runs a script on as many keys at once as one server holds and one call takes. */
  const inCalls = async <T, Reply>(
    all: readonly T[],
    call: (some: readonly T[], from: number) => Promise<Reply>,
    sizeOf: (each: T) => number = () => 0,
  ) => {
    const keysMax = connection.spread ? 1 : keysOfCallMax;
    const calls: Promise<Reply>[] = [];
    let [from, bytes] = [0, 0];
    all.forEach((each, at) => {
      bytes += sizeOf(each);
      if (at === from || (at - from < keysMax && bytes <= bytesOfCallMax)) return;
      calls.push(call(all.slice(from, at), from));
      [from, bytes] = [at, sizeOf(each)];
    });
    if (from < all.length) calls.push(call(all.slice(from), from));
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
    if (bytesOfBody(entry.body ?? "") > limits.entryBytesMax) return undefined;
    const bytes = writeEntry(name, entry);
    return bytes.length > limits.entryBytesMax ? undefined : bytes;
  };
  const found = (reply: Found) => (typeof reply === "number" ? "too large" : (reply ?? undefined));

  /** `counters`: read in the same round trip. */
  const readSome = async (
    addresses: readonly (FieldAddress & { readonly wantsLease: boolean })[],
    counters: readonly string[],
  ) => {
    const keys: string[] = [];
    const args: (string | number)[] = [
      limits.entryBytesMax,
      limits.leaseMs,
      addresses.length,
      limits.counterMs,
      token(),
    ];
    for (const { hash, field, wantsLease } of addresses) {
      keys.push(hash);
      args.push(field, wantsLease ? 1 : 0);
    }
    for (const counter of counters) {
      keys.push(counter);
      args.push(token());
    }
    const [atMs, ...values] = (await run(readFieldsScript, keys, args)) as [number, ...Found[]];
    const fields = addresses.map(({ hash, field }, i): Field => {
      const [value = null, given] = [values[i * 2], values[i * 2 + 1]];
      return { entry: livingEntry(judge(hash + field, found(value)), atMs), lease: given?.toString() };
    });
    return { atMs, fields, stamps: values.slice(2 * addresses.length).map(String) };
  };

  const fillSome = async (fills: readonly WrittenFill[]): Promise<readonly Written[]> => {
    const hashes = fills.map(({ hash }) => hash);
    const each = fills.flatMap(({ field, lease, bytes, entry }) => [
      field,
      lease,
      bytes,
      entry.made.deleteAtMs,
    ]);
    const reply = await orFull(run(fillFieldsScript, hashes, [limits.fieldsMax, ...each]));
    return fills.map((_, i) => (reply === "full" ? "full" : (String((reply as Buffer[])[i]) as Written)));
  };

  const release = ({ name, holder }: Claim) =>
    guarded("release", async () => void (await run(releaseClaimScript, [name], [holder])));

  return {
    rests: breaker.rests,
    read: (name, counters, claiming) =>
      guarded("read", async () => {
        const copy = copies.of(name);
        const beside = connection.spread ? [] : counters;
        const [holder, forMs] = claiming && !connection.spread ? [claiming.holder, claiming.forMs] : ["", 0];
        const claimed = [claimPrefix(name), holder, forMs, headerBytes] as const;
        const args = [limits.entryBytesMax, copy?.header ?? "", limits.counterMs, ...claimed];
        const [elsewhere, reply] = await Promise.all([
          connection.spread ? stampsOf(counters) : [],
          run(readEntryScript, [name, ...beside], [...args, ...beside.map(token)]),
        ]);
        const [atMs, value, given, ...tokens] = reply as [number, Found, number | null, ...Buffer[]];
        const stamps = connection.spread ? elsewhere : tokens.map(String);
        const entry = isSame(value) ? copy?.entry : judge(name, found(value));
        if (entry && Buffer.isBuffer(value)) copies.keep(name, value, entry);
        const isClaimed = given === null ? undefined : given === 1;
        return { atMs, stamps, entry: livingEntry(entry, atMs), isClaimed };
      }),
    write: async (name, entry, claim) => {
      const bytes = bytesOf(name, entry);
      const keys = claim ? [name, claim.name] : [name];
      const write = (stored: Buffer) =>
        orFull(run(writeEntryScript, keys, [stored, entry.made.deleteAtMs, claim?.holder ?? ""]));
      if (bytes) copies.keep(name, bytes, entry);
      const written = bytes ? (String(await guarded("write", () => write(bytes))) as Written) : "large";
      // Where the script did not run.
      if (claim && (written === "large" || written === "full")) await release(claim);
      return written;
    },
    readFields: (addresses, counters, { lease }) =>
      guarded("readFields", async () => {
        const asked = addresses.map((address, place) => ({ ...address, wantsLease: lease(place) }));
        // With the first call, where one server holds all.
        const isApart = connection.spread || asked.length === 0;
        const beside = (from: number) => (isApart || from > 0 ? [] : counters);
        const [apart, calls] = await Promise.all([
          isApart ? stampsOf(counters) : [],
          inCalls(asked, (some, from) => readSome(some, beside(from))),
        ]);
        const stamps = isApart ? apart : (calls[0]?.stamps ?? []);
        // Servers' clocks may differ a little: the earliest makes nothing look younger than it is.
        const atMs = Math.min(...calls.map((call) => call.atMs));
        return { atMs, stamps, fields: calls.flatMap(({ fields }) => fields) };
      }),
    fill: async (fills) => {
      const all = fills.map((fill) => ({ ...fill, bytes: bytesOf(fill.hash + fill.field, fill.entry) }));
      const taken = all.filter((fill): fill is WrittenFill => fill.bytes !== undefined);
      const calls = () => inCalls(taken, fillSome, ({ bytes }) => bytes.length);
      const written = taken.length > 0 ? (await guarded("fill", calls)).flat() : [];
      return all.map(({ bytes }) => (bytes ? (written.shift() as Written) : "large"));
    },
    mark: ({ product, sequence, hashes }) =>
      guarded("mark", async () => {
        // First the hashes: an event that is noted is done, and one that is not is sent again or leaves a gap.
        await unlink(hashes ?? []);
        const names = [
          sequenceName(product),
          productCounter(product),
          wholeCounter(product),
          changesName(product),
        ];
        const before = (BigInt(sequence) - 1n).toString();
        const scope = hashes ? "keys" : "whole";
        const named = hashes && hashes.length <= limits.changeKeysMax ? hashes.map(shortName) : undefined;
        const [to, whole] = [token(), token()];
        const noted = [named ? limits.changesMax : 0, changeLine("", to, named ?? [])];
        const args = [limits.counterMs, sequence, before, scope, to, whole, ...noted];
        return String(await run(markChangeScript, names, args)) as "keys" | "product";
      }),
    changes: (product) =>
      guarded("changes", async () => {
        const lines = (await run(readChangesScript, [changesName(product)], [])) as Buffer[];
        return lines.map((line) => readChange(String(line)));
      }),
    unlink: (hashes) => guarded("unlink", async () => void (await unlink(hashes))),
    renew: (counters) => guarded("renew", async () => void (await withTokens(renewCountersScript, counters))),
    claim: ({ name, holder }, forMs) =>
      guarded("claim", async () => (await run(claimFetchScript, [name], [holder, forMs])) === 1),
    release,
    [Symbol.asyncDispose]: () => connection[Symbol.asyncDispose](),
  };
}
