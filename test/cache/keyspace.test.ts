// The store in memory stays within its bytes, and forgets without harm.
import { describe, expect, it } from "vitest";
import { type HeldEntity, withSelection } from "../../cache/store/held-entity.ts";
import { openKeyspace } from "../../cache/store/keyspace.ts";
import { openMemoryStore } from "../../cache/store/memory-store.ts";
import { productCounter } from "../../cache/store/names.ts";
import { usualStoreLimits } from "../../cache/store/store-limits.ts";
import { token } from "./support/stores.ts";

describe("the keyspace", () => {
  it("lets the least recently used go when the bytes are used up", () => {
    const keyspace = openKeyspace({ bytesMax: 10_000 });
    for (let i = 0; i < 100; i++) {
      keyspace.set(`k${i}`, "x".repeat(1_000), 1);
      keyspace.get("k0", 0);
    }
    const left = Array.from({ length: 100 }, (_, i) => keyspace.get(`k${i}`, 0)).filter(Boolean);
    expect(left).toHaveLength(8);
    expect(keyspace.get("k0", 0)).toBeDefined();
    expect(keyspace.get("k0", 1)).toBeUndefined();
  });

  it("counts the fields of a hash, and keeps nothing larger than the whole", () => {
    const keyspace = openKeyspace({ bytesMax: 10_000 });
    const made = { atMs: 0, staleAtMs: 1, deleteAtMs: 1, tookMs: 0, stamps: "" };
    const fields = (count: number) =>
      Array.from({ length: count }).reduce<HeldEntity>(
        (entity, _, i) => withSelection(entity, `f${i}`, { made, body: "x".repeat(1_000) }, 100),
        { lease: "l", newest: undefined },
      );
    keyspace.set("small", fields(3), 1);
    keyspace.set("hash", fields(5), 1);
    expect(keyspace.get("small", 0)).toBeDefined();
    keyspace.set("hash", fields(7), 1);
    expect(keyspace.get("small", 0)).toBeUndefined();
    keyspace.set("hash", fields(12), 1);
    expect(keyspace.get("hash", 0)).toBeUndefined();
  });

  it("has no token come back that had to go", async () => {
    const store = openMemoryStore(
      {
        now: () => 0,
        token,
        epoch: () => "e",
        keyspace: openKeyspace({ bytesMax: 2_000 }),
      },
      usualStoreLimits,
    );
    const stampOf = async (product: string) =>
      (await store.read("{n}:entry", [productCounter(product)])).stamps[0];
    const first = await stampOf("first");
    for (let i = 0; i < 50; i++) await stampOf(`p${i}`);
    expect(await stampOf("first")).not.toBe(first);
  });
});
