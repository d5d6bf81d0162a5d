// Rows asked of their owner: whole, by key sets that are longer than he takes, in pages that are shorter than wanted.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Among, always, type Condition } from "../../../gateway/plan/condition.ts";
import type { Scan } from "../../../gateway/plan/rows-plan.ts";
import type { OrderTerm } from "../../../schema/product/order.ts";
import { only, run } from "./support/running.ts";
import { makers, openTwoDomains, type Part, parts, type TwoDomains } from "./support/two-domains.ts";

let domains: TwoDomains;
beforeAll(async () => {
  domains = await openTwoDomains();
});
afterAll(() => domains[Symbol.asyncDispose]());

const columns = ["id", "weight", "price", "made", "maker.code"];
const partsScan = (changed: Partial<Scan> = {}): Scan => {
  return {
    kind: "scan",
    collection: "parts",
    columns,
    where: always,
    order: [],
    page: { offset: 0 },
    ...changed,
  };
};
const makersScan = (where: Condition): Scan => {
  return { kind: "scan", collection: "makers", columns: ["code"], where, order: [], page: { offset: 0 } };
};
const stars = (operator: "_gte" | "_eq", value: number): Condition => {
  return { kind: "compare", column: "stars", operator, value };
};
const amongMakers = (where: Condition): Among => ({
  kind: "among",
  relationship: "maker",
  columns: ["maker.code"],
  keys: { kind: "keys", rows: makersScan(where), columns: ["code"] },
});
const amongIds = (where: Condition): Among => ({
  kind: "among",
  relationship: "places",
  columns: ["id"],
  keys: { kind: "keys", rows: partsScan({ where }), columns: ["id"] },
});
const hasStars = ({ maker }: Part, least: number) =>
  makers.some(({ code, stars }) => code === maker && stars >= least);

const row = ({ maker, ...part }: Part) => ({ ...part, "maker.code": maker });
const rows = (holds: (part: Part) => boolean) => parts.filter(holds).map(row);
const byWeight: readonly OrderTerm[] = [{ by: { kind: "column", column: "weight" }, direction: "desc" }];
/** As `byWeight`, then by number. */
const heaviest = (a: { weight: number | null }, b: { weight: number | null }) =>
  (b.weight ?? 1e9) - (a.weight ?? 1e9);

async function asking<Out>(ask: () => Promise<Out>) {
  const before = domains.asked.length;
  const found = await ask();
  return { found, asked: domains.asked.slice(before) };
}

describe("the rows of a collection", () => {
  it("come whole, by the primary key, each page after the last key of the one before", async () => {
    const { found, asked } = await asking(() => run(partsScan(), domains.runtime));
    expect(only(found, ...columns)).toEqual(rows(() => true));
    expect(asked.map(({ variables }) => variables)).toEqual([
      { limit: 50 },
      { where: { id: { _gt: 50 } }, limit: 50 },
      { where: { id: { _gt: 100 } }, limit: 50 },
      { where: { id: { _gt: 150 } }, limit: 50 },
      { where: { id: { _gt: 200 } }, limit: 50 },
    ]);
    expect(asked[0]?.query).toBe(
      "query ($limit: Int) { rows: parts(limit: $limit) { id weight price made weft_key_maker: maker { code } } }",
    );
  });

  it("come in another order by offsets", async () => {
    const { found, asked } = await asking(() => run(partsScan({ order: byWeight }), domains.runtime));
    expect(only(found, ...columns)).toEqual(rows(() => true).sort(heaviest));
    expect(asked.map(({ variables }) => variables.offset)).toEqual([undefined, 50, 100, 150, 200]);
  });

  it("are asked for by the page alone", async () => {
    const plan = partsScan({ order: byWeight, page: { offset: 3, limit: 4 } });
    const { found, asked } = await asking(() => run(plan, domains.runtime));
    expect(only(found, "id")).toEqual(
      only(
        rows(() => true)
          .sort(heaviest)
          .slice(3, 7),
        "id",
      ),
    );
    expect(asked.map(({ variables }) => variables)).toEqual([
      { order_by: [{ weight: "desc" }], limit: 4, offset: 3 },
    ]);
  });

  it("are asked for by a page that is longer than the owner's", async () => {
    const plan = partsScan({ page: { offset: 30, limit: 120 } });
    expect(only(await run(plan, domains.runtime), "id")).toEqual(only(rows(() => true).slice(30, 150), "id"));
  });

  it("are not asked for where none are wanted", async () => {
    const { found, asked } = await asking(() =>
      run(partsScan({ page: { offset: 0, limit: 0 } }), domains.runtime),
    );
    expect([found, asked]).toEqual([[], []]);
  });

  it("are sorted by aggregates of what refers to them", async () => {
    const order: readonly OrderTerm[] = [
      {
        by: { kind: "aggregate", inverse: "places", aggregate: { function: "count", distinct: false } },
        direction: "desc",
      },
    ];
    const found = await run(partsScan({ order, page: { offset: 0, limit: 4 } }), domains.runtime);
    expect(only(found, "id")).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }, { id: 4 }]);
  });

  it("are refused where they are too many, by the collection's name", async () => {
    await expect(run(partsScan(), domains.runtime, { rowsMax: 199 })).rejects.toMatchObject({
      code: "COLLECTION_ROWS_MAX",
      extensions: { collection: "parts", rowsMax: 199 },
    });
    expect(await run(partsScan(), domains.runtime, { rowsMax: 200 })).toHaveLength(200);
  });
});

describe("the rows among keys of another domain", () => {
  it("are asked for in one question where the keys are few", async () => {
    const { found, asked } = await asking(() =>
      run(partsScan({ where: amongMakers(stars("_gte", 5)) }), domains.runtime),
    );
    expect(only(found, ...columns)).toEqual(rows((part) => hasStars(part, 5)));
    expect(asked.map(({ subgraph, variables }) => [subgraph, variables])).toEqual([
      ["makers", { where: { stars: { _gte: 5 } }, limit: 1_001 }],
      [
        "parts",
        { where: { maker: { code: { _in: ["m11", "m17", "m23", "m29", "m35", "m5"] } } }, limit: 50 },
      ],
    ]);
  });

  it.each<[string, Partial<Scan>]>([
    ["by the primary key", {}],
    ["in their order", { order: byWeight }],
    ["by the page", { order: byWeight, page: { offset: 7, limit: 20 } }],
  ])("are put together %s where the keys are more than the owner takes", async (_, changed) => {
    const where = amongMakers(stars("_gte", 2));
    const { found, asked } = await asking(() => run(partsScan({ ...changed, where }), domains.runtime));
    const wanted = rows((part) => hasStars(part, 2));
    if (changed.order) wanted.sort(heaviest);
    const page = changed.page ? wanted.slice(7, 27) : wanted;
    expect(only(found, ...columns)).toEqual(page);
    const longest = asked.flatMap(({ variables }) => JSON.stringify(variables).match(/"m\d+"/g)?.length ?? 0);
    expect(Math.max(...longest)).toBe(10);
  });

  it.each<[string, Condition, (part: Part) => boolean]>([
    ["under `not`", { kind: "not", of: amongMakers(stars("_gte", 2)) }, (part) => !hasStars(part, 2)],
    [
      "under `or`",
      {
        kind: "or",
        of: [amongMakers(stars("_gte", 2)), { kind: "compare", column: "weight", operator: "_gt", value: 8 }],
      },
      (part) => hasStars(part, 2) || (part.weight ?? 0) > 8,
    ],
    [
      "beside others that are more too",
      { kind: "and", of: [amongMakers(stars("_gte", 1)), amongMakers(stars("_gte", 2))] },
      (part) => hasStars(part, 2),
    ],
  ])("are found here where they are more than the owner takes %s", async (_, where, holds) => {
    const found = await run(
      partsScan({ where, order: byWeight, page: { offset: 2, limit: 30 } }),
      domains.runtime,
    );
    expect(only(found, "id")).toEqual(only(rows(holds).sort(heaviest).slice(2, 32), "id"));
    expect(only(await run(partsScan({ where }), domains.runtime), ...columns)).toEqual(rows(holds));
  });

  it("are asked for by ranges where the keys are dense", async () => {
    const { found, asked } = await asking(() =>
      run(
        partsScan({ where: amongIds({ kind: "compare", column: "id", operator: "_lte", value: 120 }) }),
        domains.runtime,
      ),
    );
    expect(only(found, "id")).toEqual(
      only(
        rows(({ id }) => id <= 120),
        "id",
      ),
    );
    expect(asked.at(-1)?.variables.where).toEqual({
      _and: [{ id: { _gte: 1, _lte: 120 } }, { id: { _gt: 100 } }],
    });
  });

  it("are none where there is no key", async () => {
    expect(await run(partsScan({ where: amongMakers(stars("_eq", 99)) }), domains.runtime)).toEqual([]);
  });

  it("are refused where the keys are more than an operation may bind", async () => {
    const plan = partsScan({ where: amongMakers(always) });
    await expect(run(plan, domains.runtime, { keysMax: 39 })).rejects.toMatchObject({
      code: "KEY_SET_MAX",
      extensions: { column: "code", keys: 40, keysMax: 39 },
    });
    expect(await run(plan, domains.runtime, { keysMax: 40 })).not.toEqual([]);
  });

  it("are refused where only the owner could decide about keys that are more than he takes", async () => {
    const where: Condition = { kind: "exists", relationship: "part", where: amongMakers(always) };
    const places: Scan = { ...partsScan({ where }), collection: "places", columns: ["row"] };
    await expect(run(places, domains.runtime)).rejects.toMatchObject({
      code: "KEY_SET_NOT_BOUND",
      extensions: { collection: "places", relationship: "part", keys: 40, keysMax: 10 },
    });
    const few = { ...places, where: { ...where, where: amongMakers(stars("_gte", 5)) } };
    expect(only(await run(few, domains.runtime), "row", "place")).toEqual([]);
  });

  it("are found by keys of several columns", async () => {
    const places: Scan = { ...partsScan(), collection: "places", columns: ["row", "place", "part.id"] };
    const among: Among = {
      kind: "among",
      relationship: "neighbours",
      columns: ["row", "place"],
      keys: {
        kind: "keys",
        rows: { ...places, where: { kind: "null", column: "part", is: false } },
        columns: ["row", "place"],
      },
    };
    const { found, asked } = await asking(() => run({ ...places, where: among }, domains.runtime));
    expect(found).toEqual([
      { row: 1, place: 1, "part.id": 1 },
      { row: 1, place: 2, "part.id": 2 },
      { row: 2, place: 1, "part.id": 3 },
    ]);
    expect(asked.at(-1)?.variables.where).toEqual({
      _or: [
        { row: { _eq: 1 }, place: { _in: [1, 2] } },
        { row: { _eq: 2 }, place: { _in: [1] } },
      ],
    });
  });
});

describe("an owner who fails", () => {
  it("is named with what he says", async () => {
    const where: Condition = {
      kind: "member",
      column: "id",
      operator: "_in",
      values: parts.map(({ id }) => id),
    };
    await expect(run(partsScan({ where }), domains.runtime)).rejects.toMatchObject({
      extensions: { code: "KEYS_MAX", serviceName: "parts" },
    });
  });

  it("is named where he is not there", async () => {
    const subgraphs = new Map([...domains.runtime.subgraphs, ["makers", "http://127.0.0.1:9/graphql"]]);
    const plan = partsScan({ where: amongMakers(always) });
    await expect(run(plan, { ...domains.runtime, subgraphs })).rejects.toMatchObject({
      code: "SUBGRAPH_UNREACHABLE",
      extensions: { subgraph: "makers" },
    });
  });
});
