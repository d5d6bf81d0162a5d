// The flat row: columns by where they stand, seen from the row, as `gateway/plan/rows-plan.ts` names them.
import type { ScalarValue } from "../../../schema/product/scalar.ts";

export type FlatRow = Readonly<Record<string, ScalarValue | null>>;
export type FlatRows = readonly FlatRow[];
