// Rows that a condition keeps.
import { describe, expect, it } from "vitest";
import { compileCondition } from "../../../gateway/execute/rows/evaluate-condition.ts";
import { filterRows } from "../../../gateway/execute/rows/filter.ts";

describe("a filter", () => {
  it("keeps rows for which the condition is TRUE, as they are and in order, and none of UNKNOWN", () => {
    const holds = compileCondition(
      { kind: "not", of: { kind: "compare", column: "n", operator: "_gt", value: 2 } },
      { scalars: { n: "Int" }, keyColumns: () => [], keysOf: () => new Set() },
    );
    const rows = [{ n: 3 }, { n: 2, more: "x" }, { n: null }, { n: 1 }];
    const kept = filterRows(rows, holds);
    expect(kept).toEqual([{ n: 2, more: "x" }, { n: 1 }]);
    expect(kept[0]).toBe(rows[1]);
  });
});
