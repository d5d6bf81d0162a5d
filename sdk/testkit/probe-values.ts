// Values to ask about: some that the sample holds, spread over their order, and one that it likely does not.
import type { ScalarName, ScalarValue } from "../../schema/product/scalar.ts";
import { compareValues } from "./compare-values.ts";
import type { SampleRow } from "./sample-row.ts";
import type { TestedColumn } from "./subject.ts";

const strangers: Readonly<Record<ScalarName, ScalarValue | undefined>> = {
  Int: 7919,
  BigInt: "9007199254740993",
  Float: 0.1,
  Decimal: "7.25",
  String: "M%_\\",
  Boolean: undefined,
  ID: "~",
  Date: "2001-02-28",
  DateTime: "2001-02-28T12:00:00.5Z",
  LocalDateTime: "2001-02-28T12:00:00.5",
};

/** Distinct values of the rows in their order. */
export function valuesOf({ name, scalar }: TestedColumn, rows: readonly SampleRow[]): readonly ScalarValue[] {
  const values = new Set(rows.flatMap(({ values }) => values[name] ?? []));
  return [...values].sort((a, b) => compareValues(scalar, a, b));
}

/** The least, the greatest, two between them, and a stranger. */
export function probes(column: TestedColumn, rows: readonly SampleRow[]): readonly ScalarValue[] {
  const values = valuesOf(column, rows);
  const last = values.length - 1;
  const places = [...new Set([0, Math.floor(last / 3), Math.floor((2 * last) / 3), last])];
  return [...places.flatMap((place) => values[place] ?? []), strangers[column.scalar] ?? []].flat();
}
