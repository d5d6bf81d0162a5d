// What is on its way: shared by those who asked before a change, and joined by nobody who asked after it.
import { expect, test } from "vitest";
import { startRedis } from "../cache/support/start-redis.ts";
import { openMart, readValue } from "./support/mart.ts";
import { remembering } from "./support/remembering.ts";

/** Of a subgraph without a product, so that no whole answer stands between the caller and the entities. */
const query = "query ($page: Int!) { offers(page: $page) { good { label } } rumour }";

test("an entity that is seldom asked is not joined after it changed, on either gateway", async () => {
  await using redis = await startRedis();
  // An objective so short that one question is not enough to be remembered.
  await using mart = await openMart({ slo: "PT10S" });
  const cache = { redis: { url: redis.url }, commandTimeoutMs: 2_000 };
  await using a = await remembering(mart, { cache }, redis.url);
  await using b = await remembering(mart, { cache }, redis.url);
  for (const gateway of [a, b]) await gateway.ask({ query, variables: { page: 1 } });
  await a.changed("goods", "Good", [{ id: 59 }]);
  mart.take("goods");
  const asked = async (requests: number) => {
    let seen = 0;
    while (seen < requests) {
      seen += mart.take("goods").length;
      await a.settled();
    }
  };
  const release = mart.hold();
  const old = [a, b].map((gateway) => gateway.ask({ query, variables: { page: 0 } }));
  await asked(2);
  mart.change("label", 0);
  await a.changed("goods", "Good", [{ id: 0 }]);
  const young = [a, b].map((gateway) => gateway.ask({ query, variables: { page: 0 } }));
  setTimeout(release, 300);
  const versions = async (answers: typeof old) =>
    (await Promise.all(answers)).map(({ data }) => readValue(data.offers[0].good.label).version);
  expect(await versions(old)).toEqual([0, 0]);
  expect(await versions(young)).toEqual([1, 1]);
});
