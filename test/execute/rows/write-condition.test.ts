// A condition written as a `where`, and an order as an `order_by`, are read by their owner as what they were.
import { describe, expect, it } from "vitest";
import { productSdl } from "weft/sdk";
import { boundKeys, isLong, partsOf } from "../../../gateway/execute/rows/key-ranges.ts";
import type { Keys } from "../../../gateway/execute/rows/keys.ts";
import { type Input, writeCondition } from "../../../gateway/execute/rows/write-condition.ts";
import { writeHaving } from "../../../gateway/execute/rows/write-having.ts";
import { writeGroupOrder, writeOrder } from "../../../gateway/execute/rows/write-order.ts";
import { writeSelection } from "../../../gateway/execute/rows/write-selection.ts";
import { type Among, always, type Condition } from "../../../gateway/plan/condition.ts";
import { collectionNamed, factsOf, shapeOf } from "../../../gateway/plan/facts.ts";
import type { OrderTerm } from "../../../schema/product/order.ts";
import type { Predicate } from "../../../schema/product/predicate.ts";
import { readHaving, readPredicate } from "../../../schema/product/read-predicate.ts";
import { type GroupOrderTerm, readGroupOrder, readOrder } from "../../../schema/product/read-value.ts";
import type { ScalarName, ScalarValue } from "../../../schema/product/scalar.ts";
import { meshOf } from "../../schema/compose/mesh-sdl.ts";
import { museum } from "../../sdk/support/museum.ts";

const facts = factsOf(meshOf({ museum: productSdl(museum()) }).mesh);
const specimens = collectionNamed(facts, "specimens");
const shape = shapeOf(facts, specimens);

const given = { kind: "given" } as const;
const among = (relationship: string, ...columns: readonly string[]): Among => {
  return { kind: "among", relationship, columns, keys: given };
};

function written(condition: Condition, keys: Keys = [], scalars: readonly ScalarName[] = []): Input {
  return writeCondition(condition, { facts, collection: specimens, keysOf: () => boundKeys(scalars, keys) });
}

const read = (input: Input) => readPredicate(input, shape, "specimens.where", 10_000);

const small = (operator: "_eq" | "_gt" | "_lt", value: number): Predicate => {
  return { kind: "compare", column: "small", operator, value };
};
const title: Predicate = { kind: "match", column: "title", operator: "_nilike", pattern: "a%\\_" };
const flag: Predicate = { kind: "member", column: "flag", operator: "_nin", values: [true] };
const noShelf: Predicate = { kind: "null", column: "shelf", is: true };
const empty: Predicate = { kind: "or", of: [] };
const exists = (relationship: string, where: Predicate): Predicate => ({
  kind: "exists",
  relationship,
  where,
});
const and = (...of: readonly Predicate[]): Predicate => ({ kind: "and", of });
const or = (...of: readonly Predicate[]): Predicate => ({ kind: "or", of });
const not = (of: Predicate): Predicate => ({ kind: "not", of });

describe("a condition without key sets", () => {
  it.each<[string, Predicate, Input]>([
    ["nothing", and(), {}],
    ["a test", small("_gt", 5), { small: { _gt: 5 } }],
    [
      "tests of several columns",
      and(small("_gt", 5), title),
      { small: { _gt: 5 }, title: { _nilike: "a%\\_" } },
    ],
    [
      "tests of one column",
      and(small("_gt", 5), small("_lt", 9)),
      { _and: [{ small: { _gt: 5 } }, { small: { _lt: 9 } }] },
    ],
    ["one in a list", and(flag), { _and: [{ flag: { _nin: [true] } }] }],
    ["nothing in a list", and(and(), flag), { _and: [{}, { flag: { _nin: [true] } }] }],
    ["no alternative", empty, { _or: [] }],
    [
      "logic",
      not(or(noShelf, and(title, not(flag)))),
      {
        _not: {
          _or: [
            { shelf: { _is_null: true } },
            { title: { _nilike: "a%\\_" }, _not: { flag: { _nin: [true] } } },
          ],
        },
      },
    ],
    [
      "two negations",
      and(not(flag), not(title)),
      { _and: [{ _not: { flag: { _nin: [true] } } }, { _not: { title: { _nilike: "a%\\_" } } }] },
    ],
    [
      "a reference",
      exists("maker", { kind: "compare", column: "serial", operator: "_eq", value: "9007199254740993" }),
      { maker: { serial: { _eq: "9007199254740993" } } },
    ],
    ["a reference that is there", exists("shelf", and()), { shelf: {} }],
    [
      "relationships in relationships",
      exists("children", exists("shelf", exists("keeper", and()))),
      { children: { shelf: { keeper: {} } } },
    ],
  ])("is read again: %s", (_, predicate, input) => {
    expect(written(predicate)).toEqual(input);
    expect(read(input)).toEqual(predicate);
  });
});

describe("a key set", () => {
  const is = (column: string, is: boolean): Predicate => ({ kind: "null", column, is });
  const listed = (column: string, ...values: readonly ScalarValue[]): Predicate => {
    return { kind: "member", column, operator: "_in", values };
  };
  const eq = (column: string, value: ScalarValue): Predicate => ({
    kind: "compare",
    column,
    operator: "_eq",
    value,
  });

  it.each<[string, Among, Keys, Predicate]>([
    [
      "of a reference",
      among("kindOf", "kindOf.code"),
      ["stone", "bone"],
      exists("kindOf", listed("code", "stone", "bone")),
    ],
    ["of a reference, without a key", among("kindOf", "kindOf.code"), [], exists("kindOf", listed("code"))],
    ["of a to-many", among("children", "id"), [1, 2], listed("id", 1, 2)],
    [
      "of a to-many by a column that may be null",
      among("others", "tag"),
      ["1", "01"],
      and(is("tag", false), listed("tag", "1", "01")),
    ],
    [
      "of several columns",
      among("maker", "maker.country", "maker.serial"),
      [
        ["FR", "1"],
        ["DE", "2"],
        ["FR", "3"],
      ],
      exists(
        "maker",
        or(
          and(eq("country", "FR"), listed("serial", "1", "3")),
          and(eq("country", "DE"), listed("serial", "2")),
        ),
      ),
    ],
    [
      "of several columns, without a key",
      among("maker", "maker.country", "maker.serial"),
      [],
      exists("maker", or()),
    ],
    [
      "of several columns that may be null",
      among("others", "small", "title"),
      [[1, "a"]],
      and(is("small", false), is("title", false), or(and(eq("small", 1), listed("title", "a")))),
    ],
  ])("is written as what it means: %s", (_, condition, keys, predicate) => {
    expect(read(written(condition, keys))).toEqual(predicate);
  });

  it("is what another owner's rows refer to, within a relationship of the owner's", () => {
    const condition: Condition = {
      kind: "exists",
      relationship: "parent",
      where: among("kindOf", "kindOf.code"),
    };
    expect(written(condition, ["bone"])).toEqual({ parent: { kindOf: { code: { _in: ["bone"] } } } });
  });
});

describe("keys of several columns", () => {
  const [country, serial] = ["maker.country", "maker.serial"];
  const tuples = (length: number, of: (i: number) => readonly [string, string]) =>
    Array.from({ length }, (_, i) => of(i));
  const countAlternatives = (input: Input) =>
    (input as { maker: { _or: readonly unknown[] } }).maker._or.length;

  it("are listed by whichever column makes fewer alternatives", () => {
    const keys = tuples(300, (i) => [`c${i}`, String(i % 3)]);
    const input = written(among("maker", country as string, serial as string), keys);
    expect(countAlternatives(input)).toBe(3);
    expect(isLong(boundKeys(["String", "BigInt"], keys), 10_000)).toBe(false);
  });

  it.each([
    ["alternatives", 200, 10_000, 4],
    ["keys", 200, 30, 7],
  ])("are asked for in several questions where one would have too many %s", (_, length, keysMax, parts) => {
    const keys = tuples(length, (i) => [`c${i}`, String(i)]);
    const bound = boundKeys(["String", "BigInt"], keys);
    expect(isLong(bound, keysMax)).toBe(true);
    const found = partsOf(bound, keysMax);
    expect(found).toHaveLength(parts);
    expect(found.flatMap(({ rest }) => rest)).toEqual(keys);
    expect(found.every((part) => !isLong(part, keysMax))).toBe(true);
  });

  it("are cut within an alternative that is too long", () => {
    const keys = tuples(25, (i) => ["c", String(i)]);
    expect(partsOf(boundKeys(["String", "BigInt"], keys), 10).map(({ rest }) => rest.length)).toEqual([
      10, 10, 5,
    ]);
  });
});

describe("dense keys", () => {
  const from = (start: number, length: number) => Array.from({ length }, (_, i) => start + i);

  it.each<[string, ScalarName, Keys, unknown]>([
    ["integers in one run", "Int", from(-3, 100).reverse(), { id: { _gte: -3, _lte: 96 } }],
    [
      "integers in several runs",
      "Int",
      [...from(0, 50), 99, ...from(200, 50)],
      {
        _or: [{ id: { _gte: 0, _lte: 49 } }, { id: { _gte: 200, _lte: 249 } }, { id: { _in: [99] } }],
      },
    ],
    [
      "whole numbers beyond those of a double",
      "BigInt",
      from(0, 64).map((i) => String(9007199254740992n + BigInt(i))),
      {
        id: { _gte: "9007199254740992", _lte: "9007199254741055" },
      },
    ],
    [
      "days over a leap day and a year's end",
      "Date",
      from(0, 400).map((i) => new Date(Date.UTC(2003, 11, 1 + i)).toISOString().slice(0, 10)),
      {
        id: { _gte: "2003-12-01", _lte: "2005-01-03" },
      },
    ],
  ])("are ranges: %s", (_, scalar, keys, where) => {
    expect(written(among("children", "id"), keys, [scalar])).toEqual(where);
  });

  it.each<[string, ScalarName, Keys]>([
    ["few", "Int", from(1, 63)],
    ["in too many runs", "Int", from(0, 300).flatMap((i) => from(i * 30, 20))],
    ["scattered", "Int", from(1, 100).map((i) => i * 2)],
    ["texts", "String", from(100, 100).map(String)],
    ["fractions", "Float", from(1, 100)],
    ["too long for 64 bits", "BigInt", from(0, 100).map((i) => String(2n ** 64n + BigInt(i)))],
    ["no days", "Date", from(1, 100).map((i) => `2001-02-${i}`)],
  ])("are left as they are where they are %s", (_, scalar, keys) => {
    expect(written(among("children", "id"), keys, [scalar])).toEqual({ id: { _in: keys } });
  });
});

describe("a having", () => {
  it.each<[Condition, Input, Predicate]>([
    [always, {}, and()],
    [
      {
        kind: "and",
        of: [
          { kind: "compare", column: "count(*)", operator: "_gt", value: 2 },
          { kind: "null", column: "avg(small)", is: false },
        ],
      },
      { count: { _gt: 2 }, avg: { small: { _is_null: false } } },
      and(
        { kind: "compare", column: "count", operator: "_gt", value: 2 },
        { kind: "null", column: "avg(small)", is: false },
      ),
    ],
    [
      {
        kind: "not",
        of: { kind: "or", of: [{ kind: "compare", column: "sum(big)", operator: "_eq", value: "1" }] },
      },
      { _not: { _or: [{ sum: { big: { _eq: "1" } } }] } },
      not(or({ kind: "compare", column: "sum(big)", operator: "_eq", value: "1" })),
    ],
  ])("is read again: %o", (condition, input, predicate) => {
    expect(writeHaving(condition)).toEqual(input);
    expect(readHaving(input, "specimens_groups.having", 10)).toEqual(predicate);
  });
});

describe("an order", () => {
  const column = (name: string) => ({ kind: "column", column: name }) as const;
  it("of rows is read again", () => {
    const order: readonly OrderTerm[] = [
      { by: column("small"), direction: "desc_nulls_last" },
      {
        by: {
          kind: "reference",
          reference: "shelf",
          value: { kind: "reference", reference: "keeper", value: column("name") },
        },
        direction: "asc",
      },
      { by: { kind: "reference", reference: "maker", value: column("serial") }, direction: "desc" },
      {
        by: { kind: "aggregate", inverse: "children", aggregate: { function: "count", distinct: false } },
        direction: "desc",
      },
      {
        by: { kind: "aggregate", inverse: "children", aggregate: { function: "avg", column: "small" } },
        direction: "asc",
      },
    ];
    expect(readOrder(writeOrder(order), shape, "specimens.order_by")).toEqual(order);
  });

  it("of groups is read again", () => {
    const day = { kind: "bucket", column: "day", bucket: "month" } as const;
    const room = { kind: "reference", reference: "shelf", value: column("room") } as const;
    const order: readonly GroupOrderTerm[] = [
      { on: "aggregate", aggregate: { function: "count", distinct: false }, direction: "desc" },
      { on: "key", key: day, direction: "asc" },
      { on: "key", key: room, direction: "asc_nulls_first" },
      { on: "aggregate", aggregate: { function: "max", column: "price" }, direction: "asc" },
    ];
    expect(readGroupOrder(writeGroupOrder(order), shape, [day, room], "specimens_groups.order_by")).toEqual(
      order,
    );
  });
});

describe("a selection", () => {
  it("has each object once", () => {
    expect(
      writeSelection(["id", "maker.country", "shelf.keeper.id", "small", "maker.serial", "shelf.room"]),
    ).toBe("id maker { country serial } shelf { keeper { id } room } small");
  });
});
