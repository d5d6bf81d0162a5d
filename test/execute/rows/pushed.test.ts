// What owners are asked for is what would be found here in all of their rows: random questions, asked in both ways.
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { columnOfAggregate } from "../../../gateway/plan/aggregates.ts";
import { type Among, always, type Condition } from "../../../gateway/plan/condition.ts";
import type { RowsPlan, Scan, SortTerm } from "../../../gateway/plan/rows-plan.ts";
import type { Direction } from "../../../schema/product/order.ts";
import type { Page } from "../../../schema/product/read-page.ts";
import type { GroupOrderTerm } from "../../../schema/product/read-value.ts";
import type { ScalarName } from "../../../schema/product/scalar.ts";
import type { Aggregate, Value } from "../../../schema/product/value.ts";
import { only, run } from "./support/running.ts";
import { openTwoDomains, type TwoDomains } from "./support/two-domains.ts";

let domains: TwoDomains;
beforeAll(async () => {
  domains = await openTwoDomains();
});
afterAll(() => domains[Symbol.asyncDispose]());

const scalars: Readonly<Record<string, ScalarName>> = {
  id: "Int",
  weight: "Int",
  price: "Decimal",
  made: "Date",
  "maker.code": "String",
};
const columns = Object.keys(scalars);
const scan = (changed: Partial<Scan>): Scan => {
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

const amongMakers = fc.integer({ min: 0, max: 6 }).map((least): Among => {
  const where: Condition = { kind: "compare", column: "stars", operator: "_gte", value: least };
  const rows: Scan = { ...scan({ where }), collection: "makers", columns: ["code"] };
  return {
    kind: "among",
    relationship: "maker",
    columns: ["maker.code"],
    keys: { kind: "keys", rows, columns: ["code"] },
  };
});
const amongIds = fc
  .tuple(fc.integer({ min: 0, max: 10 }), fc.constantFrom("_gt", "_neq", "_eq"))
  .map(([value, operator]): Among => {
    const rows = scan({ where: { kind: "compare", column: "weight", operator, value } });
    return {
      kind: "among",
      relationship: "places",
      columns: ["id"],
      keys: { kind: "keys", rows, columns: ["id"] },
    };
  });
const tests = fc.oneof(
  fc
    .tuple(fc.constantFrom("_gt", "_lte", "_neq"), fc.integer({ min: 0, max: 10 }))
    .map(([operator, value]): Condition => ({ kind: "compare", column: "weight", operator, value })),
  fc
    .constantFrom("2001-01-20", "2001-02-01")
    .map((value): Condition => ({ kind: "compare", column: "made", operator: "_lt", value })),
  fc.boolean().map((is): Condition => ({ kind: "null", column: "maker", is })),
  fc.constantFrom("m1", "m42").map(
    (value): Condition => ({
      kind: "exists",
      relationship: "maker",
      where: { kind: "compare", column: "code", operator: "_gt", value },
    }),
  ),
);
const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.oneof(amongMakers, amongIds, tests),
    fc.array(tie("condition"), { maxLength: 3 }).map((of): Condition => ({ kind: "and", of })),
    fc.array(tie("condition"), { maxLength: 3 }).map((of): Condition => ({ kind: "or", of })),
    tie("condition").map((of): Condition => ({ kind: "not", of })),
  ),
}));
const direction = fc.constantFrom<Direction[]>("asc", "desc", "asc_nulls_first", "desc_nulls_last");
const page = fc.record({
  limit: fc.option(fc.integer({ min: 0, max: 80 }), { nil: undefined }),
  offset: fc.nat({ max: 30 }),
});
const references: Readonly<Record<string, Value>> = {
  "maker.code": { kind: "reference", reference: "maker", value: { kind: "column", column: "code" } },
};
const toValue = (column: string): Value => references[column] ?? { kind: "column", column };

describe("rows", () => {
  const terms = fc.uniqueArray(
    fc.tuple(fc.constantFrom("weight", "price", "made", "maker.code"), direction),
    {
      maxLength: 2,
      selector: ([column]) => column,
    },
  );
  it("are the same as those found here", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(condition, terms, page, async (where, order, wanted: Page) => {
        const pushed = scan({
          where,
          order: order.map(([column, direction]) => ({ by: toValue(column), direction })),
          page: wanted,
        });
        const here: RowsPlan = {
          kind: "sort",
          input: { kind: "filter", input: scan({}), condition: where, scalars },
          order: [...order, ["id", "asc"] as const].map(
            ([column, direction]): SortTerm => ({ column, scalar: scalars[column] as ScalarName, direction }),
          ),
          page: wanted,
        };
        const [found, expected] = await Promise.all([
          run(pushed, domains.runtime),
          run(here, domains.runtime),
        ]);
        expect(only(found, ...columns)).toEqual(only(expected, ...columns));
      }),
      { numRuns: 60, seed: 41 },
    );
  });
});

describe("groups", () => {
  const aggregates: readonly Aggregate[] = [
    { function: "count", distinct: false },
    { function: "count", column: "weight", distinct: false },
    { function: "count", column: "weight", distinct: true },
    { function: "sum", column: "weight" },
    { function: "sum", column: "price" },
    { function: "min", column: "price" },
    { function: "max", column: "made" },
    { function: "avg", column: "weight" },
    { function: "var_pop", column: "weight" },
    { function: "stddev_pop", column: "weight" },
  ];
  const results: Readonly<Record<string, ScalarName>> = {
    "count(*)": "Int",
    "sum(weight)": "BigInt",
    "max(made)": "Date",
  };
  const having = fc.constantFrom<Condition[]>(
    always,
    { kind: "compare", column: "count(*)", operator: "_gt", value: 2 },
    { kind: "compare", column: "sum(weight)", operator: "_lte", value: "30" },
  );
  const keys = fc.uniqueArray(fc.constantFrom("maker.code", "weight", "made", "made_month"), {
    maxLength: 3,
  });

  it("are the same as those made here", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        condition,
        keys,
        having,
        fc.option(fc.constantFrom("count(*)", "sum(weight)", "max(made)"), { nil: undefined }),
        direction,
        page,
        async (where, by, kept, sortedBy, direction, given: Page) => {
          const wanted = by.length === 0 ? { offset: 0 } : given;
          const having = by.length === 0 ? always : kept;
          const sorted = aggregates.find((each) => columnOfAggregate(each) === sortedBy);
          const order: readonly GroupOrderTerm[] =
            sorted && by.length > 0 ? [{ on: "aggregate", aggregate: sorted, direction }] : [];
          const value = (name: string): Value =>
            name === "made_month" ? { kind: "bucket", column: "made", bucket: "month" } : toValue(name);
          const pushed: RowsPlan = {
            kind: "groups",
            collection: "parts",
            keys: by.map(value),
            aggregates,
            where,
            having,
            order,
            page: wanted,
            timeZone: "UTC",
          };
          const grouped: RowsPlan = {
            kind: "group",
            input: { kind: "filter", input: scan({}), condition: where, scalars },
            keys: by.map((name) =>
              name === "made_month"
                ? { column: "made", scalar: "Date", bucket: "month", as: name }
                : { column: name, scalar: scalars[name] as ScalarName, as: name },
            ),
            aggregates: aggregates.map((aggregate) => ({
              aggregate,
              ...(aggregate.column !== undefined && { scalar: scalars[aggregate.column] as ScalarName }),
            })),
            timeZone: "UTC",
          };
          const here: RowsPlan = {
            kind: "sort",
            input: { kind: "filter", input: grouped, condition: having, scalars: results },
            order: [
              ...order.map(
                (): SortTerm => ({
                  column: sortedBy as string,
                  scalar: results[sortedBy as string] as ScalarName,
                  direction,
                }),
              ),
              ...by.map(
                (column): SortTerm => ({ column, scalar: scalars[column] ?? "Date", direction: "asc" }),
              ),
            ],
            page: wanted,
          };
          const [found, expected] = await Promise.all([
            run(pushed, domains.runtime),
            run(here, domains.runtime),
          ]);
          expect(found.map(rounded)).toEqual(expected.map(rounded));
        },
      ),
      { numRuns: 60, seed: 42 },
    );
  });
});

/** Aggregates of floats are equal within a relative error of 1e-9. */
function rounded(row: object): object {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      /^(avg|var_pop|stddev_pop)/.test(column) && typeof value === "number"
        ? Number(value.toPrecision(9))
        : value,
    ]),
  );
}
