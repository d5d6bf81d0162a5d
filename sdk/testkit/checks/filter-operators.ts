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
import type { Subject, TestedColumn } from "../subject.ts";
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
      yield whereTrial(bench, rows, test);
      if (negated && column.exact.includes(operator)) yield whereTrial(bench, rows, { _not: test });
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

/**
 * The rows for which `where` is true, by their keys; where an operator in it is declared inexact, at least those, and
 * none but `rows`. Nothing inexact may stand under `_not`: what comes then says nothing.
 */
export function whereTrial({ subject }: Bench, rows: readonly SampleRow[], where: Where): Trial {
  const inexact = namesIn(where).some((name) =>
    (subject.collection.inexact as readonly string[]).includes(name),
  );
  const asked = rows.map(({ key }) => key);
  const chosen = rows.filter((row) => holds(where, row, subject));
  const trial = chosenTrial(subject, rows, where, chosen);
  if (!inexact) return trial;
  return { ...trial, agrees: (expected, came) => isWithin(expected, came) && isWithin(came, asked) };
}

/** Of `rows`, those that `where` must let through. */
export function chosenTrial(
  subject: Subject,
  rows: readonly SampleRow[],
  where: Where,
  chosen: readonly SampleRow[],
): Trial {
  return {
    question: listQuestion(subject, { where: among(rows, subject, where) }, keySelection(subject.key)),
    expected: chosen.map(({ key }) => key),
    read: ({ rows: found }) => found.map((tree: object) => keyOf(tree, subject.key)),
    agrees: (expected, came) => isSame(sorted(expected), sorted(came)),
  };
}

/** The names of fields at all depths. */
function namesIn(where: unknown): readonly string[] {
  if (typeof where !== "object" || where === null) return [];
  const own = Array.isArray(where) ? [] : Object.keys(where);
  return [...own, ...Object.values(where).flatMap(namesIn)];
}

function isWithin(some: unknown, all: unknown): boolean {
  return (some as unknown[]).every((key) => (all as unknown[]).some((each) => isSame(key, each)));
}

/** The order of rows is another check's. */
function sorted(keys: unknown): readonly string[] {
  return (keys as readonly unknown[]).map((key) => JSON.stringify(key)).toSorted();
}

type Test = {
  readonly operator: Operator;
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
