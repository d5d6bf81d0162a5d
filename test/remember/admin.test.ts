// What the admin listener tells of the cache: the numbers of known questions, and nothing of anybody's.
import { describe, expect, test, vi } from "vitest";
import type { CacheReport } from "../../gateway/remember/report-cache.ts";
import { deadUrl, httpServer } from "../gateway/support/http-server.ts";
import { testGateway } from "../gateway/support/test-gateway.ts";
import { type Remembering, remembering } from "./support/remembering.ts";
import { openShelf, type Shelf } from "./support/shelf.ts";

const admin = { enabled: true, port: 0 } as const;

async function reportOf({ adminUrl }: { readonly adminUrl: string | undefined }): Promise<CacheReport> {
  const response = await fetch(`${adminUrl}/admin/cache`);
  expect(response.headers.get("cache-control")).toBe("no-store");
  return (await response.json()) as CacheReport;
}

const it = test.extend<{ shelf: Shelf; gateway: Remembering }>({
  // biome-ignore lint/correctness/noEmptyPattern: a fixture names what it needs, which is nothing
  shelf: async ({}, use) => {
    await using shelf = await openShelf();
    await use(shelf);
  },
  gateway: async ({ shelf }, use) => {
    await using gateway = await remembering(shelf, { admin });
    await use(gateway);
  },
});

const titles = "query Titles { books { id title } }";

describe("what is told of the cache", () => {
  it("is nothing but zeros before the first question", async ({ gateway }) => {
    const { store, ...report } = await reportOf(gateway);
    expect(report).toEqual({
      enabled: true,
      totals: {
        asked: 0,
        hits: 0,
        hitRatio: 0,
        fetched: 0,
        joined: 0,
        savedMs: 0,
        storedBytes: 0,
        refused: {},
      },
      edges: [],
      edgesMeasured: 0,
    });
    expect(store).toMatchObject({ kind: "memory", state: "working", bytesMax: 67_108_864 });
  });

  it("counts a whole answer and its fetch, then the hit, in all and by edge", async ({ gateway }) => {
    const first = await gateway.ask(titles);
    await gateway.settled();
    await gateway.ask(titles);
    await gateway.ask(titles);
    const { store, totals, edges, edgesMeasured } = await reportOf(gateway);
    expect(totals).toMatchObject({ asked: 4, hits: 2, hitRatio: 0.5, fetched: 2, joined: 0, refused: {} });
    expect(totals.savedMs).toBeGreaterThan(0);
    expect(totals.storedBytes).toBeGreaterThan(first.text.length);
    expect(store.bytes).toBeGreaterThan(totals.storedBytes);
    expect(edgesMeasured).toBe(2);
    const [hottest, other] = edges;
    expect(hottest).toMatchObject({ asked: 3, looked: 3, hits: 2, isWorth: true, refused: {} });
    expect(hottest?.edge).toMatch(/^answer: Titles [\w-]{8}$/);
    expect(other).toMatchObject({ edge: "books: query Titles__books__0{books{id title}}" });
    expect(other).toMatchObject({ asked: 1, looked: 1, hits: 0, savedMs: 0 });
    expect((hottest?.storedBytes ?? 0) + (other?.storedBytes ?? 0)).toBe(totals.storedBytes);
    expect(hottest?.savedMs).toBe(totals.savedMs);
  });

  it("counts entities one by one", async ({ gateway }) => {
    await gateway.ask("{ books { id price } }");
    await gateway.settled();
    await gateway.ask("{ books { title price } }");
    const { totals, edges } = await reportOf(gateway);
    expect(edges.find(({ edge }) => edge.startsWith("shop: Book "))).toMatchObject({
      asked: 2,
      looked: 6,
      hits: 3,
    });
    // Twice a whole answer and the books, three prices each time.
    expect(totals).toMatchObject({ asked: 10, hits: 3, fetched: 7 });
  });

  it("counts who joined another's fetch", async ({ shelf, gateway }) => {
    await gateway.ask(titles);
    shelf.change("title", 1);
    await gateway.changed("books", "Book");
    const release = shelf.hold();
    const asked = [gateway.ask(titles), gateway.ask(titles)];
    const answers = async () =>
      (await reportOf(gateway)).edges.find(({ edge }) => edge.startsWith("answer: "));
    await vi.waitFor(async () => expect(await answers()).toMatchObject({ asked: 3 }));
    await gateway.settled();
    release();
    await Promise.all(asked);
    expect((await reportOf(gateway)).totals).toMatchObject({ asked: 5, hits: 0, fetched: 4, joined: 1 });
  });

  it("says how often something was not stored, and why", async ({ shelf }) => {
    await using gateway = await remembering(shelf, { admin, cache: { entryBytesMax: 64 } });
    await gateway.ask("{ books { broken } }");
    await gateway.ask("{ books { title } }");
    await gateway.settled();
    const { totals, edges } = await reportOf(gateway);
    // Of the first the whole answer too: an error is in it.
    expect(totals.refused).toEqual({ "not whole": 2, "too large": 2 });
    expect(edges.find(({ edge }) => edge === "books: query{books{broken}}")?.refused).toEqual({
      "not whole": 1,
    });
    expect(edges.find(({ edge }) => edge === "books: query{books{title}}")?.refused).toEqual({
      "too large": 1,
    });
  });

  it("says of an operation that it asks a subgraph without an objective", async ({ gateway }) => {
    for (let turn = 0; turn < 3; turn++) await gateway.ask("query Talk { books { id rumour } }");
    await gateway.ask("{ __typename }");
    const { totals, edges } = await reportOf(gateway);
    expect(totals.refused).toEqual({ "no objective": 3 });
    const talk = edges.find(({ edge }) => edge.startsWith("answer: Talk"));
    expect(talk).toMatchObject({ asked: 3, looked: 0, refused: { "no objective": 3 } });
  });

  it("puts edges together that differ in literals alone", async ({ gateway }) => {
    for (const id of [1, 2, 3]) await gateway.ask(`{ book(id: ${id}) { title } }`);
    await gateway.settled();
    const { edges } = await reportOf(gateway);
    expect(edges.filter(({ edge }) => edge.startsWith("books: "))).toMatchObject([
      { edge: "books: query{book(id:_){title}}", asked: 3, looked: 3, hits: 0 },
    ]);
  });

  it("is of as many edges as are wanted, the hottest first", async ({ gateway }) => {
    for (const query of [titles, titles]) {
      await gateway.ask(query);
      await gateway.settled();
    }
    const response = await fetch(`${gateway.adminUrl}/admin/cache?limit=1`);
    const { edges, edgesMeasured } = (await response.json()) as CacheReport;
    expect(edges).toMatchObject([{ edge: expect.stringContaining("answer: Titles "), hits: 1 }]);
    expect(edgesMeasured).toBe(2);
  });

  it("is refused where the limit is none, or more than one answer may have", async ({ gateway }) => {
    for (const limit of ["0", "-1", "1.5", "x", "", "1001", "1e3"]) {
      const response = await fetch(`${gateway.adminUrl}/admin/cache?limit=${limit}`);
      expect(response.status, limit).toBe(400);
      expect(await response.json()).toMatchObject({
        errors: [{ extensions: { code: "ADMIN_LIMIT", limit, edgesMax: 1_000 } }],
      });
    }
  });

  it("has nothing of variables, literals, headers or answers", async ({ gateway }) => {
    const marker = 918_273_645;
    const byVariable = `query ($id: Int!) { book(id: $id) { title } }`;
    await gateway.ask({ query: byVariable, variables: { id: marker } });
    await gateway.ask(`{ book(id: ${marker}) { title } }`);
    const quoted = JSON.stringify(`a "quoted" ${marker} \\ name`);
    expect((await gateway.ask(`{ books(named: ${quoted}) { title } }`)).errors).toBeUndefined();
    await gateway.ask(`{ seen } # ${marker}`, { headers: { authorization: `Bearer ${marker}` } });
    await gateway.ask("{ offers { book { id title } } }", { headers: { "x-other": `${marker}` } });
    const forgotten = await fetch(`${gateway.url}/events/invalidate`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ product: "books", entity: "Book", keys: [{ id: marker }] }),
    });
    expect(forgotten.status).toBe(204);
    await gateway.settled();
    const text = await (await fetch(`${gateway.adminUrl}/admin/cache`)).text();
    expect(text).toContain("books: query($id:Int!){book(id:$id){title}}");
    expect(text).toContain("books: query{books(named:_){title}}");
    expect(text).toContain("books: query{seen}");
    expect(text).not.toContain(`${marker}`);
    expect(text).not.toContain("Bearer");
    expect(text).not.toContain("title 1");
  });

  it("tells of a Redis that is left alone", async ({ shelf }) => {
    const { port } = new URL(await deadUrl());
    const cache = { redis: { url: `redis://127.0.0.1:${port}` }, failuresMax: 1 };
    await using gateway = await remembering(shelf, { admin, cache });
    expect((await reportOf(gateway)).store).toEqual({ kind: "redis", state: "working" });
    expect((await gateway.ask(titles)).errors).toBeUndefined();
    await vi.waitFor(async () =>
      expect((await reportOf(gateway)).store).toEqual({ kind: "redis", state: "suspended" }),
    );
  });

  it("is that it is switched off, where it is", async ({ shelf }) => {
    await using gateway = await testGateway({ subgraphs: shelf.subgraphs, admin });
    expect(await reportOf(gateway)).toEqual({ enabled: false });
  });
});

describe("the admin listener", () => {
  it("is apart from the public one", async ({ gateway }) => {
    expect((await fetch(`${gateway.url}/admin/cache`)).status).toBe(404);
    expect((await fetch(`${gateway.adminUrl}/graphql`, { method: "POST" })).status).toBe(404);
    expect((await fetch(`${gateway.adminUrl}/admin/cache`, { method: "POST" })).status).toBe(404);
  });

  it("ends with the gateway", async ({ shelf }) => {
    const gateway = await remembering(shelf, { admin });
    await gateway[Symbol.asyncDispose]();
    await expect(fetch(`${gateway.adminUrl}/admin/cache`)).rejects.toThrow();
  });

  it("is not there where it is switched off", async ({ shelf }) => {
    await using gateway = await remembering(shelf);
    expect(gateway.adminUrl).toBeUndefined();
  });

  it("keeps the gateway from starting where its port is taken", async ({ shelf }) => {
    await using occupant = await httpServer(() => {});
    const port = Number(new URL(occupant.url).port);
    const starting = testGateway({ subgraphs: shelf.subgraphs, admin: { enabled: true, port } });
    await expect(starting).rejects.toMatchObject({
      code: "CONFIG_INVALID",
      message: expect.stringMatching(new RegExp(`admin: .*in use.*${port}`)),
    });
  });
});
