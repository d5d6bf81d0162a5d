// `_and`, `_or`, `_not` and empty objects, with UNKNOWN inside; references as EXISTS.
import {
  type Bench,
  type Check,
  firstDifference,
  nearRows,
  needsRestriction,
  rowsFor,
  type Trial,
} from "../check.ts";
import { probes } from "../probe-values.ts";
import { nest } from "../questions.ts";
import type { SampleRow } from "../sample-row.ts";
import type { TestedColumn } from "../subject.ts";
import type { Where } from "../three-valued.ts";
import { whereTrial } from "./filter-operators.ts";

export const filterLogic: Check = {
  name: "filter-logic",
  says: "Predicates combine by three-valued logic on columns, and a reference is TRUE or FALSE.",
  skips: needsRestriction,
  run: (bench) => firstDifference(bench, trialsOf(bench)),
};

function* trialsOf(bench: Bench): Iterable<Trial> {
  const { columns, references } = bench.subject;
  for (const where of [{}, { _and: [] }, { _or: [] }, { _not: {} }, { _and: [{}] }, { _or: [{}] }])
    yield whereTrial(bench, bench.sample.rows, where);
  const testable = columns.flatMap((column) => {
    const test = testOf(bench, column);
    return test ? [{ column, test }] : [];
  });
  for (const [i, { column, test }] of testable.entries()) {
    const other = testable[(i + 1) % testable.length] ?? { column, test };
    const rows = rowsFor(bench, column, other.column);
    for (const [at, where] of combinations(test, other.test).entries())
      yield whereTrial(bench, at < 2 ? rows : nearRows(bench, rows), where);
  }
  for (const { name, key } of references)
    for (const where of [{ _is_null: true }, { _is_null: false }].flatMap((test) => both({ [name]: test })))
      if (key.some(({ exact }) => exact.includes("_is_null")))
        yield whereTrial(bench, rowsFor(bench, ...key), where);
}

function both(where: Where): readonly Where[] {
  return [where, { _not: where }];
}

function combinations(a: Where, b: Where): readonly Where[] {
  const pairs = [
    { _and: [a, b] },
    { _or: [a, b] },
    { _or: [a, { _not: b }] },
    { _not: { _or: [{ _not: a }, b] } },
  ];
  return [...both(a), { _not: { _not: a } }, { _or: [a, { _not: a }] }, ...pairs.flatMap(both)];
}

function testOf(bench: Bench, column: TestedColumn): Where | undefined {
  return middleTest(column, rowsFor(bench, column));
}

/** A comparison with a value from the middle, so that some rows pass, some fail and nulls do neither. */
export function middleTest(column: TestedColumn, rows: readonly SampleRow[]): Where | undefined {
  const operator = (["_gt", "_eq", "_neq"] as const).find((each) => column.exact.includes(each));
  const values = probes(column, rows);
  const value = values[Math.min(1, values.length - 1)];
  return operator && value !== undefined ? nest(column, { [operator]: value }) : undefined;
}
