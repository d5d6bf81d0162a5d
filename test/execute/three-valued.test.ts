// Predicates on rows that are here, against DuckDB on the same rows: TRUE, FALSE and UNKNOWN alike.
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Row } from "../../gateway/execute/rows.ts";
import { compilePredicate } from "../../gateway/execute/three-valued.ts";
import type { Columns } from "../../gateway/plan/plan.ts";
import { canonicalClock, canonicalDecimal } from "../../schema/product/scalar.ts";
import { museumTables } from "../sdk/support/museum.ts";
import { type Oracle, openOracle } from "../sdk/support/oracle.ts";
import { anyPredicate, columns } from "./support/random-predicate.ts";

const more = `insert into specimens (id, "the title", parent, price, big) values
  (17, '(a|b)', 1, 12.5, null), (18, 'a.b', null, -4.5, -3), (19, 'b' || chr(10), 17, null, null), (20, '^$', 18, 0, 3),
  (21, 'a-b', 18, 1, 4), (22, repeat('a', 40) || 'b', null, 2, 5)`;

const scalars: Columns = Object.fromEntries(
  Object.entries(columns).map(([name, { scalar }]) => [name, scalar]),
);
const known: Columns = { ...scalars, children: scalars, parent: scalars };

let oracle: Oracle;
let rows: readonly Row[];
beforeAll(async () => {
  oracle = await openOracle([...museumTables, more]);
  rows = await readSpecimens();
});
afterAll(() => oracle[Symbol.asyncDispose]());

/** Every specimen as a port writes it, with those that were cut from it and the one that it was cut from. */
async function readSpecimens(): Promise<readonly Row[]> {
  const clock = (sql: string) => `strftime(${sql}, '%Y-%m-%dT%H:%M:%S.%f')`;
  const written = Object.entries(columns).map(([, { scalar, sql }]) => {
    if (scalar === "DateTime" || scalar === "LocalDateTime") return clock(`${sql}::timestamp`);
    return ["BigInt", "Decimal", "Date"].includes(scalar) ? `${sql}::varchar` : sql;
  });
  const found = await oracle.rows(`select parent, ${written} from specimens order by id`);
  const plain = found.map(([cutFrom, ...values]) => ({
    cutFrom,
    row: Object.fromEntries(
      Object.entries(columns).map(([name, { scalar }], i) => [name, canonical(scalar, values[i])]),
    ) as Record<string, unknown>,
  }));
  return plain.map(({ row, cutFrom }) => ({
    ...row,
    parent: plain.find((each) => each.row.id === cutFrom)?.row ?? null,
    children: plain.filter((each) => each.cutFrom === row.id).map((each) => each.row),
  }));
}

function canonical(scalar: string, value: unknown): unknown {
  if (value === null) return null;
  if (scalar === "Decimal") return canonicalDecimal(String(value));
  if (scalar === "DateTime") return canonicalClock(`${value}Z`);
  return scalar === "LocalDateTime" ? canonicalClock(String(value)) : value;
}

describe("a predicate in memory", () => {
  it("has the truth on every row that SQL gives it", async () => {
    const questions = fc.sample(anyPredicate, { numRuns: 1_500, seed: 11 });
    for (let from = 0; from < questions.length; from += 100) {
      const some = questions.slice(from, from + 100);
      const wanted = await oracle.rows(
        `select ${some.map(({ sql }) => `(${sql})::boolean`).join(", ")} from specimens s order by id`,
      );
      some.forEach(({ predicate, sql }, question) => {
        const holds = compilePredicate(predicate, known);
        const found = rows.map((row) => holds(row) ?? null);
        expect({ sql, found }).toEqual({ sql, found: wanted.map((each) => each[question]) });
      });
    }
  });

  it("asks about rows of every kind", () => {
    expect(rows).toHaveLength(22);
    expect(rows.filter(({ big }) => big === null).length).toBeGreaterThan(2);
    expect(rows.find(({ id }) => id === 2)).toMatchObject({
      big: "9007199254740992",
      price: "12.5001",
      title: "Apple",
    });
  });
});
