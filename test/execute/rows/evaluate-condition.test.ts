// Conditions on flat rows, against DuckDB on the same rows: TRUE, FALSE and UNKNOWN alike.
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compileCondition, type Surroundings } from "../../../gateway/execute/rows/evaluate-condition.ts";
import type { FlatRow, FlatRows } from "../../../gateway/execute/rows/flat-row.ts";
import { compileRowKey, type RowKey } from "../../../gateway/execute/rows/row-key.ts";
import type { Among, Condition } from "../../../gateway/plan/condition.ts";
import type { ScalarName } from "../../../schema/product/scalar.ts";
import { type Oracle, openOracle } from "../../sdk/support/oracle.ts";

type Both = { readonly condition: Condition; readonly sql: string };

const numbers = [null, 1, 2, 3];
const rows: FlatRows = numbers.flatMap((n) =>
  numbers.flatMap((key) =>
    ["A", null].map((room) => ({ n, "origin.id": key, "shelf.room": room, "shelf.number": key })),
  ),
);
const scalars: Readonly<Record<string, ScalarName>> = {
  n: "Int",
  "origin.id": "Int",
  "shelf.room": "String",
  "shelf.number": "Int",
};
const keyColumns = (relationship: string) =>
  ({ origin: ["origin.id"], shelf: ["shelf.room", "shelf.number"] })[relationship] ?? [];
const none = { kind: "given" } as const;
const setOf = new Map<Among, ReadonlySet<string | number | boolean>>();
const surroundings: Surroundings = {
  scalars,
  keyColumns,
  keysOf: (among) => setOf.get(among) ?? new Set(),
};

const test = (column: string, sql: string): fc.Arbitrary<Both> =>
  fc.oneof(
    fc.tuple(fc.constantFrom(["_eq", "="], ["_neq", "<>"], ["_gt", ">"], ["_lte", "<="]), fc.nat(4)).map(
      ([[operator, sign], value]) =>
        ({
          condition: { kind: "compare", column, operator, value },
          sql: `(${sql} ${sign} ${value})`,
        }) as Both,
    ),
    fc.boolean().map((is): Both => {
      return { condition: { kind: "null", column, is }, sql: `(${sql} is ${is ? "" : "not "}null)` };
    }),
    fc.tuple(fc.boolean(), fc.array(fc.nat(4), { maxLength: 2 })).map(([isIn, values]): Both => {
      const operator = isIn ? "_in" : "_nin";
      const listed = `(${sql} ${isIn ? "in" : "not in"} (${values}))`;
      return {
        condition: { kind: "member", column, operator, values },
        sql: values.length === 0 ? String(!isIn) : listed,
      };
    }),
  );

const combined = (one: fc.Arbitrary<Both>, depth: number): fc.Arbitrary<Both> => {
  if (depth === 0) return one;
  const inner = combined(one, depth - 1);
  const several = (kind: "and" | "or") =>
    fc.array(inner, { maxLength: 3 }).map((of): Both => {
      const sql =
        of.length === 0 ? String(kind === "and") : `(${of.map((each) => each.sql).join(` ${kind} `)})`;
      return { condition: { kind, of: of.map(({ condition }) => condition) }, sql };
    });
  const not = inner.map(({ condition, sql }): Both => {
    return { condition: { kind: "not", of: condition }, sql: `(not ${sql})` };
  });
  return fc.oneof(one, several("and"), several("or"), not);
};

const ofReference = combined(test("id", "origin"), 2).map(({ condition, sql }): Both => {
  return {
    condition: { kind: "exists", relationship: "origin", where: condition },
    sql: `(origin is not null and coalesce(${sql}, false))`,
  };
});
const ofComposite = combined(test("number", "number"), 1).map(({ condition, sql }): Both => {
  return {
    condition: { kind: "exists", relationship: "shelf", where: condition },
    sql: `(room is not null and number is not null and coalesce(${sql}, false))`,
  };
});
const nullReference = fc.tuple(fc.constantFrom("origin", "shelf"), fc.boolean()).map(([column, is]): Both => {
  const isNull = column === "origin" ? "(origin is null)" : "(room is null or number is null)";
  return { condition: { kind: "null", column, is }, sql: is ? isNull : `(not ${isNull})` };
});
const amongOrigins = fc.array(fc.nat(4), { maxLength: 3 }).map((keys): Both => {
  const among: Among = { kind: "among", relationship: "origin", columns: ["origin.id"], keys: none };
  setOf.set(among, new Set(keys));
  return { condition: among, sql: keys.length === 0 ? "false" : `coalesce(origin in (${keys}), false)` };
});
const amongShelves = fc.array(fc.nat(4), { maxLength: 3 }).map((keys): Both => {
  const columns = ["shelf.room", "shelf.number"];
  const among: Among = { kind: "among", relationship: "shelf", columns, keys: none };
  const keyOf = compileRowKey(columns.map((column) => ({ column, scalar: scalars[column] as ScalarName })));
  const rowsOfKeys = keys.map((key): FlatRow => ({ "shelf.room": "A", "shelf.number": key }));
  setOf.set(among, new Set(rowsOfKeys.map((row) => keyOf(row) as string)));
  const tuples = keys.map((key) => `('A', ${key})`);
  return {
    condition: among,
    sql:
      keys.length === 0
        ? "false"
        : `(room is not null and number is not null and (room, number) in (${tuples}))`,
  };
});

const anyCondition = combined(
  fc.oneof(test("n", "n"), ofReference, ofComposite, nullReference, amongOrigins, amongShelves),
  3,
);

let oracle: Oracle;
beforeAll(async () => {
  const values = rows.map((row, i) => {
    const room = row["shelf.room"] === null ? "null" : "'A'";
    return `(${i}, ${row.n}, ${row["origin.id"]}, ${room}, ${row["shelf.number"]})`;
  });
  oracle = await openOracle([
    `create table t as select * from (values ${values}) as v(i, n, origin, room, number)`,
  ]);
});
afterAll(() => oracle[Symbol.asyncDispose]());

describe("a condition on rows", () => {
  it("has the truth on every row that SQL gives it", async () => {
    const questions = fc.sample(anyCondition, { numRuns: 1_000, seed: 5 });
    for (let from = 0; from < questions.length; from += 100) {
      const some = questions.slice(from, from + 100);
      const wanted = await oracle.rows(
        `select ${some.map(({ sql }) => `(${sql})::boolean`).join(", ")} from t order by i`,
      );
      some.forEach(({ condition, sql }, question) => {
        const holds = compileCondition(condition, surroundings);
        const found = rows.map((row) => holds(row) ?? null);
        expect({ sql, found }).toEqual({ sql, found: wanted.map((each) => each[question]) });
      });
    }
  });

  it("follows De Morgan in three values", () => {
    fc.assert(
      fc.property(anyCondition, anyCondition, ({ condition: a }, { condition: b }) => {
        const not = (of: Condition): Condition => ({ kind: "not", of });
        const left = compileCondition(not({ kind: "and", of: [a, b] }), surroundings);
        const right = compileCondition({ kind: "or", of: [not(a), not(b)] }, surroundings);
        expect(rows.map(left)).toEqual(rows.map(right));
      }),
    );
  });

  it("asks for the key, where `exists` asks for nothing more", () => {
    const exists: Condition = { kind: "exists", relationship: "shelf", where: { kind: "and", of: [] } };
    const holds = compileCondition(exists, surroundings);
    expect(holds({ "shelf.room": "A", "shelf.number": 1 })).toBe(true);
    expect(holds({ "shelf.room": "A", "shelf.number": null })).toBe(false);
    expect(holds({ "shelf.room": null, "shelf.number": 1 })).toBe(false);
  });

  it("goes by the value of a number and a time, however it is spelt", () => {
    const among: Among = { kind: "among", relationship: "r", columns: ["a", "b"], keys: none };
    const known: Surroundings = {
      scalars: { a: "Decimal", b: "DateTime" },
      keyColumns,
      keysOf: () => new Set<RowKey>(['["1.5","2001-01-31T13:05:00Z"]']),
    };
    const isAmong = compileCondition(among, known);
    expect(isAmong({ a: "1.50", b: "2001-01-31T13:05:00.000Z" })).toBe(true);
    expect(isAmong({ a: "1.51", b: "2001-01-31T13:05:00.000Z" })).toBe(false);
    const isLess = compileCondition({ kind: "compare", column: "a", operator: "_lt", value: "10.0" }, known);
    expect(["9", "10", "010", "9.99", "1e1", "12345678901234567890"].map((a) => isLess({ a }))).toEqual([
      true,
      false,
      false,
      true,
      false,
      false,
    ]);
  });

  it("takes no two keys of several columns for one", () => {
    const keyOf = compileRowKey([
      { column: "a", scalar: "String" },
      { column: "b", scalar: "String" },
    ]);
    expect(keyOf({ a: "x", b: "y,z" })).not.toBe(keyOf({ a: "x,y", b: "z" }));
    expect(keyOf({ a: 'x","y', b: "" })).not.toBe(keyOf({ a: "x", b: '","y' }));
    expect(keyOf({ a: "x", b: null })).toBeUndefined();
  });

  it("refuses a column whose scalar is not known", () => {
    const condition: Condition = { kind: "compare", column: "toString", operator: "_eq", value: "x" };
    expect(() => compileCondition(condition, surroundings)).toThrow("the scalar of toString is known");
    expect(() =>
      compileCondition({ kind: "exists", relationship: "far", where: { kind: "and", of: [] } }, surroundings),
    ).toThrow("far is a column, or a reference with a key");
  });
});
