// A master that a failover may make forget what was invalidated: it is told, where Sentinels or a Cluster choose masters.
import { afterEach, expect, it } from "vitest";
import type { CacheEvent } from "../../cache/cache-event.ts";
import { connectRedis, type RedisPlace } from "../../cache/store/redis-connection.ts";
import { closedAfter } from "../setup/closed-after.ts";
import { meet, startCluster, startNode } from "./support/start-cluster.ts";
import { type RedisServer, startRedis, startSentinel } from "./support/start-redis.ts";

const script = { whenFull: true, text: "return 1" };
const keep = closedAfter(afterEach);
const server = async (flags?: readonly string[]) => keep(await startRedis(flags));

async function until(what: () => unknown): Promise<void> {
  for (let left = 600; !(await what()); left--) {
    expect(left).toBeGreaterThan(0);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

async function replicated(): Promise<RedisServer> {
  const [master, replica] = [await server(), await server()];
  await replica.ask("REPLICAOF", "127.0.0.1", master.port);
  await until(async () => String(await master.ask("INFO", "replication")).includes("state=online"));
  return master;
}

/** Connected, and with time enough to have been warned. */
async function connected(place: RedisPlace) {
  const observed: CacheEvent[] = [];
  const connection = keep(
    connectRedis(place, { commandTimeoutMs: 500, observe: (event) => observed.push(event) }),
  );
  const answers = () =>
    connection.run(script, ["{a}"], []).then(
      () => true,
      () => false,
    );
  await until(answers);
  const settled = () => new Promise((resolve) => setTimeout(resolve, 200));
  await settled();
  const warned = () =>
    observed.flatMap((event) => (event.kind === "cache.failover-unguarded" ? [event.master] : []));
  return { connection, answers, settled, warned };
}

async function sentinelOf(master: RedisServer): Promise<RedisPlace> {
  const sentinel = keep(await startSentinel("mesh", master.port));
  return { kind: "sentinel", name: "mesh", sentinels: [{ host: "127.0.0.1", port: sentinel.port }] };
}

it("is told at the start, and once after each reconnect", async () => {
  const { connection, answers, settled, warned } = await connected(await sentinelOf(await replicated()));
  expect(warned()).toEqual(["mesh"]);
  for (let turn = 0; turn < 5; turn++) await answers();
  await settled();
  expect(warned()).toEqual(["mesh"]);
  connection.reconnect();
  await until(async () => (await answers()) && warned().length > 1);
  await settled();
  expect(warned()).toEqual(["mesh", "mesh"]);
});

it("is not told of a master that refuses writes which no replica takes", async () => {
  const master = await replicated();
  await master.ask("CONFIG", "SET", "min-replicas-to-write", 1);
  expect((await connected(await sentinelOf(master))).warned()).toEqual([]);
});

it("is not told of a master without a replica, nor of a single server", async () => {
  const alone = await server();
  expect((await connected(await sentinelOf(alone))).warned()).toEqual([]);
  const { url } = await replicated();
  expect((await connected({ kind: "single", url })).warned()).toEqual([]);
});

it("is not told where the configuration may not be asked for", async () => {
  const master = await replicated();
  await master.ask("ACL", "SETUSER", "default", "-config");
  expect((await connected(await sentinelOf(master))).warned()).toEqual([]);
});

it("is told of each such master of a Cluster, by its address", async () => {
  const [a, b] = await startCluster(server);
  const replica = await startNode(server);
  await meet(replica, a);
  const id = String(await a.ask("CLUSTER", "MYID"));
  await until(async () => String(await replica.ask("CLUSTER", "NODES")).includes(id));
  await replica.ask("CLUSTER", "REPLICATE", id);
  await until(async () => String(await a.ask("INFO", "replication")).includes("state=online"));
  const { warned } = await connected({ kind: "cluster", nodes: [{ host: "127.0.0.1", port: b.port }] });
  expect(warned()).toEqual([`127.0.0.1:${a.port}`]);
}, 40_000);
