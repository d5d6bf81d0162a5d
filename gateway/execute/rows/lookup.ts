// The lookup: rows with columns of the rows that their keys lead to.
import type { ScalarValue } from "../../../schema/product/scalar.ts";
import type { Lookup } from "../../plan/rows-plan.ts";
import type { Operator } from "../operator.ts";
import type { FlatRow, FlatRows } from "./flat-row.ts";
import { distinctKeys } from "./keys.ts";
import { compileRowKey, type KeyColumn } from "./row-key.ts";
import type { Asks } from "./rows-runtime.ts";
import { scalarOfColumn } from "./scalar-of-column.ts";

/** @throws executing.KEY_SET_MAX, and what the plans beneath it throw */
export function compileLookup(plan: Lookup, asks: Asks): Operator<FlatRows> {
  const { columns } = plan;
  const [input, from] = [asks.rows(plan.input), asks.rows(plan.from)];
  const key = plan.key.map((column): KeyColumn => {
    return { column, scalar: scalarOfColumn(asks.facts, plan.from, column) };
  });
  // Both ends by the scalar of one, so that a key is spelt in one way.
  const on = plan.on.map((column, i): KeyColumn => ({ column, scalar: (key[i] as KeyColumn).scalar }));
  const [keyOf, keyOfFound] = [compileRowKey(on), compileRowKey(key)];
  return async (running) => {
    const rows = await input(running);
    const given = distinctKeys(rows, on, asks.limits);
    const found = new Map(
      given.length === 0
        ? []
        : (await from({ ...running, given })).map((row) => [String(keyOfFound(row)), row]),
    );
    return rows.map((row): FlatRow => {
      const rowKey = keyOf(row);
      const target = rowKey === undefined ? undefined : found.get(String(rowKey));
      const extended: Record<string, ScalarValue | null> = { ...row };
      for (const { column, as, absent } of columns) extended[as] = target ? (target[column] ?? null) : absent;
      return extended;
    });
  };
}
