// Aggregates: counts, distinct counts and sums exactly, means and variances within 1e-9, of something and of nothing.
import type { ScalarValue } from "../../../schema/product/scalar.ts";
import type { Tree } from "../ask.ts";
import {
  type Bench,
  type Check,
  firstDifference,
  isSame,
  needsRestriction,
  refusal,
  type Trial,
} from "../check.ts";
import { type Expected, expectedAggregate, meets } from "../expected-aggregate.ts";
import { aggregateQuestion, among } from "../questions.ts";
import type { SampleRow } from "../sample-row.ts";
import type { TestedColumn } from "../subject.ts";

export const aggregates: Check = {
  name: "aggregates",
  says: "Aggregates equal those worked out from the rows: exactly, or Floats within 1e-9.",
  skips: (bench) =>
    bench.subject.collection.aggregate ? needsRestriction(bench) : "it declares no `aggregate`",
  run: (bench) => firstDifference(bench, trialsOf(bench)),
};

function* trialsOf(bench: Bench): Iterable<Trial> {
  const { subject, sample } = bench;
  const some = sample.rows.filter((_, i) => i % 2 === 0);
  for (const rows of [sample.rows, some, []]) {
    yield aggregateTrial(bench, rows, "count", rows.length);
    for (const column of subject.columns) {
      const values = rows.flatMap((row) => row.values[column.name] ?? []);
      if (column.countable) {
        yield aggregateTrial(bench, rows, `count(column: ${column.name})`, values.length);
        const distinct = new Set(values.map(plusZero)).size;
        yield aggregateTrial(bench, rows, `count(column: ${column.name}, distinct: true)`, distinct);
      }
      for (const name of column.aggregates) yield functionTrial(bench, rows, column, name);
    }
  }
}

function plusZero(value: ScalarValue): ScalarValue {
  return value === 0 ? 0 : value;
}

function aggregateTrial(
  { subject }: Bench,
  rows: readonly SampleRow[],
  selection: string,
  expected: number,
): Trial {
  const field = `${selection.startsWith("count") ? "found: " : ""}${selection}`;
  return {
    question: aggregateQuestion(subject, { where: among(rows, subject) }, `aggregate { ${field} }`),
    expected,
    read: ({ rows: { aggregate } }) => aggregate.found,
  };
}

function functionTrial(
  { subject }: Bench,
  rows: readonly SampleRow[],
  column: TestedColumn,
  name: TestedColumn["aggregates"][number],
): Trial {
  const values = rows.flatMap((row) => row.values[column.name] ?? []);
  const expected = expectedAggregate(name, column.scalar, values);
  const selection = `aggregate { found: ${name} { ${column.name} } }`;
  const question = aggregateQuestion(subject, { where: among(rows, subject) }, selection);
  if (expected.kind === "refused") return refusal(question);
  return {
    question,
    expected,
    read: (data: Tree) => data.rows.aggregate.found[column.name],
    orRefused: expected.kind === "near" && expected.orRefused === true,
    agrees: (wanted, came) => meets(wanted as Expected, came) || isSame(wanted, came),
  };
}
