// The key of a row as one value, so that keys can be members of a set.
import { canonicalValue } from "../../../schema/product/canonical-value.ts";
import type { ScalarName, ScalarValue } from "../../../schema/product/scalar.ts";
import type { FlatRow } from "./flat-row.ts";

export type KeyColumn = { readonly column: string; readonly scalar: ScalarName };

/** A key of one column is its value in canonical form; one of several the JSON of all. Equal exactly where the keys are. */
export type RowKey = ScalarValue;

/** Undefined where a part is null. */
export function compileRowKey(columns: readonly KeyColumn[]): (row: FlatRow) => RowKey | undefined {
  const [only, ...others] = columns;
  if (only && others.length === 0) {
    const { column, scalar } = only;
    return (row) => {
      const value = row[column];
      return value === null || value === undefined ? undefined : canonicalValue(scalar, value);
    };
  }
  return (row) => {
    const parts: ScalarValue[] = [];
    for (const { column, scalar } of columns) {
      const value = row[column];
      if (value === null || value === undefined) return undefined;
      parts.push(canonicalValue(scalar, value));
    }
    return JSON.stringify(parts);
  };
}
