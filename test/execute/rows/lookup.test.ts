// Lookups, and the two ways to a key set, asked of their owners.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fewKeys, isForeignFirst } from "../../../gateway/execute/rows/choose.ts";
import { always, type Choose, type Condition, type KeySet } from "../../../gateway/plan/condition.ts";
import type { RowsPlan, Scan } from "../../../gateway/plan/rows-plan.ts";
import { only, run } from "./support/running.ts";
import { makers, openTwoDomains, parts, type TwoDomains } from "./support/two-domains.ts";

let domains: TwoDomains;
beforeAll(async () => {
  domains = await openTwoDomains();
});
afterAll(() => domains[Symbol.asyncDispose]());

const scan = (collection: string, columns: readonly string[], where: Condition = always): Scan => {
  return { kind: "scan", collection, columns, where, order: [], page: { offset: 0 } };
};
const given: KeySet = { kind: "given" };

describe("a lookup", () => {
  const makersOfParts: RowsPlan = {
    kind: "lookup",
    input: scan("parts", ["id", "maker.code"]),
    on: ["maker.code"],
    from: scan("makers", ["code", "name", "stars"], {
      kind: "among",
      relationship: "parts",
      columns: ["code"],
      keys: given,
    }),
    key: ["code"],
    columns: [
      { column: "name", as: "maker.name", absent: null },
      { column: "stars", as: "maker.stars", absent: null },
    ],
  };

  it("brings columns of the rows that are referred to, and null where there is none", async () => {
    const found = await run(makersOfParts, domains.runtime);
    expect(found).toEqual(
      parts.map(({ id, maker }) => {
        const target = makers.find(({ code }) => code === maker);
        return {
          id,
          "maker.code": maker,
          "maker.name": target?.name ?? null,
          "maker.stars": target?.stars ?? null,
        };
      }),
    );
  });

  it("brings aggregates of the rows that refer, and what stands for none", async () => {
    const plan: RowsPlan = {
      kind: "lookup",
      input: scan("makers", ["code"]),
      on: ["code"],
      from: {
        kind: "groups",
        collection: "parts",
        keys: [{ kind: "reference", reference: "maker", value: { kind: "column", column: "code" } }],
        aggregates: [
          { function: "count", distinct: false },
          { function: "max", column: "weight" },
        ],
        where: { kind: "among", relationship: "maker", columns: ["maker.code"], keys: given },
        having: always,
        order: [],
        page: { offset: 0 },
        timeZone: "UTC",
      },
      key: ["maker.code"],
      columns: [
        { column: "count(*)", as: "parts.count(*)", absent: 0 },
        { column: "max(weight)", as: "parts.max(weight)", absent: null },
      ],
    };
    const found = await run(plan, domains.runtime);
    const codes = makers.map(({ code }) => code).sort();
    expect(found).toEqual(
      codes.map((code) => {
        const weights = parts.filter(({ maker }) => maker === code).map(({ weight }) => weight);
        const known = weights.filter((weight) => weight !== null);
        return {
          code,
          "parts.count(*)": weights.length,
          "parts.max(weight)": known.length === 0 ? null : Math.max(...known),
        };
      }),
    );
  });

  it("asks nobody where no row has a key", async () => {
    const before = domains.asked.length;
    const input = scan("parts", ["id", "maker.code"], { kind: "null", column: "maker", is: true });
    const found = await run({ ...makersOfParts, input } as RowsPlan, domains.runtime);
    expect(found.every((row) => row["maker.name"] === null)).toBe(true);
    expect(domains.asked.slice(before).every(({ subgraph }) => subgraph === "parts")).toBe(true);
  });

  it("is refused where its rows have more keys than an operation may bind", async () => {
    await expect(run(makersOfParts, domains.runtime, { keysMax: 30 })).rejects.toMatchObject({
      code: "KEY_SET_MAX",
    });
  });
});

describe("the choice between two ways to a key set", () => {
  const few: Condition = { kind: "compare", column: "id", operator: "_lte", value: 3 };
  const keysOf = (rows: RowsPlan, column: string): KeySet => ({ kind: "keys", rows, columns: [column] });
  const local: KeySet = {
    kind: "keys",
    rows: scan("makers", ["code"], {
      kind: "among",
      relationship: "parts",
      columns: ["code"],
      keys: keysOf(scan("parts", ["maker.code"], few), "maker.code"),
    }),
    columns: ["code"],
  };
  const choose: Choose = {
    kind: "choose",
    foreign: keysOf(scan("makers", ["code"]), "code"),
    local,
    probes: {
      foreign: { collection: "makers", where: always },
      local: { collection: "parts", where: few, distinct: "maker.code" },
    },
  };
  const plan = scan("parts", ["id", "maker.code"], {
    kind: "and",
    of: [few, { kind: "among", relationship: "maker", columns: ["maker.code"], keys: choose }],
  });

  it("asks the other side's size alone where that is small, and remembers it", async () => {
    const counts = new Map<string, number>();
    const cardinalities = {
      get: counts.get.bind(counts),
      set: (text: string, count: number) => counts.set(text, count),
    };
    const before = domains.asked.length;
    const found = await run(plan, { ...domains.runtime, cardinalities });
    expect(only(found, "id")).toEqual([{ id: 2 }, { id: 3 }]);
    expect(domains.asked[before]?.query).toBe("query { rows: makers_aggregate { aggregate { count } } }");
    expect([...counts.values()]).toEqual([makers.length]);
    const again = domains.asked.length;
    await run(plan, { ...domains.runtime, cardinalities });
    expect(domains.asked.slice(again).some(({ query }) => query.includes("aggregate"))).toBe(false);
  });

  it("begins here where the other side is large", async () => {
    const cardinalities = {
      get: (text: string) => (text.includes('"distinct"') ? undefined : 1_000_000),
      set: () => {},
    };
    const before = domains.asked.length;
    const found = await run(plan, { ...domains.runtime, cardinalities });
    expect(only(found, "id")).toEqual([{ id: 2 }, { id: 3 }]);
    const asked = domains.asked.slice(before);
    expect(asked[0]?.query).toContain("count(column: maker_code, distinct: true)");
    expect(
      asked.filter(({ subgraph }) => subgraph === "makers").map(({ variables }) => variables.where),
    ).toEqual([{ code: { _in: ["m1", "m2"] } }]);
  });

  it("is made all the same where a probe fails", async () => {
    const ask: TwoDomains["runtime"]["ask"] = async (subgraph, request, asking) => {
      if (request.body.includes("aggregate")) return { errors: [{ message: "no counting today" }] };
      return domains.runtime.ask(subgraph, request, asking);
    };
    expect(only(await run(plan, { ...domains.runtime, ask }), "id")).toEqual([{ id: 2 }, { id: 3 }]);
  });

  it.each<[number, number, boolean]>([
    [fewKeys + 1, 1_000_000, true],
    [1_000_000, 10, false],
    [1_000_000, 900_000, true],
    [1_000_000, Number.POSITIVE_INFINITY, true],
    [Number.POSITIVE_INFINITY, 1_000_000, false],
  ])("of %d rows there and %d here begins there: %s", (foreign, here, expected) => {
    const keysMax = 10_000;
    expect(isForeignFirst({ rows: foreign, keysMax }, { rows: here, keysMax })).toBe(expected);
  });
});
