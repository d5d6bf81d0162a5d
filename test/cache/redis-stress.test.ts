// Gateways, a writer and an evictor at once on a real Redis: no read is older than what was acknowledged before it began.
import { expect, it } from "vitest";
import type { Body } from "../../cache/store/body.ts";
import { connectRedis } from "../../cache/store/redis-connection.ts";
import { openRedisStore } from "../../cache/store/redis-store.ts";
import { usualStoreLimits } from "../../cache/store/store-limits.ts";
import { changeOf } from "../setup/change-event.ts";
import { never, openCache } from "./support/open-cache.ts";
import { startRedis } from "./support/start-redis.ts";
import { answering, token } from "./support/stores.ts";

const lastsMs = process.env.WEFT_TEST_LONG === undefined ? 3_000 : 60_000;
const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const product = "airports";
const asked = { visibility: "v", schemaVersion: "1", sloMs: 600_000 };

it("serves nothing old while everything happens at once", async () => {
  await using redis = await startRedis();
  const stores: AsyncDisposable[] = [];
  const caches = await Promise.all(
    [0, 1, 2].map(async () => {
      const store = openRedisStore(
        {
          connection: connectRedis({ kind: "single", url: redis.url }, { commandTimeoutMs: 2_000 }),
          now: () => performance.now(),
          token,
          observe: () => {},
        },
        usualStoreLimits,
      );
      stores.push(store);
      await answering(store);
      return openCache(store, { options: { claimWaitMs: 20, claimLookMs: 5 } });
    }),
  );
  const untilMs = performance.now() + lastsMs;
  const going = () => performance.now() < untilMs;
  const truth = [0, 0, 0, 0];
  const acknowledged = [0, 0, 0, 0];
  const found = { old: [] as string[], reads: 0, hits: 0, writes: 0 };

  const fetchOne = async (row: number) => {
    await rest(Math.random() * 8);
    const body = String(truth[row]);
    await rest(Math.random() * 8);
    return { body, whole: true };
  };
  const judge = (row: number, floor: number, answer: { body: Body | undefined; how: string }) => {
    found.reads++;
    if (answer.how === "fresh") found.hits++;
    const version = Number(answer.body);
    if (version < floor) found.old.push(`row ${row}, ${answer.how}: ${version} after ${floor}`);
  };
  const readRows = async ({ entities }: (typeof caches)[number]) => {
    while (going()) {
      const rows = [0, 1, 2, 3].filter(() => Math.random() < 0.6);
      const floors = [...acknowledged];
      const answers = await entities.through(
        {
          ...asked,
          request: "row",
          product,
          entity: "Airport",
          keys: rows.map((id) => ({ id })),
          reaches: [],
        },
        (places) => Promise.all(places.map((place) => fetchOne(rows[place] as number))),
        { signal: never },
      );
      answers.forEach((answer, i) => {
        judge(rows[i] as number, floors[rows[i] as number] as number, answer);
      });
    }
  };
  const readList = async ({ answers }: (typeof caches)[number]) => {
    while (going()) {
      const row = Math.floor(Math.random() * 4);
      const floor = acknowledged[row] as number;
      const request = `list of ${row}`;
      const list = { ...asked, request, products: [product] };
      judge(row, floor, await answers.through(list, () => fetchOne(row), { signal: never }));
    }
  };
  const write = async () => {
    for (let sequence = 1; going(); sequence++) {
      const row = Math.floor(Math.random() * 4);
      const version = (truth[row] as number) + 1;
      truth[row] = version;
      // Some are lost, and leave a gap.
      if (Math.random() < 0.1) sequence++;
      await caches[sequence % 3]?.invalidation.event(changeOf(product, sequence, [{ id: row }]));
      acknowledged[row] = version;
      found.writes++;
      await rest(Math.random() * 30);
    }
  };
  const evict = async () => {
    while (going()) {
      await rest(Math.random() * 40);
      if (Math.random() < 0.05) await redis.ask("FLUSHALL");
      const key = await redis.ask("RANDOMKEY");
      if (key !== null) await redis.ask("DEL", String(key));
    }
  };
  await Promise.all([
    write(),
    evict(),
    ...caches.flatMap((cache) => [readRows(cache), readRows(cache), readList(cache), readList(cache)]),
  ]);
  for (const cache of caches) await cache.idle();
  for (const store of stores) await store[Symbol.asyncDispose]();
  expect(found.old).toEqual([]);
  expect(found.writes).toBeGreaterThan(30);
  expect(found.hits, "it is worth something, too").toBeGreaterThan(found.reads / 10);
}, 120_000);
