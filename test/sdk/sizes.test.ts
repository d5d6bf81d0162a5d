// Large answers and long key lists: whole, in bounded memory, and a typed error beyond each limit.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { defineProduct, duckdb } from "weft/sdk";
import { type AskedPort, askedPort } from "./support/asking.ts";

const many = 100_000;

/** `many` rows and one. */
const parcels = () =>
  defineProduct({
    id: "parcels",
    version: "1.0.0",
    domain: "test",
    owner: "Test",
    contact: "test@weft.example",
    freshness: { slo: "P1D" },
    engine: duckdb({
      load: [
        `create table parcels as select i::integer as id, 'parcel ' || i as label, 9007199254740993 + i as serial,
          timestamp '2024-01-01 00:00:00' + to_seconds(i) as scanned, (i % 100)::integer as depot
          from range(${many + 1}) as numbers(i)`,
        "create table depots as select i::integer as id from range(100) as numbers(i)",
      ],
    }),
    entities: {
      Parcel: {
        description: "A parcel.",
        collection: "parcels",
        key: ["id"],
        keysMax: many,
        rowsMax: many,
        columns: {
          id: { type: "Int!", description: "Number." },
          label: { type: "String", description: "What it says." },
          serial: { type: "BigInt", description: "A larger number." },
          scanned: { type: "LocalDateTime", description: "When it was seen." },
        },
        references: {
          depot: {
            entity: "Depot",
            key: { id: "depot" },
            description: "Where it is.",
            inverse: { field: "parcels", description: "What is there." },
          },
        },
      },
      Depot: {
        description: "A depot.",
        collection: "depots",
        key: ["id"],
        columns: { id: { type: "Int!", description: "Number." } },
      },
    },
  });

const it = test.extend<{ port: AskedPort }>({
  port: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads the names in the pattern
    async ({}, use) => {
      await using port = await askedPort(parcels(), { statementTimeoutMs: 60_000 });
      await use(port);
    },
    { scope: "file" },
  ],
});

const ids = Array.from({ length: many }, (_, id) => id);
const list = `{ parcels(limit: ${many}) { id label serial scanned depot { id } } }`;

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** Bytes that are in use once all garbage is collected. */
async function settledBytes(): Promise<{ readonly heap: number; readonly resident: number }> {
  for (let round = 0; round < 3; round++) {
    await new Promise((next) => setTimeout(next, 20));
    collectGarbage();
  }
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heap: heapUsed + external, resident: rss };
}

describe("an answer of 100,000 rows", () => {
  it("is whole", async ({ port }) => {
    const rows = (await port.ask(list)).parcels;
    expect(rows).toHaveLength(many);
    expect(rows.map(({ id }: { id: number }) => id)).toEqual(ids);
    expect(rows[99_999]).toEqual({
      id: 99_999,
      label: "parcel 99999",
      serial: String(9_007_199_254_740_993n + 99_999n),
      scanned: "2024-01-02T03:46:39",
      depot: { id: 99 },
    });
  });

  it("leaves nothing behind, ten times over", { timeout: 120_000 }, async ({ port }) => {
    const read = async () => {
      const response = await fetch(`${port.url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ query: list }),
      });
      return (await response.arrayBuffer()).byteLength;
    };
    const bytes = await read();
    await read();
    const before = await settledBytes();
    for (let run = 0; run < 10; run++) expect(await read()).toBe(bytes);
    const after = await settledBytes();
    // One answer is about 10 MB, and its rows are several times as much.
    expect(after.heap - before.heap).toBeLessThan(bytes);
    expect(after.resident - before.resident).toBeLessThan(250e6);
  });

  it("and one more is a typed error", async ({ port }) => {
    expect(await port.codes("{ parcels { id } }")).toEqual(["ROWS_MAX"]);
    expect(await port.codes("{ depots { parcels { id label } } }")).toContain("ROWS_MAX");
  });
});

describe("a list of 100,000 keys", () => {
  const query = "query ($ids: [Int!]!) { parcels(where: { id: { _in: $ids } }) { id } }";

  it("is taken by `_in`", async ({ port }) => {
    const rows = (await port.ask(query, { ids })).parcels;
    expect(rows.map(({ id }: { id: number }) => id)).toEqual(ids);
  });

  it("and one more is a typed error", async ({ port }) => {
    const { errors } = await port.answer(query, { ids: [...ids, many] });
    expect(errors?.[0]?.extensions).toMatchObject({ code: "KEYS_MAX", keys: many + 1, keysMax: many });
  });

  const entities =
    "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Parcel { id label depot { id } } } }";
  const representations = (keys: readonly number[]) => keys.map((id) => ({ __typename: "Parcel", id }));

  it("is taken by `_entities`, in one statement", { timeout: 60_000 }, async ({ port }) => {
    const before = port.events.length;
    const shuffled = ids.map((_, i) => ids[(i * 7_919) % many] as number);
    const found = (await port.ask(entities, { r: representations(shuffled) }))._entities;
    expect(found.map(({ id }: { id: number }) => id)).toEqual(shuffled);
    expect(found[1]).toEqual({ id: 7_919, label: "parcel 7919", depot: { id: 19 } });
    expect(port.events.length - before).toBe(1);
  });

  it("and one more is a typed error of each", { timeout: 60_000 }, async ({ port }) => {
    const { data, errors } = await port.answer(entities, { r: representations([...ids, many]) });
    expect(new Set(errors?.map(({ extensions }) => extensions.code))).toEqual(new Set(["KEYS_MAX"]));
    expect(data._entities).toHaveLength(many + 1);
  });
});

describe("a body", () => {
  test("larger than `bodyBytesMax` is a typed error", async () => {
    await using port = await askedPort(parcels(), { bodyBytesMax: 1_000 });
    const { errors } = await port.answer(
      "query ($ids: [Int!]) { parcels(where: { id: { _in: $ids } }) { id } }",
      {
        ids: ids.slice(0, 1_000),
      },
    );
    expect(errors?.[0]?.extensions).toEqual({ code: "BODY_MAX", bodyBytesMax: 1_000 });
  });

  test("of an answer larger than `answerBytesMax` is a typed error, of exactly as many it is whole", async () => {
    const query = "{ parcels(limit: 100) { id label } }";
    await using wide = await askedPort(parcels());
    const data = await wide.ask(query);
    const bytes = Buffer.byteLength(JSON.stringify({ data }));
    await using exact = await askedPort(parcels(), { answerBytesMax: bytes });
    expect(await exact.ask(query)).toEqual(data);
    await using narrow = await askedPort(parcels(), { answerBytesMax: bytes - 1 });
    const { data: none, errors } = await narrow.answer(query);
    expect(none).toBeNull();
    expect(errors?.map(({ extensions }) => extensions)).toEqual([
      { code: "ANSWER_MAX", answerBytesMax: bytes - 1 },
    ]);
    expect((await narrow.ask("{ parcels(limit: 1) { id } }")).parcels).toEqual([{ id: 0 }]);
  });
});
