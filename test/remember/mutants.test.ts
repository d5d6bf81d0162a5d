// What a subgraph is asked is shared on its way by generation alone: with that taken out an old answer gets through.
import { expect, it } from "vitest";
import { configSchema } from "../../gateway/config.ts";
import { openSubgraphs } from "../../gateway/fetch/open-subgraphs.ts";
import { mintVisibility } from "../../gateway/policy/visibility.ts";
import { openJoinCache } from "../../gateway/remember/join-cache.ts";
import { type Ask, rememberedAsk } from "../../gateway/remember/remembered-ask.ts";
import { never } from "../cache/support/open-cache.ts";
import { changeOf } from "../setup/change-event.ts";
import { openMart, readValue } from "./support/mart.ts";

const body = JSON.stringify({ query: "{ goods(page: 0) { label } }" });

it.each<[string, (ask: Ask) => Ask, number]>([
  ["", (ask) => ask, 1],
  [
    "but would without the generation",
    (ask) =>
      (subgraph, request, { generation: _, ...asking }) =>
        ask(subgraph, request, asking),
    0,
  ],
])("joins no request that was sent before a change %s", async (_what, change, version) => {
  await using mart = await openMart();
  const { cache: settings, fetch } = configSchema.parse({ subgraphs: [{ name: "a", url: "http://a" }] });
  await using subgraphs = openSubgraphs({ observe: () => {} }, fetch);
  await using cache = openJoinCache({ observe: () => {}, isKey: () => true }, settings);
  const goods = { name: "goods", url: mart.subgraphs.goods };
  const products = new Map([["goods", { products: ["goods"], sloMs: 3_600_000 }]]);
  const asks = rememberedAsk({ cache, ask: change(subgraphs.ask), products, schemaVersion: "1" });
  const ask = () =>
    asks(goods, { kind: "query", body }, { signal: never, visibility: mintVisibility({}, []) });
  const versionOf = async (answer: ReturnType<typeof ask>) =>
    readValue(((await answer).data as { goods: { label: string }[] }).goods[0]?.label ?? "").version;
  const release = mart.hold();
  const old = ask();
  while (mart.take("goods").length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  // Its values are read by then.
  await new Promise((resolve) => setTimeout(resolve, 50));
  mart.change("label", 0);
  await cache.invalidation.event(changeOf("goods", 1));
  const young = ask();
  setTimeout(release, 100);
  expect(await versionOf(old)).toBe(0);
  expect(await versionOf(young)).toBe(version);
});
