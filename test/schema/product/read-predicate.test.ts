// Reading a `where` and a `having`: what becomes of each entry, and what is refused.
import { describe, expect, it } from "vitest";
import type { Predicate } from "../../../schema/product/predicate.ts";
import { readHaving, readPredicate, whereDepthMax } from "../../../schema/product/read-predicate.ts";
import { flightShape } from "./flight-shape.ts";

type Input = Readonly<Record<string, unknown>>;

const read = (where: Input, keysMax = 100) => readPredicate(where, flightShape, "flights.where", keysMax);
const eq = (column: string, value: number | string): Predicate => ({
  kind: "compare",
  column,
  operator: "_eq",
  value,
});
const always: Predicate = { kind: "and", of: [] };
const code = (where: Input, keysMax?: number) => {
  try {
    return read(where, keysMax);
  } catch (fault) {
    return { ...(fault as { extensions: object }).extensions };
  }
};

describe("a where", () => {
  it.each<[string, Input, Predicate]>([
    ["of nothing is true", {}, always],
    ["of one test is that test", { delay: { _eq: 5 } }, eq("delay", 5)],
    ["of no test on a column is true", { delay: {} }, always],
    [
      "of several entries is all of them",
      { delay: { _eq: 5 }, distance: { _eq: 9 } },
      { kind: "and", of: [eq("delay", 5), eq("distance", 9)] },
    ],
    [
      "of several tests on a column is all of them",
      { delay: { _gt: 1, _lte: 3 } },
      {
        kind: "and",
        of: [
          { kind: "compare", column: "delay", operator: "_gt", value: 1 },
          { kind: "compare", column: "delay", operator: "_lte", value: 3 },
        ],
      },
    ],
    ["of an empty `_and` is true", { _and: [] }, always],
    ["of an empty `_or` is false", { _or: [] }, { kind: "or", of: [] }],
    ["of an empty `_or` within keeps it", { _or: [{}] }, { kind: "or", of: [always] }],
    ["of `_not` of nothing is not true", { _not: {} }, { kind: "not", of: always }],
    [
      "of an empty `_in` keeps the empty list",
      { delay: { _in: [] } },
      { kind: "member", column: "delay", operator: "_in", values: [] },
    ],
    [
      "of an empty `_nin` keeps the empty list",
      { delay: { _nin: [] } },
      { kind: "member", column: "delay", operator: "_nin", values: [] },
    ],
    [
      "of `_is_null` on a column asks for the column's null",
      { delay: { _is_null: false } },
      { kind: "null", column: "delay", is: false },
    ],
    [
      "of a pattern keeps it as written",
      { tail: { _nilike: "n\\%1%" } },
      { kind: "match", column: "tail", operator: "_nilike", pattern: "n\\%1%" },
    ],
    [
      "of an empty reference asks that it leads somewhere",
      { origin: {} },
      { kind: "exists", relationship: "origin", where: always },
    ],
    [
      "of a path is one exists in the other",
      { origin: { state: { code: { _eq: "CA" } } } },
      {
        kind: "exists",
        relationship: "origin",
        where: { kind: "exists", relationship: "state", where: eq("code", "CA") },
      },
    ],
    [
      "of a to-many is an exists",
      { passengers: { age: { _eq: 7 } } },
      { kind: "exists", relationship: "passengers", where: eq("age", 7) },
    ],
    [
      "of `_not` around a reference stays outside of the exists",
      { _not: { origin: { iata: { _eq: "SFO" } } } },
      { kind: "not", of: { kind: "exists", relationship: "origin", where: eq("iata", "SFO") } },
    ],
    [
      "of `_not` within a reference stays inside of the exists",
      { origin: { _not: { iata: { _eq: "SFO" } } } },
      { kind: "exists", relationship: "origin", where: { kind: "not", of: eq("iata", "SFO") } },
    ],
    [
      "of `_is_null` on a reference asks for the null reference alone",
      { origin: { _is_null: true } },
      { kind: "null", column: "origin", is: true },
    ],
    [
      "of `_is_null` and more on a reference asks for both",
      { origin: { _is_null: false, iata: { _eq: "SFO" } } },
      {
        kind: "and",
        of: [
          { kind: "null", column: "origin", is: false },
          { kind: "exists", relationship: "origin", where: eq("iata", "SFO") },
        ],
      },
    ],
  ])("%s", (_, where, predicate) => {
    expect(read(where)).toEqual(predicate);
  });

  it.each([
    ["a comparison with null", { delay: { _eq: null } }, "flights.where.delay._eq"],
    ["a comparison with null that is not alone", { delay: { _gt: 1, _lt: null } }, "flights.where.delay._lt"],
    ["a null list of `_in`", { delay: { _in: null } }, "flights.where.delay._in"],
    ["a null pattern", { tail: { _like: null } }, "flights.where.tail._like"],
    ["a null `_is_null`", { delay: { _is_null: null } }, "flights.where.delay._is_null"],
    ["a null `_is_null` of a reference", { origin: { _is_null: null } }, "flights.where.origin._is_null"],
    ["a null column", { delay: null }, "flights.where.delay"],
    ["a null reference", { origin: null }, "flights.where.origin"],
    ["a null `_and`", { _and: null }, "flights.where._and"],
    ["a null `_not`", { origin: { _not: null } }, "flights.where.origin._not"],
    [
      "a null deep inside",
      { _or: [{}, { origin: { iata: { _neq: null } } }] },
      "flights.where._or[1].origin.iata._neq",
    ],
  ])("refuses %s and says where", (_, where, at) => {
    expect(code(where)).toEqual({ code: "NULL_COMPARED", at });
    expect(() => read(where)).toThrow("_is_null");
  });

  it.each(["\\", "a\\", "a\\\\\\"])("refuses the pattern %s, which ends in an escape", (pattern) => {
    expect(code({ tail: { _like: pattern } })).toEqual({
      code: "PATTERN_INCOMPLETE",
      at: "flights.where.tail._like",
    });
  });

  it.each(["a\\\\", "\\%", "\\\\\\_", ""])("takes the pattern %s", (pattern) => {
    expect(read({ tail: { _like: pattern } })).toMatchObject({ pattern });
  });

  it.each([
    ["in a column", { delay: { _in: [1, 2, 3] } }, "flights.where.delay._in"],
    ["in a `_nin`", { _not: { delay: { _nin: [1, 2, 3] } } }, "flights.where.delay._nin"],
    ["behind a reference", { origin: { iata: { _in: ["A", "B", "C"] } } }, "flights.where.origin.iata._in"],
    ["in an alternative", { _or: [{}, { delay: { _in: [1, 2, 3] } }] }, "flights.where.delay._in"],
  ])("refuses more keys than it may take, %s", (_, where, at) => {
    expect(code(where, 2)).toEqual({ code: "KEYS_MAX", at, keys: 3, keysMax: 2 });
    expect(read(where, 3)).toBeDefined();
  });

  it("is read to its greatest depth and refused one level below", () => {
    const nested = (levels: number): Input => (levels === 0 ? {} : { _not: nested(levels - 1) });
    expect(read(nested(whereDepthMax))).toBeDefined();
    expect(code(nested(whereDepthMax + 1))).toMatchObject({ code: "WHERE_TOO_DEEP", whereDepthMax });
  });

  it("counts the levels of references as it counts those of `_not`", () => {
    const nested = (levels: number): Input =>
      levels === 0 ? {} : { passengers: { flight: nested(levels - 2) } };
    expect(read(nested(whereDepthMax))).toBeDefined();
    expect(code(nested(whereDepthMax + 2))).toMatchObject({ code: "WHERE_TOO_DEEP" });
  });
});

describe("a having", () => {
  const having = (input: Input, keysMax = 100) => readHaving(input, "flights_groups.having", keysMax);

  it("names its aggregates as everywhere", () => {
    expect(
      having({ count: { _gt: 1000 }, avg: { delay: { _lt: 3 }, distance: { _is_null: true } } }),
    ).toEqual({
      kind: "and",
      of: [
        { kind: "compare", column: "count", operator: "_gt", value: 1000 },
        {
          kind: "and",
          of: [
            { kind: "compare", column: "avg(delay)", operator: "_lt", value: 3 },
            { kind: "null", column: "avg(distance)", is: true },
          ],
        },
      ],
    });
  });

  it("takes logic around its aggregates", () => {
    expect(having({ _or: [{ count: { _eq: 1 } }, { _not: { count: { _eq: 2 } } }] })).toEqual({
      kind: "or",
      of: [eq("count", 1), { kind: "not", of: eq("count", 2) }],
    });
  });

  it.each([
    [{ count: { _eq: null } }, "flights_groups.having.count._eq"],
    [{ avg: { delay: null } }, "flights_groups.having.avg.delay"],
    [{ avg: { delay: { _eq: null } } }, "flights_groups.having.avg.delay._eq"],
    [{ avg: null }, "flights_groups.having.avg"],
  ])("of %j is refused for its null", (input, at) => {
    expect(() => having(input)).toThrow(
      expect.objectContaining({ extensions: { code: "NULL_COMPARED", at } }),
    );
  });

  it("takes no more keys than it may", () => {
    expect(() => having({ count: { _in: [1, 2, 3] } }, 2)).toThrow(
      expect.objectContaining({ code: "KEYS_MAX" }),
    );
  });
});
