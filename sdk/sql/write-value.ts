// Engines' values in the one canonical form in which they leave a port.
import type { Fault } from "../../schema/product/fault.ts";
import { canonicalDecimal, type ScalarName, type ScalarValue } from "../../schema/product/scalar.ts";
import type { OutputColumn, Row, Statement } from "./engine.ts";
import { port } from "./port-faults.ts";

/** The canonical form of an engine's value; undefined where there is none. */
export type Writers<Value> = Readonly<Record<ScalarName, (value: Value) => ScalarValue | undefined>>;

/**
 * Rows of canonical values: `valueAt(row, column)` is the engine's own.
 * @throws port.ROWS_MAX, port.COUNT_TOO_LARGE, port.OUT_OF_RANGE, port.VALUE_NOT_REPRESENTABLE
 */
export function writeRows<Value>(
  count: number,
  valueAt: (row: number, column: number) => Value | null,
  { output, at, rowsMax }: Statement,
  writers: Writers<Value>,
): readonly Row[] {
  if (count > rowsMax) throw port.ROWS_MAX({ at, rowsMax });
  const columns = output.map((column) => ({ ...column, write: writers[column.scalar] }));
  const rows: Row[] = [];
  for (let row = 0; row < count; row++) {
    const written: Record<string, ScalarValue | null> = {};
    for (let i = 0; i < columns.length; i++) {
      const column = columns[i] as (typeof columns)[number];
      const value = valueAt(row, i);
      const text = value === null ? null : column.write(value);
      if (text === undefined) throw unwritable(column, at);
      written[column.name] = text;
    }
    rows.push(written);
  }
  return rows;
}

/** Of what is computed the code is the one for numbers out of range, wherever the engine found out. */
function unwritable({ name, scalar }: OutputColumn, at: string): Fault {
  if (/^count(\(|$)/.test(name) && scalar === "Int") return port.COUNT_TOO_LARGE({ at });
  return computed.test(name)
    ? port.OUT_OF_RANGE({ at })
    : port.VALUE_NOT_REPRESENTABLE({ at, column: name, scalar });
}

/** `aggregateName` of what is no value of a row. */
const computed = /^(sum|avg|var_pop|stddev_pop)\(/;

/** An Int of GraphQL: 32 bits. */
export function writeInt(value: unknown): number | undefined {
  const number = Number(value);
  return number === (number | 0) ? number : undefined;
}

/** A whole number of 64 bits, from its text. */
export function writeBigInt(value: unknown): string | undefined {
  if (typeof value === "bigint") return BigInt.asIntN(64, value) === value ? String(value) : undefined;
  const text = String(value);
  return /^-?\d+$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text) ? text : undefined;
}

/** An exact decimal of at most 38 digits, from its text. */
export function writeDecimal(value: unknown): string | undefined {
  const text = String(value);
  if (!/^-?\d+(\.\d+)?$/.test(text)) return undefined;
  const canonical = canonicalDecimal(text);
  return canonical.replace(/^-?0?|\./g, "").length <= 38 ? canonical : undefined;
}

export function writeFloat(number: number): number | undefined {
  return Number.isFinite(number) ? number : undefined;
}

/** A day of the years 1 to 9999, from its text. */
export function writeDate(value: unknown): string | undefined {
  const text = String(value);
  return /^\d{4}-\d\d-\d\d$/.test(text) ? text : undefined;
}
