// Rows in order, and pages of them.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FlatRows } from "../../../gateway/execute/rows/flat-row.ts";
import { sortRows } from "../../../gateway/execute/rows/sort.ts";
import type { SortTerm } from "../../../gateway/plan/rows-plan.ts";
import { compareScalars } from "../../../schema/product/compare-scalars.ts";
import { directionParts, directions } from "../../../schema/product/order.ts";
import type { ScalarName, ScalarValue } from "../../../schema/product/scalar.ts";

const all = { offset: 0 };
const term = (scalar: ScalarName, direction: SortTerm["direction"] = "asc"): SortTerm => {
  return { column: "v", scalar, direction };
};
const sorted = (
  scalar: ScalarName,
  values: readonly (ScalarValue | null)[],
  direction?: SortTerm["direction"],
) =>
  sortRows(
    values.map((v) => ({ v })),
    [term(scalar, direction)],
    all,
  ).map(({ v }) => v);

describe("sorted rows", () => {
  it.each<[SortTerm["direction"], readonly (number | null)[]]>([
    ["asc", [1, 2, null]],
    ["desc", [null, 2, 1]],
    ["asc_nulls_first", [null, 1, 2]],
    ["asc_nulls_last", [1, 2, null]],
    ["desc_nulls_first", [null, 2, 1]],
    ["desc_nulls_last", [2, 1, null]],
  ])("have nulls where %s puts them", (direction, wanted) => {
    expect(sorted("Int", [2, null, 1], direction)).toEqual(wanted);
    expect(sorted("String", ["2", null, "1"], direction)).toEqual(
      wanted.map((each) => (each === null ? null : String(each))),
    );
  });

  it("are in the order of code points, of numbers' values and of points in time", () => {
    expect(sorted("String", ["😀", "～", "z"])).toEqual(["z", "～", "😀"]);
    const decimals = ["100", "2.50", "-3", "12345678901234567890.5", "12345678901234567890.25", "2.5"];
    expect(sorted("Decimal", decimals)).toEqual([
      "-3",
      "2.50",
      "2.5",
      "100",
      "12345678901234567890.25",
      "12345678901234567890.5",
    ]);
    const near = ["9007199254740993", "9007199254740992"];
    expect(sorted("BigInt", near)).toEqual(near.toReversed());
    const clocks = ["2001-01-01T00:00:05.5Z", "2001-01-01T00:00:05Z", "2001-01-01T00:00:05.25Z"];
    expect(sorted("DateTime", clocks)).toEqual([clocks[1], clocks[2], clocks[0]]);
  });

  it("are those of a plain sort, whichever page is asked for", () => {
    const value = fc.option(fc.integer({ min: -3, max: 3 }), { nil: null });
    const text = fc.option(fc.constantFrom("", "a", "B", "b", "～", "😀"), { nil: null });
    const decimal = fc.option(fc.constantFrom("1.5", "1.50", "-0", "0", "99999999999999999999", "1e2"), {
      nil: null,
    });
    const rows = fc.array(fc.record({ a: value, b: text, c: decimal }), { maxLength: 60 });
    const terms = fc.array(
      fc
        .tuple(
          fc.constantFrom(["a", "Int"] as const, ["b", "String"] as const, ["c", "Decimal"] as const),
          fc.constantFrom(...directions),
        )
        .map(([[column, scalar], direction]): SortTerm => ({ column, scalar, direction })),
      { maxLength: 3 },
    );
    const page = fc.record({ offset: fc.nat(70), limit: fc.option(fc.nat(20), { nil: undefined }) });
    fc.assert(
      fc.property(rows, terms, page, (some, order, { offset, limit }) => {
        const wanted = plainlySorted(some, order).slice(
          offset,
          limit === undefined ? undefined : offset + limit,
        );
        const found = sortRows(some, order, { offset, limit });
        expect(found.map((row) => some.indexOf(row as never))).toEqual(
          wanted.map((row) => some.indexOf(row as never)),
        );
      }),
      { seed: 20261121, numRuns: 500 },
    );
  });
});

function plainlySorted(rows: FlatRows, order: readonly SortTerm[]): FlatRows {
  return rows.toSorted((left, right) => {
    for (const { column, scalar, direction } of order) {
      const { descending, nullsFirst } = directionParts(direction);
      const [a, b] = [left[column] ?? null, right[column] ?? null];
      if (a === null && b === null) continue;
      if (a === null || b === null) return (a === null) === nullsFirst ? -1 : 1;
      const apart = compareScalars(scalar, a, b);
      if (apart !== 0) return descending ? -apart : apart;
    }
    return 0;
  });
}
