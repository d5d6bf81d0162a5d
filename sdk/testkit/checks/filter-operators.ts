// Every declared operator on every column, nulls among the rows, alone and under `_not`.
import { type Operator, patterns } from "../../../schema/product/predicate.ts";
import type { ScalarValue } from "../../../schema/product/scalar.ts";
import {
  type Bench,
  type Check,
  firstDifference,
  isSame,
  nearRows,
  needsRestriction,
  rowsFor,
  type Trial,
} from "../check.ts";
import { probes, valuesOf } from "../probe-values.ts";
import { among, keySelection, listQuestion, nest } from "../questions.ts";
import { keyOf } from "../sample.ts";
import type { SampleRow } from "../sample-row.ts";
import type { TestedColumn } from "../subject.ts";
import { holds, type Where } from "../three-valued.ts";

export const filterOperators: Check = {
  name: "filter-operators",
  says: "Each operator lets through the rows for which it is true, and nulls for none but `_is_null`.",
  skips: needsRestriction,
  run: (bench) => firstDifference(bench, trialsOf(bench)),
};

function* trialsOf(bench: Bench): Iterable<Trial> {
  for (const column of bench.subject.columns)
    for (const { operator, operand, negated, near } of testsOf(column, rowsFor(bench, column))) {
      const test = nest(column, { [operator]: operand });
      const all = comparable(column, operator, rowsFor(bench, column));
      const rows = near ? nearRows(bench, all) : all;
      yield whereTrial(bench, rows, test, column);
      if (negated && bench.subject.collection.inexact.length === 0)
        yield whereTrial(bench, rows, { _not: test }, column);
    }
}

/** What case folding does beyond ASCII is the engine's to choose. */
function comparable(
  column: TestedColumn,
  operator: string,
  rows: readonly SampleRow[],
): readonly SampleRow[] {
  const isAscii = (value: unknown) => [...String(value ?? "")].every((each) => each < "\u0080");
  return operator.endsWith("ilike") ? rows.filter(({ values }) => isAscii(values[column.name])) : rows;
}

/** The rows for which `where` is true, by their keys; where the operator is declared inexact, at least those. */
export function whereTrial(
  { subject }: Bench,
  rows: readonly SampleRow[],
  where: Where,
  column?: TestedColumn,
): Trial {
  const asked = JSON.stringify(where);
  const inexact = column && subject.collection.inexact.some((operator) => asked.includes(`"${operator}"`));
  return {
    question: listQuestion(subject, { where: among(rows, subject, where) }, keySelection(subject.key)),
    expected: rows.filter((row) => holds(where, row, subject)).map(({ key }) => key),
    read: ({ rows: found }) => found.map((tree: object) => keyOf(tree, subject.key)),
    agrees: (expected, came) =>
      inexact
        ? (expected as unknown[]).every((key) => (came as unknown[]).some((each) => isSame(key, each)))
        : isSame(sorted(expected), sorted(came)),
  };
}

/** The order of rows is another check's. */
function sorted(keys: unknown): readonly string[] {
  return (keys as readonly unknown[]).map((key) => JSON.stringify(key)).toSorted();
}

type Test = {
  readonly operator: string;
  readonly operand: unknown;
  /** Asked under `_not` too. */
  readonly negated: boolean;
  /** Of a large collection, asked of its first rows alone. */
  readonly near: boolean;
};

/** Each operator with several operands; one of them under `_not` too. */
function testsOf(column: TestedColumn, rows: readonly SampleRow[]): readonly Test[] {
  const values = probes(column, rows);
  const texts = patternsFor(valuesOf(column, rows).map(String));
  const operandsOf = (operator: Operator): readonly unknown[] => {
    if (operator === "_is_null") return [true, false];
    if (operator === "_in" || operator === "_nin") return lists(values);
    if (operator === "_like") return texts;
    if ((patterns as readonly string[]).includes(operator)) return texts.filter((_, i) => i % 3 === 0);
    return values;
  };
  return column.operators.flatMap((operator) =>
    operandsOf(operator).map((operand, i) => ({ operator, operand, negated: i === 1, near: i > 1 })),
  );
}

function lists(values: readonly ScalarValue[]): readonly (readonly ScalarValue[])[] {
  return [[], values.slice(0, 1), values];
}

function patternsFor(texts: readonly string[]): readonly string[] {
  const text = texts.find((each) => [...each].length > 2) ?? texts.at(-1) ?? "M";
  const letters = [...text].map((letter) => letter.replace(/[\\%_]/, "\\$&"));
  const [first = "", ...rest] = letters;
  const ascii = letters.every((letter) => letter < "\u0080") ? [letters.join("").toUpperCase()] : [];
  return [letters.join(""), `${first}%`, `%${letters.at(-1)}`, `_${rest.join("")}`, "%", "", ...ascii];
}
