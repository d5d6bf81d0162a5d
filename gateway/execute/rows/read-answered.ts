// Reads what an owner answered as flat rows.
import type { ScalarValue } from "../../../schema/product/scalar.ts";
import { reader } from "../federated/own.ts";
import type { FlatRow } from "./flat-row.ts";

type Fields = Readonly<Record<string, unknown>>;

/** A column, and the names under which its value stands in an answer. */
export type Answered = { readonly column: string; readonly path: readonly string[] };

/** Null wherever nothing leads to a column's value. Values stay as JSON has them: exact numbers are strings. */
export function compileRowReader(columns: readonly Answered[]): (answered: Fields) => FlatRow {
  const reads = columns.map(({ column, path }) => ({ column, read: compilePath(path) }));
  const Row = compileEmptyRow();
  return (answered) => {
    const row = new Row();
    for (const { column, read } of reads) row[column] = read(answered);
    return row;
  };
}

/**
 * Objects of a constructor of their own have room for the columns that they get and no more, others always for four: a million
 * keys are 24 MB less. They are plain objects all the same.
 */
function compileEmptyRow(): new () => Record<string, ScalarValue | null> {
  function Row() {}
  Row.prototype = Object.prototype;
  return Row as never;
}

function compilePath([first = "", ...rest]: readonly string[]): (fields: Fields) => ScalarValue | null {
  const read = reader(first);
  if (rest.length === 0) return (fields) => (read(fields) ?? null) as ScalarValue | null;
  const inner = compilePath(rest);
  return (fields) => {
    const value = read(fields);
    return typeof value === "object" && value !== null ? inner(value as Fields) : null;
  };
}
