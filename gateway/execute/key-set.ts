// The key set: the different values of a column, to be bound into another domain's question.
import type { KeySet } from "../plan/plan.ts";
import { executing } from "./executing-faults.ts";
import type { Operator } from "./operator.ts";
import type { Row, Rows } from "./rows.ts";

/** Different, not null, in the order of their first row. */
export type Keys = readonly (string | number | boolean)[];

/** @throws executing.KEY_SET_MAX */
export function compileKeySet(
  { column }: KeySet,
  rows: Operator<Rows>,
  { keysMax }: { readonly keysMax: number },
): Operator<Keys> {
  return async (running) => {
    const keys = new Set<Keys[number]>();
    for (const row of await rows(running)) {
      const key = row[column as keyof Row];
      if (key !== null && key !== undefined) keys.add(key as Keys[number]);
    }
    if (keys.size > keysMax) throw executing.KEY_SET_MAX({ column, keys: keys.size, keysMax });
    return [...keys];
  };
}
