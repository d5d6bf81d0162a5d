// A coded column: each row's value as the number of a different value, in the order of their first rows.
import { compileBucket } from "../../../schema/product/bucket.ts";
import { canonicalValue } from "../../../schema/product/canonical-value.ts";
import type { ScalarName, ScalarValue } from "../../../schema/product/scalar.ts";
import type { GroupKey } from "../../plan/rows-plan.ts";
import type { FlatRows } from "./flat-row.ts";

export type CodedColumn = {
  /** For each row, the place of its value in `values`. */
  readonly codes: Uint32Array;
  /** Different, in canonical form; null is one of them. */
  readonly values: readonly (ScalarValue | null)[];
};

export type CodedKey = Pick<GroupKey, "column" | "scalar" | "bucket">;

/** `timeZone` is that of buckets. Each spelling of a value is read once. */
export function codeColumn(
  rows: FlatRows,
  { column, scalar, bucket }: CodedKey,
  timeZone: string,
): CodedColumn {
  const form = bucket
    ? compileBucket(scalar, bucket, timeZone)
    : (value: ScalarValue) => canonicalValue(scalar, value);
  const isForm = bucket === undefined && formless.has(scalar);
  const codes = new Uint32Array(rows.length);
  const values: (ScalarValue | null)[] = [];
  const bySpelling = new Map<ScalarValue | null, number>();
  const byForm = isForm ? bySpelling : new Map<ScalarValue | null, number>();
  for (let place = 0; place < rows.length; place++) {
    const spelt = rows[place]?.[column] ?? null;
    let code = bySpelling.get(spelt);
    if (code === undefined) {
      const value = isForm || spelt === null ? spelt : form(spelt);
      code = byForm.get(value);
      if (code === undefined) {
        code = values.length;
        values.push(value);
        byForm.set(value, code);
      }
      bySpelling.set(spelt, code);
    }
    codes[place] = code;
  }
  return { codes, values };
}

/** Every value of these has one spelling. */
const formless: ReadonlySet<ScalarName> = new Set(["Int", "Float", "Boolean", "String", "Date"]);
