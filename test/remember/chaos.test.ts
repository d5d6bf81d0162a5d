// Everything at once: readers and writers on two gateways, while Redis is killed, paused, flushed, evicted from, restored.
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { type RedisServer, startRedis } from "../cache/support/start-redis.ts";
import { type Chaos, type Found, runChaos } from "./support/chaos.ts";
import { openMart } from "./support/mart.ts";
import { remembering } from "./support/remembering.ts";
import { seeded } from "./support/seeded.ts";

const long = process.env.WEFT_TEST_LONG !== undefined;
/** A busy machine is no failure; and what failed is tried again soon. */
const patient = { commandTimeoutMs: 250, restMs: 100 };

const soundness = ({ stale, tooOld, misplaced, failed }: Found) => ({
  stale: stale.slice(0, 5),
  tooOld: tooOld.slice(0, 5),
  misplaced: misplaced.slice(0, 5),
  failed: failed.slice(0, 5),
});
const sound = { stale: [], tooOld: [], misplaced: [], failed: [] };

/** What the run came to, for whoever wants to know: with WEFT_TEST_LONG it is written out. */
const tell = (title: string, found: Found, beganMs: number) => {
  if (!long) return;
  const counts = Object.entries(found).map(
    ([name, value]) => `${name} ${Array.isArray(value) ? value.length : value}`,
  );
  process.stdout.write(
    `${title}: ${counts.join(", ")}, ${Math.round((performance.now() - beganMs) / 1000)} s\n`,
  );
};

/** Harm to a Redis, one after another, each followed by some quiet. */
function harms(redis: RedisServer, random: () => number): readonly (() => Promise<unknown>)[] {
  const some = (ms: number) => sleep(ms * random());
  const evict = async () => {
    for (let left = 20 + 40 * random(); left > 0; left--) {
      const key = await redis.ask("RANDOMKEY");
      if (key !== null) await redis.ask("UNLINK", String(key));
      await some(4);
    }
  };
  const kill = async () => {
    await redis.crash();
    await some(200);
    await redis.start();
  };
  const pause = async () => {
    redis.freeze();
    await some(500);
    redis.thaw();
  };
  const crowd = async () => {
    const used = Number(/used_memory:(\d+)/.exec(String(await redis.ask("INFO", "memory")))?.[1]);
    await redis.ask(
      "CONFIG",
      "SET",
      "maxmemory-policy",
      "allkeys-random",
      "maxmemory",
      Math.floor(used * 0.95),
    );
    await some(300);
    await redis.ask("CONFIG", "SET", "maxmemory", 0);
  };
  return [
    evict,
    evict,
    evict,
    () => redis.ask("FLUSHALL"),
    pause,
    kill,
    // What is saved now is what the next start finds.
    () => redis.ask("SAVE"),
    kill,
    () => redis.ask("CLIENT", "KILL", "TYPE", "normal"),
    crowd,
  ];
}

const openSlowMart = (random: () => number) =>
  openMart({ takesMs: () => (random() < 0.5 ? 0 : random() * 12) });

/** On two gateways that share a Redis. */
async function runOnTwo(redis: object, rest: Pick<Chaos, "random" | "readsMax" | "disturb">): Promise<Found> {
  await using mart = await openSlowMart(rest.random);
  const cache = { ...redis, ...patient };
  await using a = await remembering(mart, { cache });
  await using b = await remembering(mart, { cache });
  return await runChaos({ mart, gateways: [a, b], ...rest });
}

it("serves nothing old, whatever happens to Redis", async () => {
  const beganMs = performance.now();
  const random = seeded(1);
  await using redis = await startRedis();
  const found = await runOnTwo(
    { redis: { url: redis.url } },
    {
      random,
      readsMax: long ? 100_000 : 5_000,
      disturb: async (going) => {
        for (let at = 0; going(); at++) {
          const all = harms(redis, random);
          await all[at % all.length]?.();
          await sleep(100 + 200 * random());
        }
      },
    },
  );
  tell("Redis", found, beganMs);
  expect(soundness(found)).toEqual(sound);
  expect(found.writes).toBeGreaterThan(50);
  expect(found.refused, "fills that came too late").toBeGreaterThan(0);
  expect(found.revalidated, "answers that outlived an event").toBeGreaterThan(0);
  expect(found.remembered, "it is worth something, too").toBeGreaterThan(found.reads / 10);
}, 1_200_000);

/** As it is documented: a server that has lost its replica, or was started again and has none yet, is no master for the cache. */
const withReplica = ["--min-replicas-to-write", "1"];

/** A master and its replica, and one Sentinel that knows both. */
async function startReplicated() {
  const servers = [await startRedis(withReplica), await startRedis(withReplica)] as const;
  const [master, replica] = servers;
  await replica.ask("REPLICAOF", "127.0.0.1", master.port);
  while (!String(await replica.ask("INFO", "replication")).includes("link_status:up")) await sleep(20);
  const known = [
    `monitor weft 127.0.0.1 ${master.port} 1`,
    "down-after-milliseconds weft 300",
    "failover-timeout weft 2000",
    `known-replica weft 127.0.0.1 ${replica.port}`,
  ];
  const sentinel = await startRedis(["--sentinel"], known.map((line) => `sentinel ${line}\n`).join(""));
  const masterNow = async (): Promise<RedisServer> => {
    const [, port] = (await sentinel.ask("SENTINEL", "GET-MASTER-ADDR-BY-NAME", "weft")) as string[];
    return Number(port) === master.port ? master : replica;
  };
  return {
    cache: { redis: { sentinels: [{ host: "127.0.0.1", port: sentinel.port }], name: "weft" } },
    /** Ends the master as a crash does, waits for the other to take its place, and begins the first again as its replica. */
    failOver: async () => {
      const old = await masterNow();
      await old.crash();
      let young = await masterNow();
      for (; young === old; young = await masterNow()) await sleep(20);
      await sleep(100);
      await old.start();
      await old.ask("REPLICAOF", "127.0.0.1", young.port);
      while (!String(await old.ask("INFO", "replication")).includes("link_status:up")) await sleep(20);
    },
    [Symbol.asyncDispose]: async () => {
      for (const server of [sentinel, ...servers]) await server[Symbol.asyncDispose]();
    },
  };
}

it("serves nothing old while the Sentinels choose one master after another", async () => {
  const beganMs = performance.now();
  await using redis = await startReplicated();
  let failovers = 0;
  const found = await runOnTwo(redis.cache, {
    random: seeded(2),
    readsMax: long ? 20_000 : 3_000,
    disturb: async (going) => {
      while (going() || failovers === 0) {
        await sleep(failovers === 0 ? 500 : 2_000);
        await redis.failOver();
        failovers++;
      }
    },
  });
  tell(`Sentinels, ${failovers} failovers`, found, beganMs);
  expect(soundness(found)).toEqual(sound);
  expect(found.writes).toBeGreaterThan(20);
  expect(found.remembered, "it is worth something, too").toBeGreaterThan(found.reads / 100);
}, 1_200_000);

it("serves nothing old of a memory so small that it forgets all the time", async () => {
  const beganMs = performance.now();
  const random = seeded(3);
  await using mart = await openSlowMart(random);
  await using gateway = await remembering(mart, { cache: { memoryBytesMax: 30_000 } });
  const found = await runChaos({
    mart,
    gateways: [gateway],
    random,
    readsMax: long ? 20_000 : 1_000,
    disturb: async () => {},
  });
  tell("memory", found, beganMs);
  expect(soundness(found)).toEqual(sound);
  expect(found.outOfReach).toBe(0);
  expect(found.refused, "fills that came too late").toBeGreaterThan(0);
  expect(found.revalidated, "answers that outlived an event").toBeGreaterThan(0);
  expect(found.remembered, "it is worth something, too").toBeGreaterThan(found.reads / 20);
}, 1_200_000);
