// What every store does alike: memory, a single Redis, a Redis Cluster.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Body, textOfBody } from "../../cache/store/body.ts";
import {
  claimName,
  hashNames,
  productCounter,
  sequenceName,
  shortName,
  wholeCounter,
} from "../../cache/store/names.ts";
import { type Entry, type FieldAddress, type Made, type Store, stampsText } from "../../cache/store/store.ts";
import {
  clusterInTest,
  memoryInTest,
  redisInTest,
  type SharedInTest,
  type StoreInTest,
  testLimits,
  token,
} from "./support/stores.ts";

const all = () => true;
const none = () => false;
const text = (entry: Entry | undefined) => entry?.body && textOfBody(entry.body);
const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const names = () => {
  const name = token();
  return { name: `{${name}}:entry`, product: name, counter: productCounter(name) };
};
const entryOf = (atMs: number, body: Body | undefined, more: Partial<Made> = {}): Entry => ({
  made: { atMs, staleAtMs: atMs + 30_000, deleteAtMs: atMs + 60_000, tookMs: 12.5, stamps: "", ...more },
  body,
});

describe.each([
  ["memory", memoryInTest],
  ["Redis", redisInTest],
  ["a Redis Cluster", clusterInTest],
])("the store in %s", (_, open) => {
  let inTest: StoreInTest;
  let store: Store;
  beforeAll(async () => {
    inTest = await open();
    store = inTest.store;
  });
  afterAll(() => inTest[Symbol.asyncDispose]());

  it("gives back what was written, with its times and stamps", async () => {
    const { name, counter } = names();
    const reading = await store.read(name, [counter]);
    expect(reading.entry).toBeUndefined();
    const { atMs, stamps } = reading;
    const written = entryOf(atMs, '{"a":1}', { stamps: stampsText(reading) });
    expect(await store.write(name, written)).toBe("stored");
    const again = await store.read(name, [counter]);
    expect(again.entry).toEqual(written);
    expect(again.stamps).toEqual(stamps);
    expect(again.atMs).toBeGreaterThanOrEqual(atMs);
  });

  it("tells an empty body from none, and keeps large ones", async () => {
    const { name } = names();
    const { atMs } = await store.read(name, []);
    for (const body of ["", undefined, "é".repeat(9_000)]) {
      await store.write(name, entryOf(atMs, body));
      const { entry } = await store.read(name, []);
      expect(entry).toBeDefined();
      expect(entry?.body).toBe(body);
    }
  });

  it("keeps bytes as bytes, and only those", async () => {
    const { name } = names();
    const { atMs } = await store.read(name, []);
    const body = Buffer.from("<0123456789>").subarray(1, 11);
    await store.write(name, entryOf(atMs, body));
    const { entry } = await store.read(name, []);
    expect(Buffer.from(entry?.body as Uint8Array).toString()).toBe("0123456789");
    body.fill("x");
    expect(Buffer.from(entry?.body as Uint8Array).toString()).toBe("0123456789");
  });

  it("serves nothing from its end on, and stores nothing after it", async () => {
    const { name } = names();
    const { atMs } = await store.read(name, []);
    await store.write(name, entryOf(atMs, "x", { deleteAtMs: atMs + 400 }));
    expect(text((await store.read(name, [])).entry)).toBe("x");
    await rest(450);
    expect((await store.read(name, [])).entry).toBeUndefined();
    expect(await store.write(name, entryOf(atMs, "x", { deleteAtMs: atMs + 400 }))).toBe("late");
  });

  it("refuses what is too large", async () => {
    const { name } = names();
    const { atMs } = await store.read(name, []);
    expect(await store.write(name, entryOf(atMs, "x".repeat(testLimits.entryBytesMax + 1)))).toBe("large");
    expect((await store.read(name, [])).entry).toBeUndefined();
  });

  it("gives a missing counter a token that never was, and a known one its own", async () => {
    const { name, counter } = names();
    const [first] = (await store.read(name, [counter])).stamps;
    expect((await store.read(name, [counter])).stamps).toEqual([first]);
    await inTest.lose(counter);
    const [second] = (await store.read(name, [counter])).stamps;
    expect(second).not.toBe(first);
    await store.renew([counter]);
    const [third] = (await store.read(name, [counter])).stamps;
    expect(new Set([first, second, third]).size).toBe(3);
  });

  describe("entities", () => {
    const addressOf = (field = "f") => ({ hash: `{${token()}}:entity`, field });
    const fillOne = async (address: FieldAddress, lease: string, entry: Entry) =>
      (await store.fill([{ ...address, lease, entry }]))[0];

    it("fills a field under the lease that the miss gave, which all readers share", async () => {
      const address = addressOf();
      const { atMs, fields } = await store.readFields([address], [], { lease: all });
      const { lease } = fields[0] as { lease: string };
      expect(fields).toEqual([{ entry: undefined, lease: expect.any(String) }]);
      const again = await store.readFields([address], [], { lease: all });
      expect(again.fields[0]?.lease).toBe(lease);
      expect(await fillOne(address, lease, entryOf(atMs, "v"))).toBe("stored");
      const hit = await store.readFields([address], [], { lease: none });
      expect(text(hit.fields[0]?.entry)).toBe("v");
    });

    it("writes nothing for a miss that wants no lease", async () => {
      const address = addressOf();
      const { fields } = await store.readFields([address], [], { lease: none });
      expect(fields).toEqual([{ entry: undefined, lease: undefined }]);
      const again = await store.readFields([address], [], { lease: none });
      expect(again.fields[0]?.lease).toBeUndefined();
    });

    it("refuses a fill whose hash was invalidated, whether or not it has another lease", async () => {
      const address = addressOf();
      const first = await store.readFields([address], [], { lease: all });
      const lease = first.fields[0]?.lease as string;
      await store.mark({ product: token(), sequence: "1", hashes: [address.hash] });
      expect(await fillOne(address, lease, entryOf(first.atMs, "old"))).toBe("unleased");
      const second = await store.readFields([address], [], { lease: all });
      expect(await fillOne(address, lease, entryOf(first.atMs, "old"))).toBe("unleased");
      const newer = second.fields[0]?.lease as string;
      expect(newer).not.toBe(lease);
      expect(await fillOne(address, newer, entryOf(second.atMs, "new"))).toBe("stored");
    });

    it("takes hashes away, as many as there are, with their leases", async () => {
      const addresses = Array.from({ length: 250 }, () => addressOf());
      const { atMs, fields } = await store.readFields(addresses, [], { lease: all });
      const [first, last] = [addresses[0], addresses[249]] as [FieldAddress, FieldAddress];
      const leases = fields.map(({ lease }) => lease as string);
      await fillOne(first, leases[0] as string, entryOf(atMs, "first"));
      await store.unlink(addresses.slice(0, 249).map(({ hash }) => hash));
      expect(await fillOne(first, leases[0] as string, entryOf(atMs, "old"))).toBe("unleased");
      expect(await fillOne(last, leases[249] as string, entryOf(atMs, "last"))).toBe("stored");
      const again = await store.readFields([first, last], [], { lease: none });
      expect(again.fields.map(({ entry }) => text(entry))).toEqual([undefined, "last"]);
    });

    it("reads many at once, with hits and misses in their places", async () => {
      const addresses = Array.from({ length: 250 }, () => addressOf());
      const { atMs, fields } = await store.readFields(addresses, [], { lease: all });
      const filled = addresses.map((address, i) => ({ address, i, lease: fields[i]?.lease as string }));
      const thirds = filled.filter(({ i }) => i % 3 === 0);
      const written = await store.fill([
        ...thirds.map(({ address, i, lease }) => ({ ...address, lease, entry: entryOf(atMs, `v${i}`) })),
        { ...(addresses[1] as FieldAddress), lease: "no lease of it", entry: entryOf(atMs, "foreign") },
      ]);
      expect(written).toEqual([...thirds.map(() => "stored"), "unleased"]);
      const again = await store.readFields(addresses, ["{c}:changed"], { lease: all });
      expect(again.stamps).toHaveLength(1);
      expect(again.fields.map(({ entry }) => text(entry))).toEqual(
        addresses.map((_, i) => (i % 3 === 0 ? `v${i}` : undefined)),
      );
    });

    it("keeps a field's own end, and the lease while another field lives", async () => {
      const address = addressOf("short");
      const { atMs, fields } = await store.readFields([address], [], { lease: all });
      const lease = fields[0]?.lease as string;
      await fillOne(address, lease, entryOf(atMs, "s", { deleteAtMs: atMs + 400 }));
      await fillOne({ ...address, field: "long" }, lease, entryOf(atMs, "l"));
      await rest(450);
      const again = await store.readFields([address, { ...address, field: "long" }], [], { lease: all });
      expect(again.fields.map(({ entry }) => text(entry))).toEqual([undefined, "l"]);
      expect(again.fields[0]?.lease).toBe(lease);
    });

    it("keeps as many selections as it may", async () => {
      const address = addressOf();
      const { atMs, fields } = await store.readFields([address], [], { lease: all });
      const lease = fields[0]?.lease as string;
      const selections = Array.from({ length: testLimits.fieldsMax + 1 }, (_, i) => ({
        ...address,
        field: `f${i}`,
      }));
      for (const one of selections)
        expect(await fillOne(one, lease, entryOf(atMs, one.field))).toBe("stored");
      const read = await store.readFields(selections, [], { lease: all });
      expect(read.fields.filter(({ entry }) => entry)).toHaveLength(1);
      expect(text(read.fields.at(-1)?.entry)).toBe(`f${testLimits.fieldsMax}`);
    });

    it("stores many large ones, and tells which are too large, each in its place", async () => {
      const addresses = Array.from({ length: 60 }, () => addressOf());
      const { atMs, fields } = await store.readFields(addresses, [], { lease: all });
      const sizeOf = (i: number) => (i === 7 ? testLimits.entryBytesMax + 1 : testLimits.entryBytesMax / 2);
      const written = await store.fill(
        addresses.map((address, i) => ({
          ...address,
          lease: fields[i]?.lease as string,
          entry: entryOf(atMs, String(i % 10).repeat(sizeOf(i))),
        })),
      );
      expect(written).toEqual(addresses.map((_, i) => (i === 7 ? "large" : "stored")));
      const again = await store.readFields(addresses, [], { lease: none });
      expect(again.fields.map(({ entry }) => text(entry)?.[0])).toEqual(
        addresses.map((_, i) => (i === 7 ? undefined : String(i % 10))),
      );
    });

    it("takes a field that is corrupted or foreign for a miss that can be filled again", async () => {
      const [a, b] = [addressOf(), addressOf()];
      const { atMs, fields } = await store.readFields([a, b], [], { lease: all });
      await fillOne(a, fields[0]?.lease as string, entryOf(atMs, "a"));
      const other = await store.readFields([{ hash: a.hash, field: "g" }], [], { lease: all });
      expect(other.fields[0]?.entry).toBeUndefined();
      expect(other.fields[0]?.lease).toBe(fields[0]?.lease);
    });
  });

  describe("change events", () => {
    const stampsOf = async (product: string) =>
      (await store.read("{x}:entry", [productCounter(product), wholeCounter(product)])).stamps;
    const mark = (product: string, sequence: string, hashes: readonly string[] | undefined = []) =>
      store.mark({ product, sequence, hashes });

    it("takes the first event of a product for the whole of it, then keys alone", async () => {
      const { product } = names();
      expect(await mark(product, "41")).toBe("product");
      const before = await stampsOf(product);
      expect(await mark(product, "42")).toBe("keys");
      const after = await stampsOf(product);
      expect(after[0]).not.toBe(before[0]);
      expect(after[1]).toBe(before[1]);
    });

    it("takes a gap for the whole product, and an event sent again for what it says", async () => {
      const { product } = names();
      await mark(product, "1");
      const before = await stampsOf(product);
      expect(await mark(product, "3")).toBe("product");
      const after = await stampsOf(product);
      expect(after[1]).not.toBe(before[1]);
      expect(await mark(product, "2")).toBe("keys");
      expect(await mark(product, "3")).toBe("keys");
      expect((await stampsOf(product))[0]).not.toBe(after[0]);
      expect(await mark(product, "4")).toBe("keys");
      expect(await store.mark({ product, sequence: "5", hashes: undefined })).toBe("product");
      expect(await mark(product, "6")).toBe("keys");
    });

    it("counts beyond what a number is exact to, and to another number of digits", async () => {
      const { product } = names();
      await mark(product, "9007199254740993");
      expect(await mark(product, "9007199254740994")).toBe("keys");
      expect(await mark(product, "9007199254740996")).toBe("product");
      expect(await mark(product, "999")).toBe("keys");
      const { product: other } = names();
      await mark(other, "9");
      expect(await mark(other, "10")).toBe("keys");
      expect(await mark(other, "9")).toBe("keys");
      expect(await mark(other, "11")).toBe("keys");
      await inTest.lose(sequenceName(other));
      expect(await mark(other, "12")).toBe("product");
    });

    it("tells what the latest events named, from token to token", async () => {
      const { product } = names();
      const token = async () => (await stampsOf(product))[0] as string;
      expect(await store.changes(product)).toEqual([]);
      const hash = hashNames(product, "E");
      await mark(product, "1", [hash({ id: 1 })]);
      expect(await store.changes(product), "the first is a gap").toEqual([]);
      const tokens = [await token()];
      for (const [sequence, ids] of [
        ["2", [1, 2]],
        ["3", []],
        ["2", [1]],
      ] as const) {
        await mark(
          product,
          sequence,
          ids.map((id) => hash({ id })),
        );
        tokens.push(await token());
      }
      const named = (...ids: readonly number[]) => ids.map((id) => shortName(hash({ id })));
      expect(await store.changes(product)).toEqual([
        { from: tokens[0], to: tokens[1], named: named(1, 2) },
        { from: tokens[1], to: tokens[2], named: [] },
        { from: tokens[2], to: tokens[3], named: named(1) },
      ]);
      expect(await mark(product, "7")).toBe("product");
      expect(await store.changes(product)).toEqual([]);
    });

    it("forgets what events named that are too many, or name too many", async () => {
      const { product } = names();
      const hashes = (count: number) =>
        Array.from({ length: count }, (_, id) => hashNames(product, "E")({ id }));
      let sequence = 0;
      const next = (count: number) => mark(product, String(++sequence), hashes(count));
      for (let left = testLimits.changesMax + 3; left > 0; left--) await next(1);
      const changes = await store.changes(product);
      expect(changes).toHaveLength(testLimits.changesMax);
      expect(changes.at(-1)?.to).toBe((await stampsOf(product))[0]);
      await next(testLimits.changeKeysMax);
      expect(await store.changes(product)).toHaveLength(testLimits.changesMax);
      await next(testLimits.changeKeysMax + 1);
      expect(await store.changes(product)).toEqual([]);
    });

    it("unlinks an entity whether its key came as a number or as text", async () => {
      const hashOf = hashNames("p", "E");
      expect(hashOf({ id: 1 })).toBe(hashOf({ id: "1" }));
      expect(hashOf({ a: 1, b: 2 })).toBe(hashOf({ b: 2, a: 1 }));
      expect(hashOf({ id: 1 })).not.toBe(hashOf({ id: 2 }));
    });
  });

  it("gives a claim to one holder until it is released or over", async () => {
    const name = `{${token()}}:claim`;
    const claim = (holder: string, forMs = 60_000) => store.claim({ name, holder }, forMs);
    expect(await claim("a")).toBe(true);
    expect(await claim("b")).toBe(false);
    await store.release({ name, holder: "b" });
    expect(await claim("b")).toBe(false);
    await store.release({ name, holder: "a" });
    expect(await claim("b", 100)).toBe(true);
    await rest(150);
    expect(await claim("a")).toBe(true);
  });

  it.each([
    ["stored", "x", 60_000],
    ["late", "x", 0],
    ["large", "x".repeat(testLimits.entryBytesMax + 1), 60_000],
  ])("gives the holder's claim back with an entry that is %s, and nobody else's", async (outcome, body, forMs) => {
    const { name } = names();
    const claim = { name: name.replace("entry", "claim"), holder: "a" };
    const { atMs } = await store.read(name, []);
    expect(await store.claim(claim, 60_000)).toBe(true);
    const entry = entryOf(atMs, body, { deleteAtMs: atMs + forMs });
    expect(await store.write(name, entry, { ...claim, holder: "b" })).toBe(outcome);
    expect(await store.claim(claim, 60_000)).toBe(false);
    expect(await store.write(name, entry, claim)).toBe(outcome);
    expect(await store.claim(claim, 60_000)).toBe(true);
  });
});

// In memory there is nobody who could spoil an entry.
describe("the right to fetch, read with the entry", () => {
  it("is given to one, where one Redis has all and there is nothing under the present stamps", async () => {
    await using inTest = await redisInTest();
    const { store } = inTest;
    const { name, counter } = names();
    const read = async (holder: string) => store.read(name, [counter], { holder, forMs: 60_000 });
    expect((await store.read(name, [counter])).isClaimed).toBeUndefined();
    const first = await read("a");
    expect(first.isClaimed).toBe(true);
    expect((await read("b")).isClaimed).toBe(false);
    const right = { name: claimName(name, stampsText(first)), holder: "a" };
    expect(await store.claim({ ...right, holder: "b" }, 60_000)).toBe(false);
    await store.write(name, entryOf(first.atMs, "x", { stamps: stampsText(first) }), right);
    expect((await read("b")).isClaimed, "it is there").toBeUndefined();
    await store.renew([counter]);
    expect((await read("b")).isClaimed, "it has become old").toBe(true);
    expect((await read("c")).isClaimed).toBe(false);
    await store.renew([counter]);
    expect((await read("c")).isClaimed, "nobody waits for what began before").toBe(true);
  });

  it("has to be asked for in a Cluster, whose counters are elsewhere", async () => {
    await using inTest = await clusterInTest();
    const { name, counter } = names();
    const reading = await inTest.store.read(name, [counter], { holder: "a", forMs: 60_000 });
    expect(reading.isClaimed).toBeUndefined();
  });
});

describe.each([
  ["Redis", redisInTest],
  ["a Redis Cluster", clusterInTest],
])("the bytes of an entry in %s", (_, open) => {
  let inTest: SharedInTest;
  let store: Store;
  beforeAll(async () => {
    inTest = await open();
    store = inTest.store;
  });
  afterAll(() => inTest[Symbol.asyncDispose]());

  it.each([
    ["corrupted", (bytes: Buffer) => Buffer.concat([bytes.subarray(0, -1), Buffer.from("!")])],
    ["corrupted", (bytes: Buffer) => Buffer.concat([bytes, Buffer.from("!")])],
    ["corrupted", (bytes: Buffer) => bytes.fill(0xff, 20, 21)],
    ["foreign", () => Buffer.from("something else that is long enough to be an entry, by its length alone")],
    ["foreign", () => Buffer.from("short")],
    ["other format", (bytes: Buffer) => bytes.fill(99, 4, 5)],
    ["too large", () => Buffer.alloc(testLimits.entryBytesMax + 1)],
  ] as const)("takes an entry that is %s for a miss, and says so", async (reason, change) => {
    const { name } = names();
    const { atMs } = await store.read(name, []);
    await store.write(name, entryOf(atMs, "body"));
    await inTest.tamper(name, (bytes) => change(Buffer.from(bytes)));
    inTest.observed.length = 0;
    expect((await store.read(name, [])).entry).toBeUndefined();
    expect(inTest.observed).toEqual([{ kind: "cache.entry-rejected", reason }]);
  });

  it("does not read an entry that was copied to another name", async () => {
    const [a, b] = [names().name, names().name];
    const { atMs } = await store.read(a, []);
    await store.write(a, entryOf(atMs, "for a"));
    await store.write(b, entryOf(atMs, "for b"));
    await inTest.copy(a, b);
    expect((await store.read(b, [])).entry).toBeUndefined();
  });
});
