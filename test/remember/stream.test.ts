// Change events by a Redis Stream reach the gateways that share the Redis.
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { startRedis } from "../cache/support/start-redis.ts";
import { testGateway } from "../gateway/support/test-gateway.ts";
import { changeOf } from "../setup/change-event.ts";
import { remembering } from "./support/remembering.ts";
import { openShelf } from "./support/shelf.ts";

it("an event in the stream makes what is remembered old, on every gateway", async () => {
  await using redis = await startRedis();
  await using shelf = await openShelf();
  const sections = {
    cache: { redis: { url: redis.url }, commandTimeoutMs: 2_000 },
    events: { stream: "changes" },
  };
  await using one = await remembering(shelf, sections);
  await using other = await remembering(shelf, sections);
  const title = async (gateway: typeof one): Promise<string> =>
    (await gateway.ask("{ book(id: 1) { title } }")).data.book.title;
  for (const gateway of [one, other]) {
    await title(gateway);
    await gateway.settled();
    expect(await title(gateway)).toBe("title 1 v0");
  }
  shelf.change("title", 1);
  const event = changeOf("books", 1, [{ id: 1 }], "Book");
  await redis.ask("XADD", "changes", "*", "event", JSON.stringify(event));
  for (let turn = 0; turn < 500 && (await title(one)) === "title 1 v0"; turn++) await sleep(20);
  expect(await title(one)).toBe("title 1 v1");
  expect(await title(other)).toBe("title 1 v1");
});

it("a stream without a Redis to read it from is refused", async () => {
  await using shelf = await openShelf();
  const { subgraphs } = shelf;
  const starting = testGateway({ subgraphs, cache: { enabled: true }, events: { stream: "changes" } });
  await expect(starting).rejects.toMatchObject({ code: "CONFIG_INVALID" });
});
