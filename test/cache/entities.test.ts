// What is remembered of entities by key: over memory and over a real Redis.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Admission } from "../../cache/joins/admission.ts";
import type { AskedEntities } from "../../cache/joins/entities.ts";
import type { PrimaryKey } from "../../cache/store/names.ts";
import type { Store } from "../../cache/store/store.ts";
import { changeOf } from "../setup/change-event.ts";
import { type CacheInTest, never, openCache } from "./support/open-cache.ts";
import { memoryInTest, redisInTest, type StoreInTest, token } from "./support/stores.ts";

const signal = never;
const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const keys = (...ids: (string | number)[]): PrimaryKey[] => ids.map((id) => ({ id }));

describe.each([
  ["memory", memoryInTest],
  ["Redis", redisInTest],
])("entities remembered in %s", (_, open) => {
  let inTest: StoreInTest;
  let store: Store;
  beforeAll(async () => {
    inTest = await open();
    store = inTest.store;
  });
  afterAll(() => inTest[Symbol.asyncDispose]());

  const askedOf = (more: Partial<AskedEntities> = {}): AskedEntities => ({
    request: "{ name }",
    visibility: "all",
    schemaVersion: "1",
    product: token(),
    entity: "Airport",
    keys: keys("JFK"),
    reaches: [],
    sloMs: 60_000,
    ...more,
  });
  /** A table of entities whose every fetch is written down. */
  const table = (asked: AskedEntities) => {
    const fetched: string[][] = [];
    let version = 1;
    const fetchFor =
      (wanted: readonly PrimaryKey[] = asked.keys) =>
      async (places: readonly number[]) => {
        const ids = places.map((place) => String(wanted[place]?.id));
        fetched.push(ids);
        return ids.map((id) => ({
          body: id === "none" ? undefined : `${id}${version}`,
          whole: id !== "broken",
        }));
      };
    return { fetched, fetchFor, change: () => void version++ };
  };
  const ask = async (cache: CacheInTest, asked: AskedEntities, of: ReturnType<typeof table>) => {
    const answers = await cache.entities.through(asked, of.fetchFor(asked.keys), { signal });
    await cache.idle();
    return answers.map(({ body, how }) => `${body ?? "-"} ${how}`);
  };

  it("fetches what is missing alone, each once, and answers in order", async () => {
    const cache = openCache(store);
    const asked = askedOf();
    const of = table(asked);
    await ask(cache, { ...asked, keys: keys("B") }, of);
    expect(await ask(cache, { ...asked, keys: keys("A", "B", "C", "A") }, of)).toEqual([
      "A1 fetched",
      "B1 fresh",
      "C1 fetched",
      "A1 fetched",
    ]);
    expect(of.fetched).toEqual([["B"], ["A", "C"]]);
    expect(await ask(openCache(store), { ...asked, keys: keys("C", "A") }, of)).toEqual([
      "C1 fresh",
      "A1 fresh",
    ]);
    expect(await ask(cache, { ...asked, keys: [] }, of)).toEqual([]);
  });

  it("joins what is on its way", async () => {
    const cache = openCache(store);
    const asked = askedOf();
    const of = table(asked);
    const slowly = (wanted: PrimaryKey[]) =>
      cache.entities.through(
        { ...asked, keys: wanted },
        async (places) => {
          await rest(60);
          return of.fetchFor(wanted)(places);
        },
        { signal },
      );
    const first = slowly(keys("A", "B"));
    await rest(20);
    const second = slowly(keys("C", "B"));
    expect((await second).map(({ how }) => how)).toEqual(["fetched", "joined"]);
    await first;
    expect(of.fetched).toEqual([["A", "B"], ["C"]]);
  });

  it("tells entities apart whose keys differ in type alone", async () => {
    const cache = openCache(store);
    const asked = askedOf();
    const of = table(asked);
    expect(await ask(cache, { ...asked, keys: keys(1) }, of)).toEqual(["11 fetched"]);
    expect(await ask(cache, { ...asked, keys: keys("1") }, of)).toEqual(["11 fetched"]);
    expect(of.fetched).toHaveLength(2);
  });

  it.each([
    ["visibility", { visibility: "some" }],
    ["selection", { request: "{ city }" }],
    ["schema", { schemaVersion: "2" }],
  ])("shares nothing with another %s", async (_what, more) => {
    const cache = openCache(store);
    const asked = askedOf();
    const of = table(asked);
    await ask(cache, asked, of);
    expect(await ask(cache, { ...asked, ...more }, of)).toEqual(["JFK1 fetched"]);
  });

  it("believes 'no such entity' for a short time, and remembers nothing that came with errors", async () => {
    const cache = openCache(store, { options: { missingMs: 600 } });
    const asked = askedOf({ keys: keys("none", "broken") });
    const of = table(asked);
    expect(await ask(cache, asked, of)).toEqual(["- fetched", "broken1 fetched"]);
    expect(await ask(cache, asked, of)).toEqual(["- fresh", "broken1 fetched"]);
    await rest(650);
    expect(await ask(cache, asked, of)).toEqual(["- fetched", "broken1 fetched"]);
  });

  it("forgets the keys that an event names, and no others", async () => {
    const [a, b] = [openCache(store), openCache(store)];
    const asked = askedOf({ keys: keys("A", "B") });
    const of = table(asked);
    await a.invalidation.event(changeOf(asked.product, 1));
    await ask(a, asked, of);
    of.change();
    await b.invalidation.event(changeOf(asked.product, 2, keys("A")));
    expect(await ask(a, asked, of)).toEqual(["A2 fetched", "B1 fresh"]);
  });

  it.each([
    ["an event without keys", (cache: CacheInTest, id: string) => cache.invalidation.event(changeOf(id, 2))],
    ["a gap", (cache: CacheInTest, id: string) => cache.invalidation.event(changeOf(id, 3, keys("other")))],
    ["the product", (cache: CacheInTest, id: string) => cache.invalidation.product(id)],
    ["all", (cache: CacheInTest) => cache.invalidation.all()],
  ])("forgets every entity of a product by %s", async (_what, forget) => {
    const cache = openCache(store);
    const asked = askedOf({ keys: keys("A", "B") });
    const of = table(asked);
    await cache.invalidation.event(changeOf(asked.product, 1));
    await ask(cache, asked, of);
    of.change();
    await forget(openCache(store), asked.product);
    expect(await ask(cache, asked, of)).toEqual(["A2 fetched", "B2 fetched"]);
    expect(await ask(cache, asked, of)).toEqual(["A2 fresh", "B2 fresh"]);
  });

  it("forgets a selection that reaches a product by any event of that product", async () => {
    const cache = openCache(store);
    const flights = token();
    const asked = askedOf({ reaches: [flights] });
    const own = { ...asked, request: "{ own }", reaches: [] };
    const of = table(asked);
    await cache.invalidation.event(changeOf(flights, 1));
    await ask(cache, asked, of);
    await ask(cache, own, of);
    of.change();
    await cache.invalidation.event(changeOf(flights, 2, keys(99)));
    expect(await ask(cache, asked, of)).toEqual(["JFK2 fetched"]);
    expect(await ask(cache, own, of)).toEqual(["JFK1 fresh"]);
  });

  it("does not store what was fetched before an invalidation, nor let later callers join it", async () => {
    const cache = openCache(store);
    const asked = askedOf();
    const of = table(asked);
    await cache.invalidation.event(changeOf(asked.product, 1));
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const early = cache.entities.through(
      asked,
      async (places) => {
        const fetched = await of.fetchFor()(places);
        await held;
        return fetched;
      },
      { signal },
    );
    await rest(50);
    of.change();
    await cache.invalidation.event(changeOf(asked.product, 2, keys("JFK")));
    const later = cache.entities.through(asked, of.fetchFor(), { signal });
    expect((await later)[0]?.body).toBe("JFK2");
    release();
    await early;
    await cache.idle();
    expect(cache.observed).toContainEqual({
      kind: "cache.unstored",
      reason: "invalidated meanwhile",
      score: 1,
    });
    expect(await ask(cache, asked, of)).toEqual(["JFK2 fresh"]);
  });

  it("lets nobody join a fetch that was begun without a lease: its end would not be seen", async () => {
    const seldom: Admission = {
      asked: () => 1,
      count: () => 1,
      saw: () => {},
      judging: () => () => ({ verdict: "seldom asked", score: 1 }),
    };
    const [a, b] = [openCache(store), openCache(store, { admission: seldom })];
    const asked = askedOf();
    const of = table(asked);
    await a.invalidation.event(changeOf(asked.product, 1));
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let begun = () => {};
    const isBegun = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const early = b.entities.through(
      asked,
      async (places) => {
        const fetched = await of.fetchFor()(places);
        begun();
        await held;
        return fetched;
      },
      { signal },
    );
    await isBegun;
    of.change();
    await a.invalidation.event(changeOf(asked.product, 2, keys("JFK")));
    const later = b.entities.through(asked, of.fetchFor(), { signal });
    setTimeout(release, 100);
    expect((await later)[0]?.body).toBe("JFK2");
    await early;
  });

  it("refreshes what is stale while it serves it, and rejects as the fetch does", async () => {
    const cache = openCache(store, { options: { freshShare: 0 } });
    const asked = askedOf();
    const of = table(asked);
    await ask(cache, asked, of);
    of.change();
    expect(await ask(cache, asked, of)).toEqual(["JFK1 stale"]);
    expect(await ask(cache, asked, of)).toEqual(["JFK2 stale"]);
    const failing = cache.entities.through(askedOf(), () => Promise.reject(new Error("no")), { signal });
    await expect(failing).rejects.toThrow("no");
  });
});
