// Which group each row belongs to.
import type { ScalarValue } from "../../../schema/product/scalar.ts";
import type { GroupKey } from "../../plan/rows-plan.ts";
import { type CodedColumn, codeColumn } from "./coded-column.ts";
import type { FlatRow, FlatRows } from "./flat-row.ts";

export type Groups = {
  readonly count: number;
  /** For each row, the number of its group; groups are numbered in the order of their first rows. */
  readonly groupOf: Uint32Array;
  readonly keys: readonly GroupColumn[];
};

/** A column of the groups: what each holds. */
export type GroupColumn = { readonly as: string; readonly at: (group: number) => ScalarValue | null };

/** Nulls are one value here. Without keys there is one group, also of no rows. */
export function assignGroups(rows: FlatRows, keys: readonly GroupKey[], timeZone: string): Groups {
  const coded = keys.map((key) => ({ as: key.as, ...codeColumn(rows, key, timeZone) }));
  const [first, ...others] = coded;
  if (!first) return { count: 1, groupOf: new Uint32Array(rows.length), keys: [] };
  let groups: Numbered = { count: first.values.length, groupOf: first.codes };
  for (const other of others) groups = divide(groups, other);
  const firstRows = firstRowsOf(groups);
  return {
    ...groups,
    keys: coded.map(({ as, codes, values }) => ({
      as,
      at: (group) => values[codes[firstRows[group] as number] as number] ?? null,
    })),
  };
}

type Numbered = Pick<Groups, "count" | "groupOf">;

/** Most pairs of group and value whose numbers are kept in a table instead of a map. */
const tableMax = 2 ** 22;

/** Groups divided by a further key: a group for each pair that some row has. */
function divide({ count, groupOf }: Numbered, { codes, values }: CodedColumn): Numbered {
  const numbers =
    count * values.length <= tableMax ? tableOf(count * values.length) : new Map<number, number>();
  const divided = new Uint32Array(groupOf.length);
  let next = 0;
  for (let place = 0; place < divided.length; place++) {
    const pair = (groupOf[place] as number) * values.length + (codes[place] as number);
    let number = numbers.get(pair);
    if (number === undefined) {
      number = next++;
      numbers.set(pair, number);
    }
    divided[place] = number;
  }
  return { count: next, groupOf: divided };
}

function tableOf(
  pairs: number,
): Pick<Map<number, number>, "get"> & { set: (pair: number, number: number) => void } {
  const table = new Int32Array(pairs).fill(-1);
  return {
    get: (pair) => {
      const number = table[pair] as number;
      return number < 0 ? undefined : number;
    },
    set: (pair, number) => {
      table[pair] = number;
    },
  };
}

function firstRowsOf({ count, groupOf }: Numbered): Uint32Array {
  const firstRows = new Uint32Array(count);
  for (let place = groupOf.length - 1; place >= 0; place--) firstRows[groupOf[place] as number] = place;
  return firstRows;
}

/** A row for each group. */
export function writeGroups(count: number, columns: readonly GroupColumn[]): readonly FlatRow[] {
  return Array.from({ length: count }, (_, group) => {
    const row: Record<string, ScalarValue | null> = {};
    for (const { as, at } of columns) row[as] = at(group);
    return row;
  });
}
