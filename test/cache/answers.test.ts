// What is remembered of answers, for whom and for how long: over memory and over a real Redis.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AskedAnswer } from "../../cache/joins/asked.ts";
import { wantsRefresh } from "../../cache/joins/judge-age.ts";
import type { Store } from "../../cache/store/store.ts";
import type { Signal } from "../../schema/product/ending.ts";
import { changeOf } from "../setup/change-event.ts";
import { type CacheInTest, never, openCache } from "./support/open-cache.ts";
import { memoryInTest, redisInTest, type StoreInTest, token } from "./support/stores.ts";

const signal = never;
const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe.each([
  ["memory", memoryInTest],
  ["Redis", redisInTest],
])("answers remembered in %s", (_, open) => {
  let inTest: StoreInTest;
  let store: Store;
  beforeAll(async () => {
    inTest = await open();
    store = inTest.store;
  });
  afterAll(() => inTest[Symbol.asyncDispose]());

  const askedOf = (more: Partial<AskedAnswer> = {}): AskedAnswer => ({
    request: token(),
    visibility: "all",
    schemaVersion: "1",
    products: [token()],
    sloMs: 60_000,
    ...more,
  });
  const product = (asked: AskedAnswer) => asked.products[0] as string;
  /** A source that says how often it was asked. */
  const source = () => {
    let fetches = 0;
    const fetch = async () => ({ body: Buffer.from(`v${++fetches}`), whole: true });
    return { fetch, fetches: () => fetches };
  };
  const ask = async (cache: CacheInTest, asked: AskedAnswer, fetch: ReturnType<typeof source>["fetch"]) => {
    const { body, how } = await cache.answers.through(asked, fetch, { signal });
    await cache.idle();
    return `${Buffer.from(body)} ${how}`;
  };

  it("fetches once and answers every gateway from the store", async () => {
    const [a, b] = [openCache(store), openCache(store)];
    const asked = askedOf();
    const { fetch } = source();
    expect(await ask(a, asked, fetch)).toBe("v1 fetched");
    expect(await ask(a, asked, fetch)).toBe("v1 fresh");
    expect(await ask(b, asked, fetch)).toBe("v1 fresh");
  });

  it.each([
    ["another visibility", { visibility: "some" }],
    ["another schema", { schemaVersion: "2" }],
    ["another request", { request: "other" }],
  ])("shares nothing with %s", async (_what, more) => {
    const cache = openCache(store);
    const asked = askedOf();
    const { fetch } = source();
    await ask(cache, asked, fetch);
    expect(await ask(cache, { ...asked, ...more }, fetch)).toBe("v2 fetched");
  });

  it("shares no flight with another visibility, and one flight with the same", async () => {
    const cache = openCache(store);
    const asked = askedOf();
    const { fetch, fetches } = source();
    const slow = async () => {
      await rest(50);
      return fetch();
    };
    const all = await Promise.all(
      [asked, asked, { ...asked, visibility: "some" }].map((one) =>
        cache.answers.through(one, slow, { signal }),
      ),
    );
    expect(all.map(({ how }) => how).sort()).toEqual(["fetched", "fetched", "joined"]);
    expect(fetches()).toBe(2);
  });

  it("stores nothing without an objective, and nothing that is not whole", async () => {
    const cache = openCache(store);
    const { fetch } = source();
    const without = askedOf({ sloMs: undefined });
    expect(await ask(cache, without, fetch)).toBe("v1 bypassed");
    expect(await ask(cache, without, fetch)).toBe("v2 bypassed");
    const asked = askedOf();
    const partly = async () => ({ ...(await fetch()), whole: false });
    expect(await ask(cache, asked, partly)).toBe("v3 fetched");
    expect(await ask(cache, asked, fetch)).toBe("v4 fetched");
    const failing = askedOf();
    await expect(
      cache.answers.through(failing, () => Promise.reject(new Error("no")), { signal }),
    ).rejects.toThrow("no");
    expect(await ask(cache, failing, fetch)).toBe("v5 fetched");
  });

  it("serves nothing past the objective, and old only while a newer one is fetched", async () => {
    const cache = openCache(store, { options: { freshShare: 0.15 } });
    const asked = askedOf({ sloMs: 1_500 });
    const { fetch } = source();
    await ask(cache, asked, fetch);
    await rest(250);
    expect(await ask(cache, asked, fetch)).toBe("v1 stale");
    expect(await ask(cache, asked, fetch)).toBe("v2 fresh");
    await rest(1_550);
    expect(await ask(cache, asked, fetch)).toBe("v3 fetched");
  });

  it("serves the old one within the objective while the source fails, and says that it does", async () => {
    const cache = openCache(store, { options: { freshShare: 0 } });
    const asked = askedOf({ sloMs: 1_000 });
    await ask(cache, asked, source().fetch);
    const failing = () => Promise.reject(new Error("down"));
    expect(await ask(cache, asked, failing)).toBe("v1 stale");
    expect(cache.observed).toContainEqual({ kind: "cache.refresh-failed", cause: new Error("down") });
    await rest(1_050);
    await expect(ask(cache, asked, failing)).rejects.toThrow("down");
  });

  it("gives a caller nothing older than it takes", async () => {
    const cache = openCache(store);
    const asked = askedOf();
    const { fetch } = source();
    await ask(cache, asked, fetch);
    await rest(150);
    expect(await ask(cache, { ...asked, maxStalenessMs: 10_000 }, fetch)).toBe("v1 fresh");
    expect(await ask(cache, { ...asked, maxStalenessMs: 100 }, fetch)).toBe("v2 fetched");
    expect(await ask(cache, { ...asked, maxStalenessMs: 0 }, fetch)).toBe("v3 fetched");
    expect(await ask(cache, asked, fetch)).toBe("v3 fresh");
    const both = { ...asked, maxStalenessMs: 0 };
    const flights = await Promise.all([both, both].map((one) => ask(cache, one, fetch)));
    expect(flights.map((text) => text.split(" ")[1])).toEqual(["fetched", "fetched"]);
  });

  it("refreshes before the end, the likelier the nearer", async () => {
    const asked = askedOf({ sloMs: 60_000 });
    const slow = async () => {
      await rest(60);
      return { body: Buffer.from("v1"), whole: true };
    };
    await ask(openCache(store), asked, slow);
    const { fetch, fetches } = source();
    await ask(openCache(store, { random: () => 0.9 }), asked, fetch);
    expect(fetches()).toBe(0);
    const made = { atMs: 0, staleAtMs: 48_000, deleteAtMs: 60_000, tookMs: 2_000, stamps: "" };
    expect(wantsRefresh(made, 44_000, () => 0.8)).toBe(false);
    expect(wantsRefresh(made, 44_000, () => 0.9)).toBe(true);
    expect(wantsRefresh(made, 48_000, () => 0)).toBe(true);
  });

  it.each([
    [
      "an event of one of its products",
      (cache: CacheInTest, id: string) => cache.invalidation.event(changeOf(id, 2, [{ id: 1 }])),
    ],
    ["an event without keys", (cache: CacheInTest, id: string) => cache.invalidation.event(changeOf(id, 2))],
    ["its product", (cache: CacheInTest, id: string) => cache.invalidation.product(id)],
    ["all", (cache: CacheInTest) => cache.invalidation.all()],
  ])("forgets by %s, on every gateway", async (_what, forget) => {
    const [a, b] = [openCache(store), openCache(store)];
    const asked = askedOf({ products: [token(), token()] });
    const { fetch } = source();
    await a.invalidation.event(changeOf(product(asked), 1));
    await ask(a, asked, fetch);
    await a.invalidation.product("another");
    expect(await ask(b, asked, fetch)).toBe("v1 fresh");
    await forget(a, product(asked));
    expect(await ask(b, asked, fetch)).toBe("v2 fetched");
    expect(await ask(a, asked, fetch)).toBe("v2 fresh");
  });

  it("does not serve what was fetched before an invalidation, nor let later callers join it", async () => {
    const cache = openCache(store);
    const asked = askedOf();
    let release = (_body: string) => {};
    const held = new Promise<string>((resolve) => {
      release = resolve;
    });
    const early = cache.answers.through(asked, async () => ({ body: Buffer.from(await held), whole: true }), {
      signal,
    });
    await rest(50);
    await cache.invalidation.product(product(asked));
    const { fetch, fetches } = source();
    const waiting = new AbortController(); // until long before the claim of before ends by itself
    const ending = setTimeout(() => waiting.abort(new Error("it waits for a claim of before")), 5_000);
    const later = await cache.answers.through(asked, fetch, { signal: waiting.signal });
    clearTimeout(ending);
    expect(Buffer.from(later.body).toString()).toBe("v1");
    release("old");
    expect(Buffer.from((await early).body).toString()).toBe("old");
    await cache.idle();
    expect(await ask(cache, asked, fetch)).not.toContain("old");
    expect(fetches()).toBeLessThanOrEqual(2);
  });

  it("lets one gateway fetch while others wait for what it brings", async () => {
    const gateways = Array.from({ length: 5 }, () => openCache(store, { options: { claimWaitMs: 5_000 } }));
    const asked = askedOf();
    const { fetch, fetches } = source();
    const slow = async () => {
      await rest(100);
      return fetch();
    };
    const all = await Promise.all(gateways.map((gateway) => ask(gateway, asked, slow)));
    expect(all.every((text) => text.startsWith("v1"))).toBe(true);
    expect(fetches()).toBe(1);
  });

  it("fetches nothing that was written between its look and its turn", async () => {
    const asked = askedOf();
    const { fetch, fetches } = source();
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const a = openCache(store);
    const first = ask(a, asked, async () => {
      await held;
      return fetch();
    });
    let claims = 0;
    const claim: Store["claim"] = async (right, forMs) => {
      // The first is refused at once; at the second one the other has just written what it fetched.
      if (++claims > 1) {
        release();
        await first;
      }
      return store.claim(right, forMs);
    };
    const b = openCache({ ...store, claim }, { options: { claimWaitMs: 5_000 } });
    await rest(50);
    expect(await ask(b, asked, fetch)).toBe("v1 fresh");
    expect(fetches()).toBe(1);
    expect(await ask(openCache(store), asked, fetch)).toBe("v1 fresh");
  });

  it("makes nothing newer that another has made newer between its look and its turn", async () => {
    const options = { freshShare: 0.001 };
    const asked = askedOf();
    const { fetch, fetches } = source();
    const a = openCache(store, { options });
    await ask(a, asked, fetch);
    await rest(80);
    const claim: Store["claim"] = async (right, forMs) => {
      expect(await ask(a, asked, fetch)).toBe("v1 stale");
      return store.claim(right, forMs);
    };
    const b = openCache({ ...store, claim }, { options });
    expect(await ask(b, asked, fetch)).toBe("v1 stale");
    expect(fetches()).toBe(2);
    const right = openCache(store, { options });
    await rest(80);
    expect(await ask(right, asked, fetch)).toBe("v2 stale");
    expect(fetches(), "the right was given back").toBe(3);
  });

  it("makes nothing to remember of a fetch that was begun before it, though the store failed there", async () => {
    const [product, inner] = [token(), token()];
    let isFailing = true;
    const read: Store["read"] = (name, counters) =>
      isFailing ? Promise.reject(new Error("the store fails")) : store.read(name, counters);
    const [a, b] = [openCache(store), openCache({ ...store, read })];
    const part = askedOf({ request: inner, products: [product] });
    const whole = askedOf({ products: [product] });
    await a.invalidation.event(changeOf(product, 1));
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const fetchOld = async () => {
      await held;
      return { body: Buffer.from("old"), whole: true };
    };
    const early = b.answers.through(part, fetchOld, { signal });
    await rest(20);
    await a.invalidation.event(changeOf(product, 2));
    isFailing = false;
    const later = b.answers.through(
      whole,
      async ({ signal, generation }) => {
        isFailing = true;
        const fetchNew = async () => ({ body: Buffer.from("new"), whole: true });
        return {
          body: (await b.answers.through({ ...part, generation }, fetchNew, { signal })).body,
          whole: true,
        };
      },
      { signal },
    );
    setTimeout(release, 100);
    expect(Buffer.from((await later).body).toString()).toBe("new");
    await early;
    await b.idle();
    expect(await ask(a, whole, source().fetch)).toBe("new fresh");
  });

  it("waits for no gateway longer than it may", async () => {
    const [a, b] = [openCache(store), openCache(store, { options: { claimWaitMs: 100 } })];
    const asked = askedOf();
    const leave = new AbortController();
    const hanging = a.answers.through(asked, () => new Promise(() => {}), { signal: leave.signal });
    await rest(30);
    expect(await ask(b, asked, source().fetch)).toBe("v1 fetched");
    leave.abort(new Error("gone"));
    await expect(hanging).rejects.toThrow("gone");
  });

  it("gives a fetch up when all who waited have left, and not before", async () => {
    const cache = openCache(store);
    const asked = askedOf();
    const given: Signal[] = [];
    const hang = ({ signal }: { signal: Signal }) => {
      given.push(signal);
      return new Promise<never>((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason));
      });
    };
    const leaving = [new AbortController(), new AbortController()];
    const waiting = leaving.map(({ signal }) => cache.answers.through(asked, hang, { signal }));
    const outcomes = Promise.allSettled(waiting);
    await rest(100);
    leaving[0]?.abort(new Error("first"));
    await rest(20);
    expect(given.map(({ aborted }) => aborted)).toEqual([false]);
    leaving[1]?.abort(new Error("second"));
    expect((await outcomes).map((outcome) => (outcome as PromiseRejectedResult).reason.message)).toEqual([
      "first",
      "second",
    ]);
    expect(given[0]?.aborted).toBe(true);
    expect(await ask(cache, asked, source().fetch)).toContain("v1");
  });
});
