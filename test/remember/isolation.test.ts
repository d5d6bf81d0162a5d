// A hundred callers who see different things, asking the same at once: nobody gets a byte that is another's.
import { expect, it } from "vitest";
import { startRedis } from "../cache/support/start-redis.ts";
import { openMart, pageSize, rowsMax } from "./support/mart.ts";
import { remembering } from "./support/remembering.ts";
import { seeded } from "./support/seeded.ts";

const callersMax = 100;
const rounds = process.env.WEFT_TEST_LONG === undefined ? 500 : 5_000;
const questions = [
  "query Mine { mine { id seen } }",
  "query Seen($id: Int!) { seen(id: $id) }",
  "query Good($id: Int!) { good(id: $id) { id seen price } }",
  "query Offers($page: Int!) { offers(page: $page) { good { id seen } } }",
  // Only what it is made of is remembered.
  "query Rumoured($id: Int!) { good(id: $id) { seen } rumour }",
  "query RumouredOffers($page: Int!) { offers(page: $page) { good { id seen } } rumour }",
];

it.each(["memory", "Redis"])("keeps callers apart whatever order they come in: %s", async (where) => {
  const random = seeded(where.length);
  await using redis = await startRedis();
  await using mart = await openMart({ takesMs: () => (random() < 0.7 ? 0 : random() * 5) });
  const cache = where === "Redis" ? { redis: { url: redis.url }, commandTimeoutMs: 2_000 } : {};
  await using a = await remembering(mart, { cache });
  await using b = await remembering(mart, { cache });
  const below = (max: number) => Math.floor(random() * max);
  const wrong: string[] = [];
  const askOne = async (caller: number, query: string) => {
    const authorization = `caller ${caller}`;
    const given = Object.entries({ id: below(3), page: below(2) });
    const variables = Object.fromEntries(given.filter(([name]) => query.includes(`$${name}:`)));
    const gateway = random() < 0.5 ? a : b;
    // The last caller says nothing of himself.
    const headers: Record<string, string> = caller === callersMax ? {} : { authorization };
    const { text, data } = await gateway.ask({ query, variables }, { headers });
    const own = caller === callersMax ? "nobody" : authorization;
    const seen = [...text.matchAll(/seen by ([^"]*)"/g)].map(([, by]) => by);
    const isMine = !data?.mine || data.mine.id === (caller === callersMax ? 0 : caller % rowsMax);
    const many = query.includes("$page:") ? pageSize : 1;
    if (!isMine || seen.length !== many || seen.some((by) => by !== own))
      wrong.push(`${own} asked ${query}: ${text}`);
  };
  let round = 0;
  const lane = async () => {
    while (round++ < rounds) {
      const [query, crowd] = [questions[below(questions.length)] as string, below(callersMax)];
      const callers = Array.from({ length: 3 }, () => (crowd + below(3)) % (callersMax + 1));
      // Cold again.
      if (round % 20 === 0) await (round % 40 === 0 ? a : b).changed("goods", "Good");
      await Promise.all(callers.map((caller) => askOne(caller, query)));
    }
  };
  await Promise.all(Array.from({ length: 6 }, lane));
  expect(wrong.slice(0, 5)).toEqual([]);
  const hits = [...a.events, ...b.events].filter(
    (event) => event.kind === "cache.answered" && (event.how === "fresh" || event.how === "joined"),
  );
  expect(hits.length, "there was something to mix up").toBeGreaterThan(rounds / 10);
}, 300_000);
