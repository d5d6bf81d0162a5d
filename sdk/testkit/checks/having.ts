// Aggregates of groups, and groups chosen and sorted by them: each function on each column, nulls among the values.
import type { Direction } from "../../../schema/product/order.ts";
import type { ScalarName, ScalarValue } from "../../../schema/product/scalar.ts";
import type { Tree } from "../ask.ts";
import { type Bench, type Check, firstDifference, needsRestriction, rowsFor, type Trial } from "../check.ts";
import { compareValues } from "../compare-values.ts";
import { type Expected, expectedAggregate, meets, resultScalar } from "../expected-aggregate.ts";
import { compareNullable } from "../expected-order.ts";
import { havingOperators } from "../having-operators.ts";
import { among, groupsQuestion, type ListArguments, select } from "../questions.ts";
import { valueAt } from "../sample.ts";
import type { SampleRow } from "../sample-row.ts";
import type { TestedColumn } from "../subject.ts";
import { truthOfTest, type Where } from "../three-valued.ts";

export const having: Check = {
  name: "having",
  says: "Groups have the aggregates of their rows, and are chosen and sorted by them.",
  skips: (bench) => {
    if (!bench.subject.collection.groups) return "it declares no `groups`";
    return groupedBy(bench) ? needsRestriction(bench) : "no column of it gathers rows";
  },
  run: (bench) => firstDifference(bench, trialsOf(bench)),
};

/** The key that gathers most: of several groups, the fewest. */
function groupedBy(bench: Bench): TestedColumn | undefined {
  const count = (column: TestedColumn) => groupsOf(bench, column).length;
  return bench.subject.columns
    .filter((column) => column.groupable && count(column) > 1)
    .toSorted((a, b) => count(a) - count(b))[0];
}

type Group = { readonly key: ScalarValue | null; readonly rows: readonly SampleRow[] };

/** In order of their keys. */
function groupsOf(bench: Bench, column: TestedColumn): readonly Group[] {
  const groups = new Map<ScalarValue | null, SampleRow[]>();
  for (const row of rowsFor(bench, column)) {
    const value = row.values[column.name] ?? null;
    const key = value === 0 ? 0 : value;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups]
    .map(([key, rows]) => ({ key, rows }))
    .toSorted((a, b) => compareNullable(column.scalar, a.key, b.key, "asc"));
}

/** One aggregate of all groups. */
type Measured = {
  /** As it is selected, with the alias `found`. */
  readonly selection: string;
  readonly read: (aggregate: Tree) => unknown;
  readonly path: readonly string[];
  readonly scalar: ScalarName;
  /** For each group. */
  readonly values: readonly Expected[];
};

function* trialsOf(bench: Bench): Iterable<Trial> {
  const key = groupedBy(bench) as TestedColumn;
  const groups = groupsOf(bench, key);
  for (const measured of measures(bench, groups)) {
    yield valuesTrial(bench, key, groups, measured);
    if (measured.path.length === 0) continue; // only its values can be asked
    for (const test of testsOf(bench, measured)) yield havingTrial(bench, key, groups, measured, test);
    for (const direction of ["desc", "asc_nulls_first"] as const) {
      const trial = orderTrial(bench, key, groups, measured, direction);
      if (trial) yield trial;
    }
  }
}

function* measures({ subject }: Bench, groups: readonly Group[]): Iterable<Measured> {
  const exact = (value: number): Expected => ({ kind: "exact", value });
  const valuesOf = ({ rows }: Group, { name }: TestedColumn) => rows.flatMap((row) => row.values[name] ?? []);
  yield {
    selection: "found: count",
    read: ({ found }) => found,
    path: ["count"],
    scalar: "Int",
    values: groups.map(({ rows }) => exact(rows.length)),
  };
  for (const column of subject.columns) {
    if (column.countable)
      yield {
        selection: `found: count(column: ${column.name}, distinct: true)`,
        read: ({ found }) => found,
        path: [],
        scalar: "Int",
        values: groups.map((group) =>
          exact(new Set(valuesOf(group, column).map((value) => (value === 0 ? 0 : value))).size),
        ),
      };
    for (const fn of column.aggregates) {
      const values = groups.map((group) => expectedAggregate(fn, column.scalar, valuesOf(group, column)));
      // One group without a finite value makes the answer an error.
      if (values.some((value) => value.kind === "refused" || (value.kind === "near" && value.orRefused)))
        continue;
      yield {
        selection: `found: ${fn} { ${column.name} }`,
        read: ({ found }) => found[column.name],
        path: [fn, column.name],
        scalar: resultScalar(fn, column.scalar),
        values,
      };
    }
  }
}

function groupQuestion(
  { subject }: Bench,
  key: TestedColumn,
  groups: readonly Group[],
  args: ListArguments,
  selection: string,
) {
  const rows = groups.flatMap((group) => group.rows);
  const where = among(rows, subject);
  return groupsQuestion(subject, { where, ...args }, `by { ${select(key)} } ${selection}`);
}

function valuesTrial(bench: Bench, key: TestedColumn, groups: readonly Group[], measured: Measured): Trial {
  return {
    question: groupQuestion(bench, key, groups, {}, `aggregate { ${measured.selection} }`),
    expected: groups.map((group, i) => [group.key, measured.values[i]]),
    read: ({ rows }) => rows.map(({ by, aggregate }: Tree) => [valueAt(by, key), measured.read(aggregate)]),
    agrees: (expected, came) => {
      const [wanted, found] = [expected as [unknown, Expected][], came as [unknown, unknown][]];
      return (
        wanted.length === found.length &&
        wanted.every(([by, value], i) => by === found[i]?.[0] && meets(value, found[i]?.[1]))
      );
    },
  };
}

function measuredValue(expected: Expected | undefined): ScalarValue | null {
  return expected && expected.kind !== "refused" ? expected.value : null;
}

/** Tests of one aggregate; no Float lies so near to its operand that its last digits would decide. */
function testsOf(bench: Bench, { path, scalar, values }: Measured): readonly Where[] {
  const operators = havingOperators(bench, ...path);
  const sorted = values
    .flatMap((value) => measuredValue(value) ?? [])
    .toSorted((a, b) => compareValues(scalar, a, b));
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  const operand = values.some(({ kind }) => kind === "near") ? gapIn(sorted.map(Number)) : middle;
  const compared = operators
    .filter(
      (operator) => operator === "_gt" || operator === "_lte" || (operator === "_eq" && operand === middle),
    )
    .flatMap((operator) => (operand === undefined ? [] : [{ [operator]: operand }]));
  const nulls = operators.includes("_is_null") ? [{ _is_null: true }, { _is_null: false }] : [];
  return [...compared, ...nulls];
}

/** Half way between two values that are well apart. */
function gapIn(sorted: readonly number[]): number | undefined {
  const middles = sorted.slice(1).map((high, i) => ({ low: sorted[i] as number, high }));
  const wide = middles.filter(({ low, high }) => high - low > 1e-6 * (Math.abs(high) + Math.abs(low)));
  const found = wide[Math.floor(wide.length / 2)];
  return found && found.low / 2 + found.high / 2;
}

function havingTrial(
  bench: Bench,
  key: TestedColumn,
  groups: readonly Group[],
  { path, scalar, values }: Measured,
  test: Where,
): Trial {
  const [[operator, operand] = ["", undefined]] = Object.entries(test);
  const nest = path.toReversed().reduce<unknown>((inner, step) => ({ [step]: inner }), test) as Where;
  return {
    question: groupQuestion(bench, key, groups, { having: nest }, ""),
    expected: groups
      .filter((_, i) => truthOfTest(scalar, operator, measuredValue(values[i]), operand) === true)
      .map((group) => group.key),
    read: ({ rows }) => rows.map(({ by }: Tree) => valueAt(by, key)),
  };
}

/** Undefined where two Floats are so near that either may come first. */
function orderTrial(
  bench: Bench,
  key: TestedColumn,
  groups: readonly Group[],
  { path, scalar, values }: Measured,
  direction: Direction,
): Trial | undefined {
  const numbers = values.flatMap((value) => (value.kind === "near" ? value.value : [])).sort((a, b) => a - b);
  const close = numbers.slice(1).some((high, i) => high - (numbers[i] as number) <= 1e-6 * Math.abs(high));
  if (close) return undefined;
  const by = path.toReversed().reduce<unknown>((inner, step) => ({ [step]: inner }), direction);
  const sorted = groups
    .map((group, i) => ({ key: group.key, value: measuredValue(values[i]) }))
    .toSorted((a, b) => compareNullable(scalar, a.value, b.value, direction));
  return {
    question: groupQuestion(bench, key, groups, { order: [{ aggregate: by }] }, ""),
    expected: sorted.map((group) => group.key),
    read: ({ rows }) => rows.map((row: Tree) => valueAt(row.by, key)),
  };
}
