// The order of scalars in memory, against DuckDB's on the same values.
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compareScalars } from "../../schema/product/compare-scalars.ts";
import { canonicalDecimal, type ScalarName, type ScalarValue } from "../../schema/product/scalar.ts";
import { type Oracle, openOracle } from "../sdk/support/oracle.ts";

let oracle: Oracle;
beforeAll(async () => {
  oracle = await openOracle([]);
});
afterAll(() => oracle[Symbol.asyncDispose]());

const quoted = (value: ScalarValue) => `'${String(value).replaceAll("'", "''")}'`;
const digits = (max: number) =>
  fc.array(fc.nat(9), { minLength: 1, maxLength: max }).map((all) => all.join(""));
const near = 2n ** 53n;
const bigInts = fc
  .oneof(
    fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n),
    fc.bigInt(near - 3n, near + 3n),
    fc.bigInt(-near - 3n, -near + 3n),
    fc.bigInt(-12n, 12n),
  )
  .map(String);
const decimals = fc
  .tuple(fc.constantFrom("", "-"), fc.oneof(digits(2), digits(20)), fc.oneof(digits(2), digits(15)))
  .map(([sign, whole, fraction]) => canonicalDecimal(`${sign}${whole}.${fraction}`));
const texts = fc
  .array(
    fc.constantFrom("a", "b", "B", "é", "～", "\uffff", "\ud7ff", "😀", "\u{10ffff}", " ", "'", "-", "0"),
    { maxLength: 4 },
  )
  .map((all) => all.join(""));
const fraction = fc.constantFrom("", ".5", ".05", ".000001", ".999999", ".51");
const clock = fc
  .tuple(fc.nat(1), fc.nat(2), fraction)
  .map(([hour, second, part]) => `2001-01-0${hour + 1}T00:00:0${second}${part}`);

describe.each<[ScalarName, string, fc.Arbitrary<ScalarValue>]>([
  ["Int", "integer", fc.oneof(fc.integer(), fc.nat(3))],
  ["BigInt", "bigint", bigInts],
  [
    "Float",
    "double",
    fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(0, -0, 0.1, 0.3)),
  ],
  ["Decimal", "decimal(38, 16)", decimals],
  ["String", "varchar", texts],
  ["ID", "varchar", texts],
  ["Date", "date", fc.constantFrom("0001-01-01", "1999-12-31", "2000-01-01", "2000-02-29", "9999-12-31")],
  ["DateTime", "timestamptz", clock.map((text) => `${text}Z`)],
  ["LocalDateTime", "timestamp", clock],
])("two of %s", (scalar, type, values) => {
  it("are in the order that SQL has them in", async () => {
    const pairs = fc.sample(fc.tuple(values, values), { numRuns: 400, seed: 7 });
    const sign = (a: string, b: string) => `case when ${a} < ${b} then -1 when ${a} > ${b} then 1 else 0 end`;
    const rows = pairs.map(([a, b], i) => `(${i}, ${quoted(a)}::${type}, ${quoted(b)}::${type})`);
    const wanted = await oracle.column(
      `select ${sign("a", "b")} from (values ${rows}) t(i, a, b) order by i`,
    );
    const found = pairs.map(([a, b]) => Math.sign(compareScalars(scalar, a, b)) + 0);
    const wrong = pairs.filter((_, i) => found[i] !== wanted[i]);
    expect(wrong).toEqual([]);
  });
});

describe("truth values", () => {
  it("have false before true", () => {
    expect([compareScalars("Boolean", false, true), compareScalars("Boolean", true, true)]).toEqual([-1, 0]);
  });
});
