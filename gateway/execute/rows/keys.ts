// Keys: the different values of columns, to be bound into a question, evaluated once however often they stand in a plan.
import type { ScalarValue } from "../../../schema/product/scalar.ts";
import type { KeySet } from "../../plan/condition.ts";
import { executing } from "../executing-faults.ts";
import type { Operator } from "../operator.ts";
import { compileChoose } from "./choose.ts";
import type { FlatRows } from "./flat-row.ts";
import { compileRowKey, type KeyColumn, type RowKey } from "./row-key.ts";
import type { Asks } from "./rows-runtime.ts";
import { scalarOfColumn } from "./scalar-of-column.ts";

/** The value of a single column is bare: a million of them are to fit. */
export type Key = ScalarValue | readonly ScalarValue[];

/** Different, no part of one is null, in canonical form, in the order of their first row. */
export type Keys = readonly Key[];

/** @throws executing.KEY_SET_MAX */
export function compileKeys(keySet: KeySet, asks: Asks): Operator<Keys> {
  switch (keySet.kind) {
    case "keys": {
      const rows = asks.rows(keySet.rows);
      const columns = keySet.columns.map((column): KeyColumn => {
        return { column, scalar: scalarOfColumn(asks.facts, keySet.rows, column) };
      });
      return async (running) => distinctKeys(await rows(running), columns, asks.limits);
    }
    case "given":
      return async ({ given = [] }) => given;
    case "choose":
      return compileChoose(keySet, asks);
  }
}

/** @throws executing.KEY_SET_MAX */
export function distinctKeys(
  rows: FlatRows,
  columns: readonly KeyColumn[],
  { keysMax }: { readonly keysMax: number },
): Keys {
  const keyOf = compileRowKey(columns);
  const found = new Set<RowKey>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key !== undefined) found.add(key);
  }
  if (found.size > keysMax) {
    const names = columns.map(({ column }) => column).join(", ");
    throw executing.KEY_SET_MAX({ column: names, keys: found.size, keysMax });
  }
  return columns.length === 1 ? [...found] : Array.from(found, (text) => JSON.parse(String(text)));
}

/** Keys as `compileRowKey` writes those of rows. */
export function rowKeysOf(keys: Keys): ReadonlySet<RowKey> {
  return new Set(keys.map((key) => (typeof key === "object" ? JSON.stringify(key) : key)));
}

/**
 * Runs the operator of a key set once for each request, whoever asks for its outcome; where a lookup's keys stand in it,
 * once for these.
 *
 * @param text - of the key set, as JSON
 */
export function oncePerRequest(text: string, operator: Operator<Keys>): Operator<Keys> {
  const outcomes = new WeakMap<object, Promise<Keys>>();
  const isOfLookup = text.includes('"kind":"given"');
  return (running) => {
    const request = isOfLookup ? running : running.asking;
    const known = outcomes.get(request);
    if (known) return known;
    const outcome = operator(running);
    outcomes.set(request, outcome);
    return outcome;
  };
}
