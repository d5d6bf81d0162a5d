// The stores that the same tests are asked of, each with what a test needs to spoil it.
import { randomBytes } from "node:crypto";
import type { CacheEvent } from "../../../cache/cache-event.ts";
import { openKeyspace } from "../../../cache/store/keyspace.ts";
import { openMemoryStore } from "../../../cache/store/memory-store.ts";
import { connectRedis } from "../../../cache/store/redis-connection.ts";
import { openRedisStore } from "../../../cache/store/redis-store.ts";
import type { Store } from "../../../cache/store/store.ts";
import { type StoreLimits, usualStoreLimits } from "../../../cache/store/store-limits.ts";
import { startCluster } from "./start-cluster.ts";
import { type RedisServer, startRedis } from "./start-redis.ts";

export type StoreInTest = AsyncDisposable & {
  readonly store: Store;
  readonly observed: CacheEvent[];
  /** Takes away what lies under a name. */
  readonly lose: (name: string) => Promise<void>;
};

/** One whose entries others could spoil. */
export type SharedInTest = StoreInTest & {
  /** Puts other bytes in the place of those under `name`. */
  readonly tamper: (name: string, change: (bytes: Buffer) => Buffer) => Promise<void>;
  /** Copies what lies under one name to another. */
  readonly copy: (from: string, to: string) => Promise<void>;
};

export const testLimits: StoreLimits = {
  ...usualStoreLimits,
  entryBytesMax: 20_000,
  fieldsMax: 3,
  leaseMs: 2_000,
  changesMax: 4,
  changeKeysMax: 8,
};
export const token = () => randomBytes(12).toString("base64url");

export async function memoryInTest(): Promise<StoreInTest> {
  const keyspace = openKeyspace({ bytesMax: 10_000_000 });
  const now = () => performance.now();
  const store = openMemoryStore({ now, token, epoch: () => "e", keyspace }, testLimits);
  return {
    store,
    observed: [],
    lose: async (name) => keyspace.delete(`e:${name}`),
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  };
}

export async function redisInTest(): Promise<SharedInTest> {
  const server = await startRedis();
  return inTest([server], { kind: "single", url: server.url });
}

/** Two masters that share the slots. */
export async function clusterInTest(): Promise<SharedInTest> {
  const servers = await startCluster(startRedis);
  return inTest(servers, { kind: "cluster", nodes: [{ host: "127.0.0.1", port: servers[0].port }] });
}

async function inTest(
  servers: readonly RedisServer[],
  place: Parameters<typeof connectRedis>[0],
): Promise<SharedInTest> {
  const observed: CacheEvent[] = [];
  const connection = connectRedis(place, { commandTimeoutMs: 2_000 });
  const store = openRedisStore(
    { connection, now: () => performance.now(), token, observe: (event) => observed.push(event) },
    testLimits,
    { failuresMax: 1_000, restMs: 50, copiesBytesMax: 0 },
  );
  await answering(store);
  observed.length = 0;
  /** The server that has a key which ends so, and the key. */
  const find = async (name: string) => {
    for (const server of servers)
      for (const key of (await server.ask("KEYS", "*")) as string[])
        if (key.endsWith(`:${name}`)) return { server, key };
    throw new Error(`there is no ${name}`);
  };
  const bytesOf = async ({ server, key }: Awaited<ReturnType<typeof find>>) =>
    Buffer.from((await server.ask("EVAL", hexOf, 1, key)) as string, "hex");
  return {
    store,
    observed,
    tamper: async (name, change) => {
      const { server, key } = await find(name);
      await server.ask("SET", key, change(await bytesOf({ server, key })));
    },
    lose: async (name) => {
      const { server, key } = await find(name);
      await server.ask("DEL", key);
    },
    copy: async (from, to) => {
      const [source, target] = [await find(from), await find(to)];
      await target.server.ask("SET", target.key, await bytesOf(source));
    },
    [Symbol.asyncDispose]: async () => {
      await store[Symbol.asyncDispose]();
      for (const server of servers) await server[Symbol.asyncDispose]();
    },
  };
}

const hexOf = `return (string.gsub(redis.call('GET', KEYS[1]), '.', function (c) return string.format('%02x', string.byte(c)) end))`;
const tick = () => new Promise((resolve) => setTimeout(resolve, 20));

/** Waits until the store is connected. */
export async function answering(store: Store): Promise<void> {
  for (let left = 250; ; left--)
    try {
      await store.read("{a}:entry", ["{a}:changed", "{b}:changed", "{c}:changed"]);
      return;
    } catch (failure) {
      if (left === 0) throw failure;
      await tick();
    }
}
