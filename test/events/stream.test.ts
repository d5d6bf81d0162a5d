// Change events that come by a Redis Stream: two gateways, crashes of theirs and of Redis, entries that are none.
import { setTimeout as restFor } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { type Invalidation, openInvalidation } from "../../cache/invalidation/invalidation.ts";
import { followStream, type StreamEvent, usualStreamFollowing } from "../../cache/invalidation/stream.ts";
import { connectRedis, type RedisPlace } from "../../cache/store/redis-connection.ts";
import { openRedisStore } from "../../cache/store/redis-store.ts";
import { openRedisStream, type RedisStream, usualStreamOptions } from "../../cache/store/redis-stream.ts";
import { usualStoreLimits } from "../../cache/store/store-limits.ts";
import type { ChangeEvent } from "../../schema/product/change-event.ts";
import { startCluster } from "../cache/support/start-cluster.ts";
import { type RedisServer, startRedis, startSentinel } from "../cache/support/start-redis.ts";
import { answering, token } from "../cache/support/stores.ts";
import { closedAfter } from "../setup/closed-after.ts";
import { changeEvent } from "./support/events-app.ts";

const key = "weft:events";
const keep = closedAfter(afterEach);

const server = async (flags?: readonly string[]) => keep(await startRedis(flags));
const single = ({ url }: RedisServer): RedisPlace => ({ kind: "single", url });

type Gateway = AsyncDisposable & {
  /** What it was told to forget, in order. */
  readonly forgot: string[];
  readonly observed: StreamEvent[];
  readonly stream: RedisStream;
};

async function gatewayAt(
  place: RedisPlace,
  { apply = (event: () => Promise<void>) => event(), keysMax = 10, readerMs = 1_000 } = {},
): Promise<Gateway> {
  const connection = connectRedis(place, { commandTimeoutMs: 500 });
  const now = () => performance.now();
  const store = openRedisStore({ connection, now, token, observe: () => {} }, usualStoreLimits, {
    failuresMax: 3,
    restMs: 200,
    copiesBytesMax: 0,
  });
  await answering(store);
  const forgot: string[] = [];
  const observed: StreamEvent[] = [];
  const real = openInvalidation({ store, isKey: () => true, detach: () => {}, observe: () => {} });
  const invalidation: Invalidation = {
    ...real,
    event: async (event) =>
      apply(async () => {
        await real.event(event);
        forgot.push(`${event.source} ${event.sequence}${event.data.keys ? "" : " whole"}`);
      }),
    product: async (product) => {
      await real.product(product);
      forgot.push(product);
    },
    all: async () => {
      await real.all();
      forgot.push("all");
    },
  };
  const limits = { ...usualStreamOptions, entriesMax: 3, waitMs: 300, readerMs };
  const stream = openRedisStream(place, { ...limits, stream: key, holder: token() });
  const following = followStream(
    {
      stream,
      invalidation,
      observe: (event) => observed.push(event),
      rest: (ms, options) => restFor(ms, undefined, options),
    },
    { ...usualStreamFollowing, keysMax, standByMs: 50, retryMs: 20 },
  );
  return {
    forgot,
    observed,
    stream,
    [Symbol.asyncDispose]: async () => {
      await following[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
    },
  };
}

const add = (redis: RedisServer, event: ChangeEvent | string, field = "event") =>
  redis.ask("XADD", key, "*", field, typeof event === "string" ? event : JSON.stringify(event));
const pending = async (redis: RedisServer) => ((await redis.ask("XPENDING", key, "weft")) as [number])[0];
const soon = { timeout: 8_000, interval: 20 };
/** A gateway that has begun to read. */
const begun = async (place: RedisPlace, options?: Parameters<typeof gatewayAt>[1]) => {
  const gateway = keep(await gatewayAt(place, options));
  await expect.poll(() => gateway.forgot, soon).toContain("all");
  gateway.forgot.length = 0;
  return gateway;
};

describe("a stream of change events", () => {
  it("is read from its beginning to its end, in order, and acknowledged", async () => {
    const redis = await server();
    const gateway = await begun(single(redis));
    for (let i = 1; i <= 8; i++) await add(redis, changeEvent(i));
    await expect.poll(() => gateway.forgot, soon).toHaveLength(8);
    expect(gateway.forgot).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((i) => `airports ${i}`));
    await expect.poll(() => pending(redis), soon).toBe(0);
    expect(gateway.observed[0]).toEqual({ kind: "stream.begun" });
    expect(gateway.observed.some(({ kind }) => kind === "stream.failed")).toBe(false);
  });

  it("counts for nothing where it is older than its readers: they have forgotten everything", async () => {
    const redis = await server();
    for (let i = 1; i <= 8; i++) await add(redis, changeEvent(i));
    const gateway = await begun(single(redis));
    await add(redis, changeEvent(9));
    await expect.poll(() => gateway.forgot, soon).toEqual(["airports 9"]);
  });

  it("is applied once, in order, where two gateways follow it", async () => {
    const redis = await server();
    const first = await begun(single(redis));
    const second = keep(await gatewayAt(single(redis)));
    const sent: string[] = [];
    for (let i = 1; i <= 60; i++) {
      await add(redis, changeEvent(i));
      sent.push(`airports ${i}`);
    }
    await expect.poll(() => first.forgot.length + second.forgot.length, soon).toBe(60);
    expect([...first.forgot, ...second.forgot]).toEqual(sent);
  });

  it("is gone on with by another gateway when the one that reads ends", async () => {
    const redis = await server();
    const first = await gatewayAt(single(redis), { readerMs: 60_000 });
    await expect.poll(() => first.forgot, soon).toContain("all");
    const second = keep(await gatewayAt(single(redis)));
    await add(redis, changeEvent(1));
    await expect.poll(() => first.forgot, soon).toContain("airports 1");
    await first[Symbol.asyncDispose]();
    await add(redis, changeEvent(2));
    await expect.poll(() => second.forgot, soon).toEqual(["airports 2"]);
  });

  it("is gone on with where one gateway died over an event it had been given", async () => {
    const redis = await server();
    let reached = false;
    const hang = () => {
      reached = true;
      return new Promise<void>(() => {});
    };
    const dying = await gatewayAt(single(redis), { apply: hang });
    await expect.poll(() => dying.forgot, soon).toContain("all");
    await add(redis, changeEvent(1));
    await expect.poll(() => reached, soon).toBe(true);
    expect(await pending(redis)).toBe(1);
    // Nothing of it is disposed: it hangs, and so it holds on to nothing for longer than `readerMs`.
    const second = keep(await gatewayAt(single(redis)));
    await expect.poll(() => second.forgot, soon).toEqual(["airports 1"]);
    await add(redis, changeEvent(2));
    await expect.poll(() => second.forgot, soon).toEqual(["airports 1", "airports 2"]);
    await expect.poll(() => pending(redis), soon).toBe(0);
    await dying.stream[Symbol.asyncDispose]();
  });

  it("is tried again from where applying failed", async () => {
    const redis = await server();
    let failing = 3;
    const gateway = await begun(single(redis), {
      apply: async (event) => {
        if (failing-- > 0) throw new Error("the store is away");
        await event();
      },
    });
    for (const sequence of [1, 2]) await add(redis, changeEvent(sequence));
    await expect.poll(() => gateway.forgot.at(-1), soon).toBe("airports 2");
    expect(gateway.forgot.slice(0, 2)).toEqual(["airports 1", "airports 2"]);
    await expect.poll(() => pending(redis), soon).toBe(0);
    const kinds = gateway.observed.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "stream.failed")).toHaveLength(1);
    expect(kinds).toContain("stream.resumed");
  });

  it.each([
    ["no JSON", "{", "event", undefined],
    ["no field of that name", JSON.stringify(changeEvent(1)), "evnt", undefined],
    ["JSON that is no event", '"airports"', "event", undefined],
    ["an event of nobody", JSON.stringify({ ...changeEvent(1), source: "" }), "event", undefined],
    [
      "an event without a sequence",
      JSON.stringify({ ...changeEvent(1), sequence: undefined }),
      "event",
      "airports",
    ],
    ["an event of another type", JSON.stringify({ source: "airports", type: "x" }), "event", "airports"],
  ])("holds an entry that is malformed, and goes on: %s", async (_, text, field, product) => {
    const redis = await server();
    const gateway = await begun(single(redis));
    await add(redis, text, field);
    await add(redis, changeEvent(1));
    await expect.poll(() => gateway.forgot, soon).toEqual([...(product ? [product] : []), "airports 1"]);
    const told = gateway.observed.filter(({ kind }) => kind === "stream.malformed");
    expect(told).toMatchObject([
      { product, problem: expect.any(String), entry: expect.stringMatching(/^\d+-\d+$/) },
    ]);
    await expect.poll(() => pending(redis), soon).toBe(0);
  });

  it("takes an event of too many keys for the whole product", async () => {
    const redis = await server();
    const gateway = await begun(single(redis));
    const keys = Array.from({ length: 11 }, (_, id) => ({ id }));
    await add(redis, changeEvent(1, { data: { entity: "Airport", keys } }));
    await expect.poll(() => gateway.forgot, soon).toEqual(["airports 1 whole"]);
  });

  it("that was trimmed under its reader makes it forget everything", async () => {
    const redis = await server();
    const gateway = await begun(single(redis), {
      apply: async () => {
        await redis.ask("XTRIM", key, "MAXLEN", 0);
        throw new Error("died before it was applied");
      },
    });
    await add(redis, changeEvent(1));
    await expect.poll(() => gateway.forgot, soon).toEqual(["all"]);
    expect(gateway.observed.map(({ kind }) => kind)).toContain("stream.lost");
    await expect.poll(() => pending(redis), soon).toBe(0);
  });
});

describe("Redis on a bad day", () => {
  it("restarts empty: everything is forgotten, and events go on", async () => {
    const redis = await server();
    const gateway = await begun(single(redis));
    await add(redis, changeEvent(1));
    await expect.poll(() => gateway.forgot, soon).toEqual(["airports 1"]);
    await redis.crash();
    await redis.start();
    await expect.poll(() => gateway.forgot, soon).toEqual(["airports 1", "all"]);
    await add(redis, changeEvent(2));
    await expect.poll(() => gateway.forgot, soon).toEqual(["airports 1", "all", "airports 2"]);
  });

  it("restarts with what it had: no event is lost", async () => {
    const redis = await server(["--appendonly", "yes", "--appendfsync", "always"]);
    const gateway = await begun(single(redis));
    await redis.crash();
    await expect.poll(() => gateway.observed.at(-1)?.kind, soon).toBe("stream.failed");
    await redis.start();
    await add(redis, changeEvent(1));
    await expect.poll(() => gateway.forgot, soon).toEqual(["airports 1"]);
  });

  it("is flushed: everything is forgotten", async () => {
    const redis = await server();
    const gateway = await begun(single(redis));
    await redis.ask("FLUSHALL");
    await expect.poll(() => gateway.forgot, soon).toEqual(["all"]);
    await add(redis, changeEvent(1));
    await expect.poll(() => gateway.forgot, soon).toEqual(["all", "airports 1"]);
  });

  it("is full: what is in the stream is applied all the same", async () => {
    const redis = await server(["--maxmemory-policy", "noeviction"]);
    let release = () => {};
    const full = new Promise<void>((resolve) => {
      release = resolve;
    });
    const apply = async (event: () => Promise<void>) => {
      await full;
      await event();
    };
    const gateway = await begun(single(redis), { apply });
    for (let i = 1; i <= 8; i++) await add(redis, changeEvent(i));
    await redis.ask("CONFIG", "SET", "maxmemory", "1");
    release();
    await expect.poll(() => gateway.forgot, soon).toHaveLength(8);
    await expect.poll(() => pending(redis), soon).toBe(0);
    expect(gateway.observed.map(({ kind }) => kind)).not.toContain("stream.failed");
  });

  it("is frozen, and thaws", async () => {
    const redis = await server();
    const gateway = await begun(single(redis));
    redis.freeze();
    await expect.poll(() => gateway.observed.at(-1)?.kind, soon).toBe("stream.failed");
    redis.thaw();
    await add(redis, changeEvent(1));
    await expect.poll(() => gateway.forgot, soon).toEqual(["airports 1"]);
  });

  it("has something else under the stream's name: told once, and mended when that is gone", async () => {
    const redis = await server();
    await redis.ask("SET", key, "something else");
    const gateway = keep(await gatewayAt(single(redis)));
    await expect.poll(() => gateway.observed.map(({ kind }) => kind), soon).toEqual(["stream.failed"]);
    await redis.ask("DEL", key);
    await expect.poll(() => gateway.forgot, soon).toEqual(["all"]);
    expect(gateway.observed.map(({ kind }) => kind)).toEqual([
      "stream.failed",
      "stream.begun",
      "stream.resumed",
    ]);
  });

  it("fails over: the new master's stream is read", async () => {
    const [a, b] = [await server(), await server()];
    await b.ask("REPLICAOF", "127.0.0.1", a.port);
    await expect
      .poll(async () => String(await b.ask("INFO", "replication")), soon)
      .toContain("link_status:up");
    const sentinel = keep(await startSentinel("weft", a.port));
    await expect
      .poll(async () => String(await sentinel.ask("INFO", "sentinel")), { timeout: 12_000 })
      .toContain("slaves=1");
    const place: RedisPlace = {
      kind: "sentinel",
      name: "weft",
      sentinels: [{ host: "127.0.0.1", port: sentinel.port }],
    };
    const gateway = await begun(place);
    await add(a, changeEvent(1));
    await expect.poll(() => gateway.forgot, soon).toEqual(["airports 1"]);
    await expect.poll(async () => (await b.ask("XLEN", key)) as number, soon).toBe(1);
    await a.crash();
    await expect
      .poll(async () => String(await b.ask("INFO", "replication")), { timeout: 15_000 })
      .toContain("role:master");
    await add(b, changeEvent(2));
    await expect.poll(() => gateway.forgot.at(-1), { timeout: 15_000 }).toBe("airports 2");
  }, 60_000);

  it("is a Cluster", async () => {
    const servers = await startCluster(server);
    const gateway = await begun({ kind: "cluster", nodes: [{ host: "127.0.0.1", port: servers[0].port }] });
    const slot = Number(await servers[0].ask("CLUSTER", "KEYSLOT", key));
    const home = servers[slot <= 8_000 ? 0 : 1];
    await add(home, changeEvent(1));
    await expect.poll(() => gateway.forgot, soon).toEqual(["airports 1"]);
  });
});
