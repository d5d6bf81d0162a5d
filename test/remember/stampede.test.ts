// Five hundred callers at once, on two gateways with one Redis: the subgraphs are asked once.
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { startRedis } from "../cache/support/start-redis.ts";
import { openMart } from "./support/mart.ts";
import { remembering } from "./support/remembering.ts";

const callersMax = 500;
const query = "query Goods($page: Int!) { goods(page: $page) { id label price } }";

it("asks once for what is not there, and once more while what is old is served", async () => {
  await using redis = await startRedis();
  await using mart = await openMart({ takesMs: () => 10 });
  // Patient, and fresh for longer than a busy machine takes for the first rush: six seconds of half an hour.
  const cache = {
    redis: { url: redis.url },
    commandTimeoutMs: 5_000,
    claimWaitMs: 9_000,
    freshShare: 1 / 300,
  };
  await using a = await remembering(mart, { cache });
  await using b = await remembering(mart, { cache });
  // The operation is known: of whom it asks, and on which products it depends.
  for (const gateway of [a, b]) await gateway.ask({ query, variables: { page: 9 } });
  await a.settled();
  const ask = (i: number) => (i % 2 ? a : b).ask({ query, variables: { page: 1 } });
  const rush = async () => {
    const answers = await Promise.all(Array.from({ length: callersMax }, (_, i) => ask(i)));
    return [...new Set(answers.map(({ text }) => text))];
  };
  const asked = () => (["goods", "stock"] as const).map((subgraph) => mart.take(subgraph).length);
  asked();
  const cold = await rush();
  expect(cold).toHaveLength(1);
  expect(cold[0]).toContain("label 6 v0");
  expect(asked()).toEqual([1, 1]);
  await sleep(6_200);
  mart.change("label", 6);
  expect((await rush())[0], "what is old is served").toBe(cold[0]);
  while (!(await ask(0)).text.includes("label 6 v1")) await sleep(30);
  expect(asked()[0]).toBe(1);
}, 60_000);
