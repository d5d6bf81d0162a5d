// One value for each group, made of a column's values in its rows.
import type { ScalarValue } from "../../../schema/product/scalar.ts";
import type { Groups } from "./assign-groups.ts";
import type { FlatRow, FlatRows } from "./flat-row.ts";

/** What becomes of a group's values, one after another. */
export type Fold = { readonly add: (value: ScalarValue, row: FlatRow) => void };

/** Nulls are left out: a group that has nothing else has no fold. */
export function foldGroups<Each extends Fold>(
  rows: FlatRows,
  { count, groupOf }: Groups,
  column: string,
  begin: () => Each,
): readonly (Each | undefined)[] {
  const folds = Array.from<Each | undefined>({ length: count });
  for (let place = 0; place < rows.length; place++) {
    const row = rows[place] as FlatRow;
    const value = row[column];
    if (value === null || value === undefined) continue;
    const group = groupOf[place] as number;
    let fold = folds[group];
    if (fold === undefined) {
      fold = begin();
      folds[group] = fold;
    }
    fold.add(value, row);
  }
  return folds;
}
