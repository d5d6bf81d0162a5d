// Groups: against SQL's rules, and made of parts against made of rows.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FlatRow, FlatRows } from "../../../gateway/execute/rows/flat-row.ts";
import { groupRows } from "../../../gateway/execute/rows/group.ts";
import { regroupRows } from "../../../gateway/execute/rows/regroup.ts";
import { columnOfAggregate, partialAggregates } from "../../../gateway/plan/aggregates.ts";
import type { GroupKey, TypedAggregate } from "../../../gateway/plan/rows-plan.ts";
import { type ScalarName, type ScalarValue, scalarTraits } from "../../../schema/product/scalar.ts";
import { type Aggregate, aggregateFunctions } from "../../../schema/product/value.ts";

const timeZone = "UTC";
const key = (column: string, scalar: ScalarName): GroupKey => ({ column, scalar, as: column });
const of = (fn: (typeof aggregateFunctions)[number], column: string, scalar: ScalarName): TypedAggregate => {
  return { aggregate: { function: fn, column }, scalar };
};
const counted: TypedAggregate = { aggregate: { function: "count", distinct: false } };
const countOf = (column: string, scalar: ScalarName, distinct = false): TypedAggregate => {
  return { aggregate: { function: "count", column, distinct }, scalar };
};
const every = (column: string, scalar: ScalarName): readonly TypedAggregate[] => [
  countOf(column, scalar),
  countOf(column, scalar, true),
  ...aggregateFunctions
    .filter((fn) => scalarTraits[scalar].numeric || fn === "min" || fn === "max")
    .map((fn) => of(fn, column, scalar)),
];
const one = (aggregates: readonly TypedAggregate[], rows: FlatRows): FlatRow =>
  groupRows(rows, { keys: [], aggregates, timeZone })[0] as FlatRow;

describe("groups of rows", () => {
  it("have nulls as one key, values by what they are and not how they are spelt, and the order of their first rows", () => {
    const rows = ["1.50", null, "1.5", "01.5", null, "2"].map((v) => ({ v }));
    expect(groupRows(rows, { keys: [key("v", "Decimal")], aggregates: [counted], timeZone })).toEqual([
      { v: "1.5", "count(*)": 3 },
      { v: null, "count(*)": 2 },
      { v: "2", "count(*)": 1 },
    ]);
  });

  it("by several keys are one for each combination, none taken for another", () => {
    const pairs = [
      ["x", "y,z"],
      ["x,y", "z"],
      [null, "null"],
      ["null", null],
      ["x", "y,z"],
      [null, null],
    ];
    const rows = pairs.map(([a = null, b = null]) => ({ a, b }));
    const keys = [key("a", "String"), key("b", "String")];
    expect(groupRows(rows, { keys, aggregates: [counted], timeZone })).toEqual([
      { a: "x", b: "y,z", "count(*)": 2 },
      { a: "x,y", b: "z", "count(*)": 1 },
      { a: null, b: "null", "count(*)": 1 },
      { a: "null", b: null, "count(*)": 1 },
      { a: null, b: null, "count(*)": 1 },
    ]);
  });

  it("by a bucket are by its start, beside the column's own values where both are keys", () => {
    const rows = ["2001-01-31T23:30:00Z", "2001-01-31T23:30:00.0Z", "2001-02-01T00:30:00Z", null].map(
      (at) => ({ at }),
    );
    const month: GroupKey = { column: "at", scalar: "DateTime", bucket: "month", as: "at_month" };
    expect(groupRows(rows, { keys: [month], aggregates: [counted], timeZone })).toEqual([
      { at_month: "2001-01-01", "count(*)": 2 },
      { at_month: "2001-02-01", "count(*)": 1 },
      { at_month: null, "count(*)": 1 },
    ]);
    const keys = [month, key("at", "DateTime")];
    expect(groupRows(rows, { keys, aggregates: [counted], timeZone: "Europe/Berlin" })).toEqual([
      { at_month: "2001-02-01", at: "2001-01-31T23:30:00Z", "count(*)": 2 },
      { at_month: "2001-02-01", at: "2001-02-01T00:30:00Z", "count(*)": 1 },
      { at_month: null, at: null, "count(*)": 1 },
    ]);
  });

  it("of nothing are none with keys, and without keys one of nulls and zeros", () => {
    expect(groupRows([], { keys: [key("v", "Int")], aggregates: [counted], timeZone })).toEqual([]);
    const empty = {
      "count(*)": 0,
      "count(v)": 0,
      "count(distinct v)": 0,
      "sum(v)": null,
      "avg(v)": null,
      "min(v)": null,
      "max(v)": null,
      "var_pop(v)": null,
      "stddev_pop(v)": null,
    };
    const aggregates = [counted, ...every("v", "Int")];
    expect(groupRows([], { keys: [], aggregates, timeZone })).toEqual([empty]);
    expect(groupRows([{ v: null }], { keys: [], aggregates, timeZone })).toEqual([
      { ...empty, "count(*)": 1 },
    ]);
    expect(regroupRows([], { keys: [], aggregates, timeZone })).toEqual([empty]);
  });
});

describe("aggregates of rows", () => {
  const values = (...all: (ScalarValue | null)[]) => all.map((v) => ({ v }));

  it.each<[ScalarName, readonly (ScalarValue | null)[], Readonly<Record<string, unknown>>]>([
    ["Int", [1, 2, null, 2], { "count(v)": 3, "count(distinct v)": 2, "sum(v)": "5", "avg(v)": 5 / 3 }],
    ["Int", [2147483647, 2147483647, 2147483647], { "sum(v)": "6442450941", "var_pop(v)": 0 }],
    ["Int", [1, 2, 3, 4], { "var_pop(v)": 1.25, "stddev_pop(v)": Math.sqrt(1.25), "avg(v)": 2.5 }],
    [
      "BigInt",
      ["9007199254740993", "-9007199254740992", "9223372036854775807"],
      { "sum(v)": "9223372036854775808" },
    ],
    ["BigInt", ["9007199254740993", "9007199254740995"], { "var_pop(v)": 1, "min(v)": "9007199254740993" }],
    ["Decimal", ["0.1", "0.2", "1e2", "00.70"], { "sum(v)": "101", "max(v)": "100", "avg(v)": 25.25 }],
    ["Decimal", ["99999999999999999999.99", "0.01"], { "sum(v)": "100000000000000000000" }],
    ["Decimal", ["1.5", "1.50", "1.500"], { "count(distinct v)": 1, "min(v)": "1.5", "var_pop(v)": 0 }],
    ["Float", [0.1, 0.2, null], { "sum(v)": 0.1 + 0.2, "count(distinct v)": 2, "max(v)": 0.2 }],
    ["Float", [1e16, 1, -1e16], { "sum(v)": 1 }],
    ["String", ["～", "😀", "z"], { "min(v)": "z", "max(v)": "😀" }],
    ["DateTime", ["2001-01-01T00:00:05.50Z", "2001-01-01T00:00:05Z"], { "max(v)": "2001-01-01T00:00:05.5Z" }],
  ])("of %s %j are exact and canonical", (scalar, all, wanted) => {
    expect(one(every("v", scalar), values(...all))).toMatchObject(wanted);
  });

  it.each<[string, TypedAggregate, readonly ScalarValue[]]>([
    ["a sum of Floats that is not finite", of("sum", "v", "Float"), [1e308, 1e308]],
    ["a variance that is not finite", of("var_pop", "v", "Float"), [1e200, -1e200]],
    ["a Float that is none", of("max", "v", "Float"), [1, Number.NaN]],
    ["a Decimal that is none", of("sum", "v", "Decimal"), ["1", "NaN"]],
    ["the mean of a Decimal that is none", of("avg", "v", "Decimal"), ["1", "Infinity"]],
    ["a sum of more than 38 digits", of("sum", "v", "Decimal"), ["9".repeat(38), "1"]],
    ["a number of a million digits", of("var_pop", "v", "Decimal"), ["1e1000000"]],
  ])("refuse %s", (_, aggregate, all) => {
    expect(() => one([aggregate], values(...all))).toThrow(
      expect.objectContaining({ code: "AGGREGATE_OUT_OF_RANGE", audience: "caller" }),
    );
  });

  it("refuse a count of parts that is no Int", () => {
    const parts = [{ "count(*)": 2147483647 }, { "count(*)": 1 }];
    expect(() => regroupRows(parts, { keys: [], aggregates: [counted], timeZone })).toThrow(
      expect.objectContaining({ code: "GROUP_COUNT_TOO_LARGE" }),
    );
    expect(regroupRows(parts.slice(0, 1), { keys: [], aggregates: [counted], timeZone })).toEqual(
      parts.slice(0, 1),
    );
  });
});

describe("groups made of parts", () => {
  it("of one part have its variance as it came", () => {
    const part = { "count(v)": 3, "sum(v)": 0.3, "var_pop(v)": 0.3 };
    const parts = [part, { "count(v)": 0, "sum(v)": null, "var_pop(v)": null }];
    expect(regroupRows(parts, { keys: [], aggregates: [of("var_pop", "v", "Float")], timeZone })).toEqual([
      { "var_pop(v)": 0.3 },
    ]);
  });

  const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });
  const row = fc.record({
    a: optional(fc.constantFrom("x", "y", "z")),
    b: optional(fc.nat(2)),
    at: optional(fc.constantFrom("2001-03-31", "2001-04-01", "2002-04-01")),
    int: optional(fc.oneof(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), fc.nat(3))),
    big: optional(fc.oneof(fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n), fc.bigInt(0n, 3n)).map(String)),
    decimal: optional(fc.constantFrom("1.5", "1.50", "-0.001", "12345678901234567890.125", "3", "-99.99")),
    // Squares of smaller ones are below the least double.
    float: optional(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => (Math.abs(value) < 1e-100 ? 0 : value)),
    ),
    text: optional(fc.constantFrom("a", "b", "～", "😀")),
    clock: optional(
      fc.constantFrom("2001-01-01T00:00:05.5", "2001-01-01T00:00:05", "2001-01-01T00:00:05.50"),
    ),
  });
  const aggregates: readonly TypedAggregate[] = [
    counted,
    ...every("int", "Int"),
    ...every("big", "BigInt"),
    ...every("decimal", "Decimal"),
    ...every("float", "Float"),
    ...every("text", "String"),
    ...every("clock", "LocalDateTime"),
  ];
  const partsOf = (rows: FlatRows, keys: readonly GroupKey[], distinct: readonly GroupKey[]) => {
    const needed = aggregates.flatMap(({ aggregate, scalar }) =>
      partialAggregates(aggregate).map((each): [string, TypedAggregate] => [
        columnOfAggregate(each),
        { aggregate: each, ...(scalar && { scalar }) },
      ]),
    );
    return groupRows(rows, {
      keys: [...keys, ...distinct],
      aggregates: [...new Map(needed).values()],
      timeZone,
    });
  };
  const coarse: readonly GroupKey[] = [
    key("a", "String"),
    { column: "at", scalar: "Date", bucket: "month", as: "at_month" },
  ];
  const fine = [key("a", "String"), key("b", "Int"), key("at", "Date")];
  const distinct = (
    ["int:Int", "big:BigInt", "decimal:Decimal", "float:Float", "text:String", "clock:LocalDateTime"] as const
  ).map((each) => key(...(each.split(":") as [string, ScalarName])));

  it.each([
    ["by keys", coarse],
    ["without keys", []],
  ])("%s are those made of the rows", (_, keys) => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
        const wanted = groupRows(rows, { keys, aggregates, timeZone });
        const found = regroupRows(partsOf(rows, fine, distinct), { keys, aggregates, timeZone });
        expect(found).toHaveLength(wanted.length);
        for (const [i, group] of found.entries()) expectNear(group, wanted[i] as FlatRow, rows);
      }),
      { seed: 20261121, numRuns: 300 },
    );
  });

  function expectNear(found: FlatRow, wanted: FlatRow, rows: FlatRows): void {
    expect(Object.keys(found)).toEqual(Object.keys(wanted));
    for (const [column, value] of Object.entries(wanted)) {
      const within = typeof value === "number" ? 1e-9 * sizeOf(column, rows) : 0;
      const came = found[column];
      if (within === 0 || came === null || value === null)
        expect({ [column]: came }).toEqual({ [column]: value });
      else expect(Math.abs(Number(came) - Number(value)), column).toBeLessThanOrEqual(within);
    }
  }

  /** What is left where Floats cancel is of the size of what was added. */
  function sizeOf(column: string, rows: FlatRows): number {
    const [, fn, of = ""] = /^(sum|avg|var_pop|stddev_pop)\((\w+)\)$/.exec(column) ?? [];
    if (fn === undefined || (fn === "avg" && of !== "float")) return 0;
    const size = Math.max(...rows.map((each) => Math.abs(Number(each[of] ?? 0))));
    return fn === "var_pop" ? size ** 2 : fn === "sum" ? size * rows.length : size;
  }

  it("have a variance that no sum of squares would give", () => {
    const rows = [1e9, 1e9 + 1, 1e9 + 2, 1e9 + 3].map((v, i) => ({ v, k: i % 2 }));
    const variance: Aggregate = { function: "var_pop", column: "v" };
    const partial = partialAggregates(variance).map(
      (aggregate): TypedAggregate => ({ aggregate, scalar: "Float" }),
    );
    const parts = groupRows(rows, { keys: [key("k", "Int")], aggregates: partial, timeZone });
    const merged = regroupRows(parts, {
      keys: [],
      aggregates: [{ aggregate: variance, scalar: "Float" }],
      timeZone,
    });
    expect(merged[0]?.["var_pop(v)"]).toBeCloseTo(1.25, 9);
  });
});
