// Running a plan of rows once.
import { compileRows } from "../../../../gateway/execute/rows/compile-rows.ts";
import type { FlatRows } from "../../../../gateway/execute/rows/flat-row.ts";
import type { RowsRuntime } from "../../../../gateway/execute/rows/rows-runtime.ts";
import type { RowsPlan } from "../../../../gateway/plan/rows-plan.ts";
import { mintVisibility } from "../../../../gateway/policy/visibility.ts";

export function run(
  plan: RowsPlan,
  runtime: RowsRuntime,
  limits: Partial<RowsRuntime["limits"]> = {},
): Promise<FlatRows> {
  const operator = compileRows(plan, { ...runtime, limits: { ...runtime.limits, ...limits } });
  const asking = { signal: AbortSignal.timeout(10_000), visibility: mintVisibility({}, []) };
  return operator({ asking, variables: {} });
}

/** The columns of rows alone that are named, in that order. */
export function only(rows: FlatRows, ...columns: readonly string[]): readonly object[] {
  return rows.map((row) => Object.fromEntries(columns.map((column) => [column, row[column]])));
}
