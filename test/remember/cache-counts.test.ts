// What the cache says of itself, counted.
import { describe, expect, it } from "vitest";
import type { CacheEvent } from "../../cache/cache-event.ts";
import { countCache } from "../../gateway/remember/cache-counts.ts";

function countsOf(...events: readonly CacheEvent[]) {
  const counted = countCache();
  for (const event of events) counted.hear(event);
  return counted;
}

describe("the counts of the cache", () => {
  it("tell hits, joined and fetched apart, each as many as there were", () => {
    const hows = ["fresh", "stale", "joined", "fetched", "bypassed"] as const;
    const events = hows.map((how, i) => ({ kind: "cache.answered", how, count: 10 ** i }) as const);
    expect(countsOf(...events).counts()).toMatchObject({
      asked: 11_111,
      hits: 11,
      joined: 100,
      fetched: 11_000,
    });
  });

  it("sum what was written, and what was not by its reason", () => {
    const { counts } = countsOf(
      { kind: "cache.stored", bytes: 7, score: 1 },
      { kind: "cache.stored", bytes: 5, score: 1 },
      { kind: "cache.unstored", reason: "too large" },
      { kind: "cache.unstored", reason: "seldom asked", score: 1 },
      { kind: "cache.unstored", reason: "too large" },
    );
    expect(counts()).toMatchObject({ storedBytes: 12, refused: { "too large": 2, "seldom asked": 1 } });
  });

  it("know whether the store is left alone", () => {
    const suspended = { kind: "cache.store-suspended", failures: 5 } as const;
    expect(countsOf().isSuspended()).toBe(false);
    expect(countsOf(suspended).isSuspended()).toBe(true);
    expect(countsOf(suspended, { kind: "cache.store-resumed" }).isSuspended()).toBe(false);
  });
});
