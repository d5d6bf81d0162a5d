// A condition on rows that are here, whose key sets are known by now.
import { strict as assert } from "node:assert";
import type { Among, Condition, Test } from "../../plan/condition.ts";
import type { Scalars } from "../../plan/rows-plan.ts";
import { compileTest, type Truth } from "./evaluate-test.ts";
import type { FlatRow } from "./flat-row.ts";
import { compileRowKey, type RowKey } from "./row-key.ts";
import { compileAnd, compileNot, compileOr } from "./three-valued-logic.ts";

/** What a condition is seen with. Columns and relationships go by their full path, seen from the row. */
export type Surroundings = {
  /** Of every column that the condition names. */
  readonly scalars: Scalars;
  /** Of a reference, the columns of the row that hold its key: `origin` has `origin.iata`. */
  readonly keyColumns: (relationship: string) => readonly string[];
  /** Its keys, each as `compileRowKey` writes it. */
  readonly keysOf: (among: Among) => { readonly has: (key: RowKey) => boolean };
};

export function compileCondition(condition: Condition, surroundings: Surroundings): (row: FlatRow) => Truth {
  return compileAt("", condition, surroundings);
}

/** `prefix` leads to what the condition's names are relative to: `origin.`. */
function compileAt(
  prefix: string,
  condition: Condition,
  surroundings: Surroundings,
): (row: FlatRow) => Truth {
  switch (condition.kind) {
    case "and":
      return compileAnd(condition.of.map((each) => compileAt(prefix, each, surroundings)));
    case "or":
      return compileOr(condition.of.map((each) => compileAt(prefix, each, surroundings)));
    case "not":
      return compileNot(compileAt(prefix, condition.of, surroundings));
    case "exists": {
      const path = prefix + condition.relationship;
      const hasKey = compileNullTest(path, false, surroundings);
      const holds = compileAt(`${path}.`, condition.where, surroundings);
      return (row) => hasKey(row) === true && holds(row) === true;
    }
    case "among":
      return compileAmong(prefix, condition, surroundings);
    case "null":
      return compileNullTest(prefix + condition.column, condition.is, surroundings);
    default:
      return compileTestAt(prefix + condition.column, condition, surroundings);
  }
}

function compileTestAt(column: string, test: Test, { scalars }: Surroundings): (row: FlatRow) => Truth {
  return compileTest({ ...test, column }, Object.hasOwn(scalars, column) ? scalars[column] : undefined);
}

/** Of a column, or of a reference, which is null where any part of its key is. */
function compileNullTest(path: string, is: boolean, surroundings: Surroundings): (row: FlatRow) => Truth {
  const isColumn = Object.hasOwn(surroundings.scalars, path);
  const parts = isColumn ? [path] : surroundings.keyColumns(path);
  assert(parts.length > 0, `${path} is a column, or a reference with a key`);
  const isThere = compileAnd(
    parts.map((column) => compileTest({ kind: "null", column, is: false }, undefined)),
  );
  return is ? compileNot(isThere) : isThere;
}

function compileAmong(
  prefix: string,
  among: Among,
  { scalars, keysOf }: Surroundings,
): (row: FlatRow) => Truth {
  const columns = among.columns.map((each) => {
    const column = prefix + each;
    const scalar = Object.hasOwn(scalars, column) ? scalars[column] : undefined;
    assert(scalar, `the scalar of ${column} is known`);
    return { column, scalar };
  });
  const [keyOf, keys] = [compileRowKey(columns), keysOf(among)];
  return (row) => {
    const key = keyOf(row);
    return key !== undefined && keys.has(key);
  };
}
