// A Redis that fails in every way: no request fails for it, no answer is wrong, and it is used again once it is well.
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { GatewayEvent } from "../../gateway/main.ts";
import { type RedisServer, startRedis } from "../cache/support/start-redis.ts";
import { type Mart, openMart, readValue } from "./support/mart.ts";
import { openRedisProxy, type RedisProxy } from "./support/redis-proxy.ts";
import { type Remembering, remembering } from "./support/remembering.ts";

const query = "query Goods($page: Int!) { goods(page: $page) { id label price } }";
/** Never a whole answer that is remembered: only what it is made of. */
const inParts = "query Parts($page: Int!) { offers(page: $page) { amount good { label } } rumour }";
const pages = [0, 1, 2, 3];

type Hurt = {
  readonly redis: RedisServer;
  readonly proxy: RedisProxy;
};

/** What it is, how it comes and goes, and by which event it is seen to have come. */
type Harm = readonly [
  string,
  (hurt: Hurt) => unknown,
  (hurt: Hurt) => unknown,
  (event: GatewayEvent) => boolean,
];

const isFailure = ({ kind }: GatewayEvent) => kind === "cache.store-failed";
const harms: readonly Harm[] = [
  ["gone", ({ redis }) => redis.crash(), ({ redis }) => redis.start(), isFailure],
  ["frozen", ({ redis }) => redis.freeze(), ({ redis }) => redis.thaw(), isFailure],
  ["two seconds slow", ({ proxy }) => proxy.slow(2_000), ({ proxy }) => proxy.slow(0), isFailure],
  [
    "a replica",
    // Of a master that is not there.
    ({ redis }) => redis.ask("REPLICAOF", "127.0.0.1", 1),
    ({ redis }) => redis.ask("REPLICAOF", "NO", "ONE"),
    isFailure,
  ],
  [
    "full",
    ({ redis }) => redis.ask("CONFIG", "SET", "maxmemory-policy", "noeviction", "maxmemory", 1),
    ({ redis }) => redis.ask("CONFIG", "SET", "maxmemory", 0),
    (event) => event.kind === "cache.unstored" && event.reason === "store full",
  ],
  [
    "flushed",
    ({ redis }) => redis.ask("FLUSHALL"),
    () => {},
    (event) => event.kind === "cache.answered" && event.how === "fetched",
  ],
  [
    "corrupted",
    ({ redis }) => redis.ask("EVAL", corrupt, 0),
    () => {},
    (event) => event.kind === "cache.entry-rejected" && event.reason === "corrupted",
  ],
];

/** Turns one byte of each entry over. */
const corrupt = `
local function turned(text)
  local at = math.random(1, #text)
  return text:sub(1, at - 1) .. string.char(bit.bxor(text:byte(at), 255)) .. text:sub(at + 1)
end
for _, key in ipairs(redis.call('KEYS', '*')) do
  if redis.call('TYPE', key).ok == 'hash' then
    local fields = redis.call('HGETALL', key)
    for i = 1, #fields, 2 do
      if fields[i] ~= 'lease' then redis.call('HSET', key, fields[i], turned(fields[i + 1])) end
    end
  elseif key:find(':entry$') then redis.call('SET', key, turned(redis.call('GET', key)), 'KEEPTTL') end
end`;

/** Asks for everything; what is wrong with the answers, as text. */
async function ask(gateway: Remembering, versionOf: (id: number) => number): Promise<readonly string[]> {
  const wrong: string[] = [];
  const one = async (query: string, page: number) => {
    const { text, data, errors } = await gateway.ask({ query, variables: { page } });
    const goods = data?.goods ?? data?.offers?.map(({ good }: { good: object }) => good) ?? [];
    const labels: string[] = goods.map(({ label }: { label: string }) => label);
    const isRight = labels.every((label, i) => readValue(label).version === versionOf(page * 6 + i));
    if (errors || labels.length === 0 || !isRight) wrong.push(text);
  };
  await Promise.all([query, inParts].flatMap((each) => pages.map((page) => one(each, page))));
  return wrong;
}

/** What is asked twice is asked of the subgraph once. */
async function isUsed(gateway: Remembering, mart: Mart): Promise<boolean> {
  const asked = () => gateway.ask({ query, variables: { page: 5 } });
  await asked();
  await gateway.settled();
  mart.take("goods");
  await asked();
  return mart.take("goods").length === 0;
}

async function usedAgain(gateway: Remembering, mart: Mart): Promise<void> {
  for (let left = 400; !(await isUsed(gateway, mart)); left--) {
    expect(left, "Redis is used again").toBeGreaterThan(0);
    await sleep(25);
  }
}

describe("a gateway whose Redis fails", () => {
  it.each(harms)(
    "answers rightly while it is %s, and uses it again",
    async (_what, hurt, heal, tells) => {
      await using redis = await startRedis();
      await using proxy = await openRedisProxy(redis.port);
      await using mart = await openMart();
      const cache = { redis: { url: proxy.url }, commandTimeoutMs: 150, restMs: 300 };
      await using gateway = await remembering(mart, { cache });
      const versions = new Map<number, number>();
      const versionOf = (id: number) => versions.get(id) ?? 0;
      const change = async (id: number) => {
        versions.set(id, mart.change("label", id));
        // Not acknowledged where it can't be written; then nothing is read either.
        await gateway.changed("goods", "Good", [{ id }]).catch(() => {});
      };
      await usedAgain(gateway, mart);
      expect(await ask(gateway, versionOf)).toEqual([]);
      await gateway.settled();
      const before = gateway.events.length;
      await hurt({ redis, proxy });
      for (const id of [0, 1, 7, 13]) {
        expect(await ask(gateway, versionOf)).toEqual([]);
        await change(id);
      }
      expect(await ask(gateway, versionOf)).toEqual([]);
      expect(gateway.events.slice(before).some(tells)).toBe(true);
      await heal({ redis, proxy });
      // What was not acknowledged is sent again until it is.
      const acknowledged = () =>
        gateway.changed("goods", "Good").then(
          () => true,
          () => false,
        );
      while (!(await acknowledged())) await sleep(50);
      await usedAgain(gateway, mart);
      expect(await ask(gateway, versionOf)).toEqual([]);
    },
    60_000,
  );

  it("starts without it, and uses it once it is there", async () => {
    await using redis = await startRedis();
    await redis.crash();
    await using mart = await openMart();
    const cache = { redis: { url: redis.url }, commandTimeoutMs: 150, restMs: 300 };
    await using gateway = await remembering(mart, { cache });
    expect(await ask(gateway, () => 0)).toEqual([]);
    await redis.start();
    await usedAgain(gateway, mart);
  }, 60_000);

  it("asks a Redis that is too slow next to nothing", async () => {
    await using redis = await startRedis();
    await using proxy = await openRedisProxy(redis.port);
    await using mart = await openMart();
    const cache = { redis: { url: proxy.url }, commandTimeoutMs: 150, restMs: 60_000 };
    await using gateway = await remembering(mart, { cache });
    await usedAgain(gateway, mart);
    proxy.slow(2_000);
    const isSuspended = () => gateway.events.some(({ kind }) => kind === "cache.store-suspended");
    while (!isSuspended()) expect(await ask(gateway, () => 0)).toEqual([]);
    const scripts = proxy.scripts();
    const heard = gateway.events.length;
    for (let turn = 0; turn < 10; turn++) expect(await ask(gateway, () => 0)).toEqual([]);
    expect(proxy.scripts() - scripts).toBe(0);
    // Whole answers alone still go by the cache, for those who share one; entities and fetches are not even looked up.
    const edges = gateway.events.slice(heard).flatMap((event) => ("edge" in event ? [event.edge] : []));
    expect(edges.length).toBeGreaterThan(0);
    expect(edges.filter((edge) => !edge?.startsWith("answer: "))).toEqual([]);
  }, 60_000);
});
