// Whole answers that outlive an event which changed nothing of what they were made of, and those that must not.
import { describe, expect, it, test } from "vitest";
import type { Former } from "../../cache/joins/asked.ts";
import { mintVisibility } from "../../gateway/policy/visibility.ts";
import { readProvenance, writeParted } from "../../gateway/remember/parted.ts";
import { digestOf, type Provenance } from "../../gateway/remember/provenance.ts";
import type { Ask } from "../../gateway/remember/remembered-ask.ts";
import { openRevalidation } from "../../gateway/remember/revalidate.ts";
import { never } from "../cache/support/open-cache.ts";
import { startRedis } from "../cache/support/start-redis.ts";
import { answerJson, httpServer } from "../gateway/support/http-server.ts";
import type { GatewayAnswer } from "../gateway/support/test-gateway.ts";
import { type Remembering, remembering } from "./support/remembering.ts";
import { seeded } from "./support/seeded.ts";
import { openShelf, type Shelf } from "./support/shelf.ts";

/** The titles of books 1 and 2, by the key that a shop knows. */
const titles = "query Titles { offers { id book { id title } } }";
/** All that the books' own list says. */
const list = "query List { books { id title } }";

describe.each([["memory"], ["Redis"]])("an answer remembered in %s", (kind) => {
  const it = test.extend<{ shelf: Shelf; gateway: Asking }>({
    // biome-ignore lint/correctness/noEmptyPattern: a fixture names what it needs, which is nothing
    shelf: async ({}, use) => {
      await using shelf = await openShelf();
      await use(shelf);
    },
    gateway: async ({ shelf }, use) => {
      await using redis = kind === "Redis" ? await startRedis() : undefined;
      const cache = redis ? { redis: { url: redis.url }, commandTimeoutMs: 2_000 } : {};
      await using gateway = await remembering(shelf, { cache });
      // From the second event of a product on one entity goes at a time.
      for (const [product, entity] of products) await gateway.changed(product, entity);
      await use(asking(gateway, shelf));
    },
  });

  it("stays where an event names none of its entities, and nobody is asked", async ({ gateway, shelf }) => {
    const first = await gateway.answer(titles);
    await gateway.changed("books", "Book", [{ id: 3 }]);
    const second = await gateway.answer(titles);
    expect(second).toMatchObject({ text: first.text, how: "revalidated", books: 0, shop: 0 });
    shelf.change("title", 1); // untold
    expect((await gateway.answer(titles)).how, "under the present tokens").toBe("fresh");
    for (const id of [3, 3, 3]) await gateway.changed("books", "Book", [{ id }]);
    expect(await gateway.answer(titles)).toMatchObject({ text: first.text, how: "revalidated", books: 0 });
  });

  it("goes where one of several events names one", async ({ gateway, shelf }) => {
    await gateway.answer(titles);
    shelf.change("title", 2);
    await gateway.changed("books", "Book", [{ id: 2 }]);
    await gateway.changed("books", "Book", [{ id: 3 }]);
    const { data, how, books } = await gateway.answer(titles);
    expect(data.offers[1].book.title).toBe("title 2 v1");
    expect({ how, books }).toEqual({ how: "fetched", books: 1 });
  });

  it("asks a list again, once, and stays where that is the same", async ({ gateway, shelf }) => {
    const first = await gateway.answer(list);
    await gateway.changed("books", "Book", [{ id: 1 }]);
    expect(await gateway.answer(list)).toMatchObject({ text: first.text, how: "revalidated", books: 1 });
    shelf.change("title", 3);
    await gateway.changed("books", "Book", [{ id: 3 }]);
    const { data, how, books } = await gateway.answer(list);
    expect(data.books[2].title).toBe("title 3 v1");
    expect({ how, books }, "what was asked to find that out is not asked again").toEqual({
      how: "fetched",
      books: 1,
    });
    expect((await gateway.answer(list)).how).toBe("fresh");
  });

  it.for([
    ["an event without keys", (gateway: Asking) => gateway.changed("books", "Book")],
    ["an event that names too many", (gateway: Asking) => gateway.changed("books", "Book", ids(65))],
    ["an event of another key", (gateway: Asking) => gateway.changed("books", "Book", [{ title: "a" }])],
    [
      "so many events that what they named is not kept",
      async (gateway: Asking) => {
        for (let left = 257; left > 0; left--) await gateway.changed("books", "Book", [{ id: 3 }]);
      },
    ],
  ] as const)("is made anew after %s", async ([, change], { gateway }) => {
    await gateway.answer(titles);
    await change(gateway);
    expect((await gateway.answer(titles)).how).toBe("fetched");
  });

  it("goes by what a field is, not by what it is called", async ({ gateway, shelf }) => {
    const aliased = "query Aliased { offers { book { id t: title } } }";
    const disguised = "query Disguised { offers { book { id title: told } } }";
    // What takes arguments is no column, whether any are given or not.
    const other = "query Other { offers { book { id titleOf } } }";
    const named = "query Named { offers { book { id titleOf(id: 3) } } }";
    for (const query of [aliased, disguised, other, named]) await gateway.answer(query);
    shelf.change("title", 3);
    await gateway.changed("books", "Book", [{ id: 3 }]);
    expect((await gateway.answer(aliased)).how).toBe("revalidated");
    expect((await gateway.answer(disguised)).data.offers[0].book.title).toEqual(["title 3 v1"]);
    for (const query of [other, named])
      expect((await gateway.answer(query)).data.offers[0].book.titleOf).toBe("title 3 v1");
  });

  it("is as old as it was, and not for those who take nothing old", async ({ gateway, shelf }) => {
    const asOf = ({ extensions }: GatewayAnswer) =>
      extensions.freshness.map((each: { asOf: string; from: string }) => [each.asOf, each.from]);
    const ask = (more = {}) => gateway.answer({ query: titles, extensions: { freshness: true, ...more } });
    const first = asOf(await ask());
    await gateway.changed("books", "Book", [{ id: 3 }]);
    const second = await ask();
    expect(second.how).toBe("revalidated");
    expect(asOf(second)).toEqual(first.map(([at]: [string]) => [at, "cache"]));
    await gateway.changed("books", "Book", [{ id: 3 }]);
    const third = await ask({ maxStalenessMs: 0 });
    expect({ how: third.how, books: third.books, shop: third.shop }).toEqual({
      how: "fetched",
      books: 1,
      shop: 1,
    });
    expect(shelf.version("title", 1)).toBe(0);
  });

  it("is what the owners would say, whatever was asked and told before", async ({ gateway, shelf }) => {
    const random = seeded(7);
    const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
    const questions = [
      titles,
      list,
      "query Prices { books { id title price } }",
      "query One { book(id: 2) { title price } }",
      "query Shelved { offers { book { id title shelf { name books { title } } } } }",
    ];
    const seen = new Map<string, number>();
    for (let step = 0; step < 200; step++) {
      if (random() < 0.4) {
        const id = 1 + Math.floor(random() * 3);
        const [what, product, entity] = pick([
          ["title", "books", "Book"],
          ["price", "offers", "Offer"],
        ] as const);
        // Some events change nothing.
        if (random() < 0.5) shelf.change(what, id);
        await gateway.changed(product, entity, random() < 0.9 ? [{ id }] : undefined);
        continue;
      }
      const query = pick(questions);
      const remembered = await gateway.answer(query);
      seen.set(remembered.how, (seen.get(remembered.how) ?? 0) + 1);
      const { data } = await gateway.ask({ query, extensions: { maxStalenessMs: 0 } });
      expect(remembered.data).toEqual(data);
    }
    expect([...seen.keys()]).toEqual(expect.arrayContaining(["fetched", "fresh", "revalidated"]));
  });
});

describe("what an answer was made of", () => {
  const changed = new Map([["books", new Set(["12345678901"])]]);
  const provenance = (more: Partial<Provenance> = {}): Provenance => ({
    asked: [["books", "q", digestOf("same")]],
    entities: [["books", "aaaaaaaaaaabbbbbbbbbbb"]],
    unknown: [],
    ...more,
  });
  const former = (its: Provenance, more = changed): Former => ({
    body: writeParted({ data: Buffer.from("{}"), errors: [], provenance: its } as never),
    changed: more,
  });
  const opened = (answer: () => Promise<string>) => {
    let requests = 0;
    const ask: Ask = async (_, { body }, { told }) => {
      requests++;
      const text = await answer();
      told?.({
        subgraph: "books",
        from: "fetched",
        count: 1,
        asOfMs: 0,
        evidence: () => ({ kind: "answer", body, text }),
      });
      return {};
    };
    const products = new Map([
      ["books", { products: ["books"], sloMs: 1 }],
      ["shop", { products: ["offers"], sloMs: 1 }],
    ]);
    const revalidate = openRevalidation({ ask, products, subgraphs: new Map() });
    const asking = { signal: never, visibility: mintVisibility({}, []) };
    return {
      revalidate: async (its: Former) => (await revalidate(its, asking)).isSame,
      requests: () => requests,
    };
  };
  const same = async () => "same";

  it.each<[string, Partial<Provenance>, boolean, number]>([
    ["the same list", {}, true, 1],
    ["an entity that was named", { entities: [["books", "aaaaaaaaaaa12345678901"]] }, false, 0],
    ["a name between two others", { entities: [["books", "a12345678901bbbbbbbbbb"]] }, true, 1],
    ["the same name in another product", { entities: [["offers", "12345678901"]] }, true, 1],
    ["another subgraph's list", { asked: [["shop", "q", "other"]] }, true, 0],
    ["a part of which nothing is known", { unknown: ["books"] }, false, 0],
    ["such a part of another subgraph", { unknown: ["shop"] }, true, 1],
    ["a subgraph that is gone", { unknown: ["gone"] }, false, 0],
  ])("%s", async (_, more, isSame, requests) => {
    const asked = opened(same);
    expect(await asked.revalidate(former(provenance(more)))).toBe(isSame);
    expect(asked.requests()).toBe(requests);
  });

  it("is not known to be the same where anything may have changed, or the list fails", async () => {
    const anything = new Map([["books", undefined as never]]);
    expect(await opened(same).revalidate(former(provenance(), anything))).toBe(false);
    const failing = opened(async () => {
      throw new Error("away");
    });
    expect(await failing.revalidate(former(provenance()))).toBe(false);
    const other = opened(async () => "other");
    expect(await other.revalidate(former(provenance()))).toBe(false);
  });

  it("is seldom looked at where it hardly ever is", async () => {
    const other = opened(async () => "other");
    for (let left = 1_000; left > 0; left--) await other.revalidate(former(provenance()));
    expect(other.requests()).toBeLessThan(80);
    expect(other.requests()).toBeGreaterThan(50);
  });

  it("is not kept where it is larger than it is worth", () => {
    const kept = (bytes: number, names: number) =>
      readProvenance(
        writeParted({
          data: Buffer.alloc(bytes, " "),
          errors: [],
          provenance: provenance({ entities: [["books", "n".repeat(names)]] }),
        } as never),
      ) !== undefined;
    expect([kept(0, 1_900), kept(0, 2_100), kept(100_000, 24_000), kept(100_000, 26_000)]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });
});

it("asks a subgraph that fails no more often than a question without a former answer does", async () => {
  let fails = false;
  let asked = 0;
  await using shelf = await openShelf();
  await using books = await httpServer(async (response, { body }) => {
    if (!body.includes("_service")) asked++;
    if (fails && !body.includes("_service")) return void response.writeHead(503).end();
    const headers = { "content-type": "application/json" };
    answerJson(
      response,
      await (await fetch(shelf.subgraphs.books, { method: "POST", headers, body })).json(),
    );
  });
  await using gateway = await remembering({ subgraphs: { books: books.url } });
  await gateway.changed("books", "Book");
  for (let turn = 0; turn < 3; turn++) {
    await gateway.ask(list);
    await gateway.settled();
  }
  fails = true;
  asked = 0;
  await gateway.ask({ query: list, extensions: { maxStalenessMs: 0 } });
  const without = asked;
  await gateway.changed("books", "Book", [{ id: 9 }]);
  expect((await gateway.ask(list)).errors?.[0]?.extensions?.code).toBe("SUBGRAPH_ANSWER_INVALID");
  expect(asked - without).toBe(without);
});

const products = [
  ["books", "Book"],
  ["offers", "Offer"],
] as const;

const ids = (count: number) => Array.from({ length: count }, (_, id) => ({ id }));

type Asking = Remembering & {
  /** Written when it resolves, with how the whole of it came about and how many requests it took. */
  readonly answer: (
    question: Parameters<Remembering["ask"]>[0],
  ) => Promise<GatewayAnswer & { readonly how: string; readonly books: number; readonly shop: number }>;
};

function asking(gateway: Remembering, shelf: Shelf): Asking {
  const edge = /^answer: /;
  const { events } = gateway;
  return {
    ...gateway,
    answer: async (question) => {
      shelf.take("books");
      shelf.take("shop");
      const from = events.length;
      const answer = await gateway.ask(question);
      await gateway.settled();
      const how = events
        .slice(from)
        .flatMap((event) =>
          event.kind === "cache.answered" && edge.test(event.edge ?? "") ? [event.how] : [],
        );
      return {
        ...answer,
        how: how.join(),
        books: shelf.take("books").length,
        shop: shelf.take("shop").length,
      };
    },
  };
}
