// What the gateway remembers, and how it forgets: in its own memory, and in Redis.
import { describe, expect, test } from "vitest";
import { startRedis } from "../cache/support/start-redis.ts";
import type { TestGatewayOptions } from "../gateway/support/test-gateway.ts";
import { type Remembering, remembering } from "./support/remembering.ts";
import { openShelf, type Shelf } from "./support/shelf.ts";

type Cache = NonNullable<TestGatewayOptions["cache"]>;

const inMemory = async (): Promise<AsyncDisposable & { readonly cache: Cache }> => ({
  cache: {},
  [Symbol.asyncDispose]: async () => {},
});
const inRedis = async (): Promise<AsyncDisposable & { readonly cache: Cache }> => {
  const redis = await startRedis();
  return {
    // A busy machine is no failure here.
    cache: { redis: { url: redis.url }, commandTimeoutMs: 2_000 },
    [Symbol.asyncDispose]: () => redis[Symbol.asyncDispose](),
  };
};

const titles = "{ books { id title } }";
const prices = "{ books { id title price } }";

describe.each([
  ["memory", inMemory],
  ["Redis", inRedis],
] as const)("a gateway that remembers in %s", (_, openStore) => {
  const it = test.extend<{ cache: Cache; shelf: Shelf; gateway: Remembering }>({
    // biome-ignore lint/correctness/noEmptyPattern: a fixture names what it needs, which is nothing
    cache: async ({}, use) => {
      await using store = await openStore();
      await use(store.cache);
    },
    // biome-ignore lint/correctness/noEmptyPattern: as above
    shelf: async ({}, use) => {
      await using shelf = await openShelf();
      await use(shelf);
    },
    gateway: async ({ cache, shelf }, use) => {
      await using gateway = await remembering(shelf, { cache });
      await use(gateway);
    },
  });

  it("answers a question that comes again without asking anybody, byte for byte", async ({
    shelf,
    gateway,
  }) => {
    const first = await gateway.ask(prices);
    await gateway.settled();
    expect(first.data.books).toHaveLength(3);
    shelf.take("books");
    shelf.take("shop");
    const second = await gateway.ask(prices);
    expect(second.text).toBe(first.text);
    expect([...shelf.take("books"), ...shelf.take("shop")]).toEqual([]);
  });

  it("tells values of variables apart", async ({ gateway }) => {
    const query = "query ($id: Int!) { book(id: $id) { title } }";
    for (const id of [1, 2, 1, 2]) {
      const { data } = await gateway.ask({ query, variables: { id } });
      expect(data.book.title).toBe(`title ${id} v0`);
      await gateway.settled();
    }
  });

  it("serves nothing old once a change is acknowledged, and keeps what it does not concern", async ({
    shelf,
    gateway,
  }) => {
    const query = "query ($id: Int!) { book(id: $id) { title } }";
    for (const id of [1, 2]) await gateway.ask({ query, variables: { id } });
    await gateway.ask("{ offers { book { price } } }");
    await gateway.settled();
    shelf.change("title", 1);
    await gateway.changed("books", "Book", [{ id: 1 }]);
    shelf.take("shop");
    const { data } = await gateway.ask({ query, variables: { id: 1 } });
    expect(data.book.title).toBe("title 1 v1");
    await gateway.ask("{ offers { book { price } } }");
    expect(shelf.take("shop"), "another product's").toEqual([]);
  });

  it("asks for the entities that are missing alone", async ({ shelf, gateway }) => {
    const query = "{ offers { id book { id title } } }";
    await gateway.ask(query);
    await gateway.settled();
    // The first event of a product is a gap; from then on one entity goes at a time.
    await gateway.changed("books", "Book", [{ id: 3 }]);
    await gateway.ask(query);
    await gateway.settled();
    shelf.change("title", 2);
    await gateway.changed("books", "Book", [{ id: 2 }]);
    shelf.take("books");
    const { data } = await gateway.ask(query);
    expect(data.offers.map(({ book }: { book: { title: string } }) => book.title)).toEqual([
      "title 1 v0",
      "title 2 v1",
    ]);
    const asked = shelf.take("books").map((body) => JSON.parse(body).variables.representations);
    expect(asked).toEqual([[{ __typename: "Book", id: 2 }]]);
  });

  it("forgets the whole product at a key that is not the primary one", async ({ shelf, gateway }) => {
    const query = "{ offers { book { id title } } }";
    await gateway.changed("books", "Book", [{ id: 3 }]); // the first is a gap by itself
    for (let turn = 0; turn < 2; turn++) {
      await gateway.ask(query);
      await gateway.settled();
    }
    shelf.change("title", 1);
    await gateway.changed("books", "Book", [{ id: 1, title: "title 1 v0" }]);
    expect((await gateway.ask(query)).data.offers[0].book.title).toBe("title 1 v1");
  });

  it("does not keep what was fetched before a change, and lets nobody join it", async ({
    shelf,
    gateway,
  }) => {
    await gateway.ask(titles); // planned
    await gateway.changed("books", "Book");
    shelf.take("books");
    const release = shelf.hold();
    const old = gateway.ask(titles);
    while (shelf.take("books").length < 1) await gateway.settled();
    await gateway.settled();
    shelf.change("title", 1);
    await gateway.changed("books", "Book", [{ id: 1 }]);
    const young = gateway.ask(titles);
    await gateway.settled();
    expect(shelf.take("books"), "a request of its own").toHaveLength(1);
    release();
    expect((await old).data.books[0].title).toBe("title 1 v0");
    expect((await young).data.books[0].title).toBe("title 1 v1");
    await gateway.settled();
    expect((await gateway.ask(titles)).data.books[0].title).toBe("title 1 v1");
  });

  it("keeps callers of different headers apart", async ({ gateway }) => {
    for (let turn = 0; turn < 3; turn++)
      for (const authorization of ["alice", "bob"]) {
        const { data } = await gateway.ask("{ seen }", { headers: { authorization } });
        expect(data.seen).toBe(authorization);
        await gateway.settled();
      }
    expect((await gateway.ask("{ seen }")).data.seen).toBe("nobody");
  });

  it("remembers nothing of a subgraph without an objective", async ({ shelf, gateway }) => {
    const query = "{ books { rumour } rumours }";
    const first = await gateway.ask(query);
    await gateway.settled();
    shelf.take("gossip");
    const second = await gateway.ask(query);
    expect(second.data).not.toEqual(first.data);
    expect(shelf.take("gossip").length).toBeGreaterThan(0);
  });

  it("remembers no errors, and no part of an answer that has some", async ({ shelf, gateway }) => {
    const query = "{ books { id title broken } }";
    for (let turn = 0; turn < 2; turn++) {
      shelf.take("books");
      const { data, errors } = await gateway.ask(query);
      expect(errors).toHaveLength(3);
      expect(data.books[0]).toEqual({ id: 1, title: "title 1 v0", broken: null });
      expect(shelf.take("books")).toHaveLength(1);
      await gateway.settled();
    }
  });

  it("asks again whoever insists, and says as of when each product is", async ({ shelf, gateway }) => {
    const freshness = { extensions: { freshness: true } };
    const first = await gateway.ask({ query: prices, ...freshness });
    expect(first.extensions.freshness).toEqual([
      { product: "books", asOf: expect.any(String), from: "live" },
      { product: "shelves", asOf: expect.any(String), from: "live" },
      { product: "offers", asOf: expect.any(String), from: "live" },
    ]);
    await gateway.settled();
    const second = await gateway.ask({ query: prices, ...freshness });
    expect(second.extensions.freshness.map(({ from }: { from: string }) => from)).toEqual([
      "cache",
      "cache",
      "cache",
    ]);
    expect(second.extensions.freshness[0].asOf).toBe(first.extensions.freshness[0].asOf);
    expect(second.headers.get("age")).toBe("0");
    shelf.change("title", 1);
    expect((await gateway.ask(prices)).data.books[0].title).toBe("title 1 v0");
    const live = await gateway.ask({ query: prices, extensions: { maxStalenessMs: 0, freshness: true } });
    expect(live.data.books[0].title).toBe("title 1 v1");
    expect(live.extensions.freshness[0].from).toBe("live");
    expect((await gateway.ask(prices)).extensions).toBeUndefined();
  });

  it("refuses a demand that it can't read", async ({ gateway }) => {
    const answer = (extensions: object) => gateway.ask({ query: titles, extensions: { ...extensions } });
    expect((await answer({ maxStalenessMs: -1 })).errors?.[0]?.extensions.code).toBe("STALENESS_UNKNOWN");
    expect((await answer({ freshness: "yes" })).errors?.[0]?.extensions.code).toBe("FRESHNESS_UNKNOWN");
  });

  const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
  const one = "query One($id: Int!) { book(id: $id) { title } }";
  it.for([
    ["a variable", `"variables":{"id":${deep}}`, "VARIABLE_NESTING_MAX"],
    ["a variable that nobody asks for", `"variables":{"id":1,"other":${deep}}`, "VARIABLE_NESTING_MAX"],
    ["what to explain", `"variables":{"id":1},"extensions":{"explain":${deep}}`, "EXPLAIN_UNKNOWN"],
    ["how fresh", `"variables":{"id":1},"extensions":{"freshness":${deep}}`, "FRESHNESS_UNKNOWN"],
    ["how old", `"variables":{"id":1},"extensions":{"maxStalenessMs":${deep}}`, "STALENESS_UNKNOWN"],
    [
      "what of deprecations",
      `"variables":{"id":1},"extensions":{"deprecations":${deep}}`,
      "DEPRECATIONS_UNKNOWN",
    ],
  ] as const)("refuses what is nested too deeply to be written out: %s", async ([, rest, code], {
    gateway,
  }) => {
    await gateway.ask({ query: one, variables: { id: 1 } });
    const headers = { "content-type": "application/json" };
    const body = `{"query":${JSON.stringify(one)},${rest}}`;
    const answer = await fetch(`${gateway.url}/graphql`, { method: "POST", headers, body });
    expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code } }] });
  });

  it("shows a caller what his mutation did", async ({ gateway }) => {
    await gateway.ask(titles);
    await gateway.settled();
    const { data } = await gateway.ask("mutation { rewrite(id: 1) }");
    expect(data.rewrite).toBe(1);
    expect((await gateway.ask(titles)).data.books[0].title).toBe("title 1 v1");
  });

  it("asks once for what many ask at once", async ({ shelf, gateway }) => {
    const query = "query Many { books { id title } }";
    await gateway.ask(query);
    await gateway.changed("books", "Book");
    shelf.take("books");
    const answers = await Promise.all(Array.from({ length: 100 }, () => gateway.ask(query)));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(shelf.take("books")).toHaveLength(1);
  });

  it("explains what was remembered", async ({ gateway }) => {
    const query = "{ offers { book { title } } }";
    await gateway.ask(query);
    await gateway.settled();
    const { extensions } = await gateway.ask({ query, extensions: { explain: "analyze" } });
    const { inputs } = extensions.explain.tree;
    expect(inputs.map(({ actual }: { actual: object }) => actual)).toEqual([
      expect.objectContaining({ requests: 0, remembered: 1 }),
      expect.objectContaining({ requests: 0, remembered: 2, entities: 2 }),
    ]);
  });
});
