// Redis as it is on bad days: restarted from an old file, failed over and back, frozen, full, flushed, gone.
import { afterEach, describe, expect, it } from "vitest";
import type { CacheEvent } from "../../cache/cache-event.ts";
import { textOfBody } from "../../cache/store/body.ts";
import { productCounter } from "../../cache/store/names.ts";
import { connectRedis, type RedisPlace } from "../../cache/store/redis-connection.ts";
import { openRedisStore, usualRedisStoreOptions } from "../../cache/store/redis-store.ts";
import { stampsText } from "../../cache/store/store.ts";
import { usualStoreLimits } from "../../cache/store/store-limits.ts";
import { changeOf } from "../setup/change-event.ts";
import { closedAfter } from "../setup/closed-after.ts";
import { type CacheInTest, never, openCache } from "./support/open-cache.ts";
import { startCluster } from "./support/start-cluster.ts";
import { startRedis, startSentinel } from "./support/start-redis.ts";
import { answering, token } from "./support/stores.ts";

const signal = never;
const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe("Redis on a bad day", () => {
  const keep = closedAfter(afterEach);
  const server = async (flags?: readonly string[]) => keep(await startRedis(flags));
  const cacheAt = async (place: RedisPlace, commandTimeoutMs = 300) => {
    const observed: CacheEvent[] = [];
    const connection = connectRedis(place, { commandTimeoutMs });
    const observe = (event: CacheEvent) => observed.push(event);
    const store = keep(
      openRedisStore({ connection, now: () => performance.now(), token, observe }, usualStoreLimits),
    );
    await answering(store);
    observed.length = 0;
    return { ...openCache(store), store, observed };
  };
  const single = (url: string): RedisPlace => ({ kind: "single", url });

  const asked = {
    request: "{ airports }",
    visibility: "all",
    schemaVersion: "1",
    products: ["airports"],
    sloMs: 600_000,
  };
  const entity = { ...asked, product: "airports", entity: "Airport", keys: [{ id: 1 }], reaches: [] };
  /** Asks a list and an entity of a source that has this version; says what came, and from where. */
  const ask = async (cache: CacheInTest, version: string) => {
    const body = version;
    const list = await cache.answers.through(asked, async () => ({ body, whole: true }), { signal });
    const [one] = await cache.entities.through(entity, async () => [{ body, whole: true }], { signal });
    await cache.idle();
    return [list, one].map((answer) => `${answer?.body} ${answer?.how}`);
  };
  const both = (text: string) => [text, text];
  const soon = async (what: () => Promise<boolean>, withinMs: number) => {
    const startedMs = performance.now();
    while (!(await what())) {
      expect(performance.now() - startedMs).toBeLessThan(withinMs);
      await rest(25);
    }
  };

  it("is cold after it was restored from a file of before an invalidation", async () => {
    const redis = await server();
    const cache = await cacheAt(single(redis.url));
    await cache.invalidation.event(changeOf("airports", 1));
    await ask(cache, "v1");
    expect(await ask(cache, "v1")).toEqual(both("v1 fresh"));
    await redis.ask("SAVE");
    await cache.invalidation.event(changeOf("airports", 2, [{ id: 1 }]));
    await redis.crash();
    await redis.start();
    expect(await redis.ask("DBSIZE")).toBeGreaterThan(3);
    await soon(async () => (await ask(cache, "v2"))[0] === "v2 fresh", 5_000);
    expect(await ask(cache, "v2")).toEqual(both("v2 fresh"));
  });

  it("is cold after a failover, and again after the failover back", async () => {
    const [a, b] = [await server(), await server()];
    await b.ask("REPLICAOF", "127.0.0.1", a.port);
    const atA = await cacheAt(single(a.url));
    await ask(atA, "v1");
    expect(await ask(atA, "v1")).toEqual(both("v1 fresh"));
    await soon(async () => (await b.ask("DBSIZE")) === (await a.ask("DBSIZE")), 10_000);
    await b.ask("REPLICAOF", "NO", "ONE");
    await a.ask("REPLICAOF", "127.0.0.1", b.port);
    const atB = await cacheAt(single(b.url));
    await atB.invalidation.product("airports");
    expect(await ask(atB, "v2")).toEqual(both("v2 fetched"));
    // A replica serves nothing, whatever it has.
    expect(await ask(atA, "v2")).toEqual(both("v2 fetched"));
    expect(await ask(atA, "v2")).toEqual(both("v2 fetched"));
    await soon(async () => String(await a.ask("INFO", "replication")).includes("link_status:up"), 10_000);
    await a.ask("REPLICAOF", "NO", "ONE");
    await soon(async () => (await a.ask("DBSIZE")) === (await b.ask("DBSIZE")), 5_000);
    const again: string[][] = [];
    await soon(async () => {
      again.push(await ask(atA, "v2"));
      return again.at(-1)?.[0] === "v2 fresh";
    }, 5_000);
    expect(again.flat().filter((text) => text.startsWith("v1"))).toEqual([]);
  });

  it("follows the Sentinels to the new master", async () => {
    const [a, b] = [await server(), await server()];
    await b.ask("REPLICAOF", "127.0.0.1", a.port);
    await soon(async () => String(await b.ask("INFO", "replication")).includes("link_status:up"), 10_000);
    const sentinel = keep(await startSentinel("weft", a.port));
    const place: RedisPlace = {
      kind: "sentinel",
      name: "weft",
      sentinels: [{ host: "127.0.0.1", port: sentinel.port }],
    };
    await soon(async () => String(await sentinel.ask("INFO", "sentinel")).includes("slaves=1"), 12_000);
    const cache = await cacheAt(place);
    await ask(cache, "v1");
    expect(await ask(cache, "v1")).toEqual(both("v1 fresh"));
    await a.crash();
    await soon(
      () =>
        cache.invalidation.product("airports").then(
          () => true,
          () => false,
        ),
      15_000,
    );
    const answers = await ask(cache, "v2");
    expect(answers).toEqual(both("v2 fetched"));
    expect(await ask(cache, "v2")).toEqual(both("v2 fresh"));
  }, 45_000);

  it("asks the Sentinels again where its connection was dropped while it asked them", async () => {
    const master = await server();
    const sentinel = keep(await startSentinel("weft", master.port));
    const sentinels = [{ host: "127.0.0.1", port: sentinel.port }];
    const place: RedisPlace = { kind: "sentinel", name: "weft", sentinels };
    const connection = connectRedis(place, { commandTimeoutMs: 2_000 });
    connection.reconnect();
    const parts = { connection, now: () => performance.now(), token, observe: () => {} };
    const store = keep(openRedisStore(parts, usualStoreLimits));
    await answering(store);
  });

  it("does not send again what a process has a copy of, and only while Redis has the same", async () => {
    const redis = await server();
    const sent: number[] = [];
    const openOne = async () => {
      const connection = connectRedis(single(redis.url), { commandTimeoutMs: 2_000 });
      const counting = {
        ...connection,
        run: async (...call: Parameters<typeof connection.run>) => {
          const reply = await connection.run(...call);
          const [, value] = Array.isArray(reply) ? reply : [];
          if (Buffer.isBuffer(value) && value.length > 1_000) sent.push(value.length);
          return reply;
        },
      };
      const parts = { connection: counting, now: () => performance.now(), token, observe: () => {} };
      const options = { ...usualRedisStoreOptions, copiesBytesMax: 1_000_000 };
      const store = openRedisStore(parts, usualStoreLimits, options);
      await answering(store);
      return store;
    };
    await using one = await openOne();
    await using other = await openOne();
    const name = "{a}:entry";
    const entry = async (text: string) => {
      const { atMs } = await one.read(name, []);
      const body = Buffer.from(text.repeat(2_000));
      const made = { atMs, staleAtMs: atMs + 1e6, deleteAtMs: atMs + 1e6, tookMs: 1, stamps: "" };
      return { made, body };
    };
    const read = async (store: typeof one) =>
      textOfBody((await store.read(name, [])).entry?.body ?? "").slice(0, 1);
    await one.write(name, await entry("a"));
    expect([await read(one), await read(one), sent.length]).toEqual(["a", "a", 0]);
    expect([await read(other), await read(other), sent.length]).toEqual(["a", "a", 1]);
    await other.write(name, await entry("b"));
    expect([await read(one), await read(other), sent.length]).toEqual(["b", "b", 2]);
    await redis.ask("FLUSHALL");
    expect([await read(one), await read(other)]).toEqual(["", ""]);
  });

  it("is cold for slots that left their server and came back", async () => {
    const [a, b] = await startCluster(server);
    const { store } = await cacheAt({ kind: "cluster", nodes: [{ host: "127.0.0.1", port: a.port }] }, 2_000);
    const name = "{airports}:entry";
    const counter = "{airports}:changed";
    const slot = Number(await a.ask("CLUSTER", "KEYSLOT", name));
    const [home, away] = slot <= 8_000 ? [a, b] : [b, a];
    const move = async (from: typeof a, to: typeof a) => {
      const [fromId, toId] = [await from.ask("CLUSTER", "MYID"), await to.ask("CLUSTER", "MYID")].map(String);
      await to.ask("CLUSTER", "SETSLOT", slot, "IMPORTING", fromId as string);
      await from.ask("CLUSTER", "SETSLOT", slot, "MIGRATING", toId as string);
      const keys = (await from.ask("CLUSTER", "GETKEYSINSLOT", slot, 100)) as string[];
      await from.ask("MIGRATE", "127.0.0.1", to.port, "", 0, 2_000, "KEYS", ...keys);
      for (const server of [to, from]) await server.ask("CLUSTER", "SETSLOT", slot, "NODE", toId as string);
      return keys.length;
    };
    const read = async () => {
      const reading = await store.read(name, [counter]);
      const { atMs, entry } = reading;
      const stamps = stampsText(reading);
      return { stamps, atMs, body: entry?.made.stamps === stamps ? entry.body : undefined };
    };
    const { atMs, stamps } = await read();
    const made = { atMs, staleAtMs: atMs + 300_000, deleteAtMs: atMs + 600_000, tookMs: 1, stamps };
    await store.write(name, { made, body: "v1" });
    expect((await read()).body).toBe("v1");
    expect(await move(home, away)).toBe(2);
    expect((await read()).body).toBeUndefined();
    await store.renew([counter]);
    await move(away, home);
    expect((await read()).body).toBeUndefined();
  });

  it("sends nothing a second time that a node of a Cluster may have run", async () => {
    const nodes = await startCluster(server);
    const [a] = nodes;
    const { store } = await cacheAt({ kind: "cluster", nodes: [{ host: "127.0.0.1", port: a.port }] }, 2_000);
    const [product, hashes] = [token(), [] as const];
    await store.mark({ product, sequence: "1", hashes: undefined });
    const slot = Number(await a.ask("CLUSTER", "KEYSLOT", productCounter(product)));
    const node = slot <= 8_000 ? a : nodes[1];
    let [marks, isClosed] = [0, false];
    while (!isClosed && marks < 10) {
      // Both are there when it goes on: most often it runs the one, and before it answers the other closes the connection.
      node.freeze();
      const marking = store.mark({ product, sequence: String(2 + marks++), hashes });
      await rest(50);
      const killing = node.ask("CLIENT", "KILL", "TYPE", "normal");
      await rest(50);
      node.thaw();
      isClosed = await marking.then(
        () => false,
        ({ extensions }) => extensions.code === "CACHE_UNREACHABLE",
      );
      await killing;
      await answering(store);
    }
    expect(isClosed).toBe(true);
    await rest(300); // ioredis would wait for 100 ms
    expect((await store.changes(product)).length).toBeLessThanOrEqual(marks);
  });

  it("forgets many entities at once, though all together take longer than a command may", async () => {
    const [a] = await startCluster(server);
    const { store } = await cacheAt({ kind: "cluster", nodes: [{ host: "127.0.0.1", port: a.port }] }, 200);
    const hashes = Array.from({ length: 20_000 }, (_, i) => `{${i}}:entity`);
    expect(await store.mark({ product: "airports", sequence: "1", hashes })).toBe("product");
    await store.unlink(hashes);
  });

  it("is cold after FLUSHALL, and right", async () => {
    const redis = await server();
    const cache = await cacheAt(single(redis.url));
    await ask(cache, "v1");
    await redis.ask("FLUSHALL");
    expect(await ask(cache, "v2")).toEqual(both("v2 fetched"));
    await redis.ask("SCRIPT", "FLUSH");
    expect(await ask(cache, "v2")).toEqual(both("v2 fresh"));
  });

  it.each([
    ["gone", "crash", "start"],
    ["frozen", "freeze", "thaw"],
  ] as const)("costs no answer while it is %s, and is back within five seconds", async (_what, end, begin) => {
    const redis = await server();
    const cache = await cacheAt(single(redis.url), 200);
    await ask(cache, "v1");
    await redis[end]();
    for (let i = 0; i < 4; i++) expect(await ask(cache, "v2")).toEqual(both("v2 fetched"));
    const tried = () => cache.observed.filter(({ kind }) => kind === "cache.store-failed").length;
    const triedBefore = tried();
    for (let i = 0; i < 10; i++) expect(await ask(cache, "v2")).toEqual(both("v2 fetched"));
    // One tries after each rest of the breaker.
    expect(tried() - triedBefore, "the breaker keeps it out of the way").toBeLessThan(4);
    await expect(cache.invalidation.product("airports")).rejects.toMatchObject({ status: 503 });
    await redis[begin]();
    await soon(async () => (await ask(cache, "v2"))[0] !== "v2 fetched", 5_000);
    const kinds = cache.observed.map(({ kind }) => kind);
    expect(kinds).toContain("cache.store-suspended");
    expect(kinds.at(-1)).toBe("cache.store-resumed");
  });

  it("reads and invalidates where it is full, and stores nothing more", async () => {
    const redis = await server(["--maxmemory", "100mb", "--maxmemory-policy", "noeviction"]);
    const cache = await cacheAt(single(redis.url));
    await ask(cache, "v1");
    await redis.ask("CONFIG", "SET", "maxmemory", "1");
    expect(await ask(cache, "v1")).toEqual(both("v1 fresh"));
    await cache.invalidation.product("airports");
    expect(await ask(cache, "v2")).toEqual(both("v2 fetched"));
    expect(await ask(cache, "v2")).toEqual(both("v2 fetched"));
    expect(cache.observed.filter(({ kind }) => kind === "cache.store-failed")).toEqual([]);
  });
});
