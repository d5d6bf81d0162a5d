// `order_by` through relationships within the port: columns of a to-one, NULL where it leads nowhere; aggregates of a to-many.
import type { ScalarName, ScalarValue } from "../../../schema/product/scalar.ts";
import { type AggregateFunction, aggregateFunctions } from "../../../schema/product/value.ts";
import {
  type Bench,
  type Check,
  firstDifference,
  type Known,
  nearRows,
  needsRestriction,
  type Trial,
} from "../check.ts";
import { type Expected, expectedAggregate, resultScalar } from "../expected-aggregate.ts";
import { compareNullable } from "../expected-order.ts";
import { among, keySelection, listQuestion } from "../questions.ts";
import { foundKey, heldKey, type Led, rowsLed } from "../related-rows.ts";
import { compareKeys, keyOf } from "../sample.ts";
import type { SampleRow } from "../sample-row.ts";
import { fieldsOf, type Subject, type TestedColumn, type TestedReference, typeAt } from "../subject.ts";

export const orderRelationships: Check = {
  name: "order-relationships",
  says: "Rows come in the order of what their references lead to, and of aggregates over what leads to them.",
  skips: (bench) => {
    if (!bench.subject.references.some(({ own }) => own))
      return "no reference of it leads to an entity of this port";
    return needsRestriction(bench);
  },
  run: async (bench) => {
    for (const reference of bench.subject.references.filter(({ own }) => own)) {
      const there = await bench.known(reference.target);
      if (!there) continue;
      const led = await rowsLed(bench, reference, there);
      const difference =
        (await firstDifference(bench, paths(bench, reference, there, led))) ??
        (await firstDifference(bench, await aggregates(bench, reference, there)));
      if (difference) return difference;
    }
    return undefined;
  },
};

const directions = ["asc", "desc", "desc_nulls_last"] as const;
type Valued = { readonly row: SampleRow; readonly value: ScalarValue | null };

/** A dangling key may be told from its own column, so the key is not asked by. */
function* paths(
  bench: Bench,
  { name, key }: TestedReference,
  { subject: other }: Known,
  led: readonly Led[],
): Iterable<Trial> {
  const { subject, sample, schema } = bench;
  if (subject.collection.sort !== "exact") return;
  const input = fieldsOf(typeAt({ type: schema.getType(subject.orderType ?? "") }, [name]));
  const near = nearRows(bench, sample.rows);
  const columns = other.columns.filter(
    (column) =>
      !column.reference && column.name in input && !key.some(({ path }) => path.at(-1) === column.name),
  );
  for (const column of columns) {
    const valued = led
      .filter(({ row }) => near.includes(row))
      .map(({ row, target }) => ({ row, value: target?.values[column.name] ?? null }));
    for (const direction of directions)
      yield orderTrial(subject, valued, column.scalar, { [name]: { [column.name]: direction } }, direction);
  }
}

/** What an aggregate over the rows that lead to a parent is worth. */
type Measure = (parent: SampleRow, fn: AggregateFunction | "count", column?: TestedColumn) => Expected;

async function aggregates(bench: Bench, reference: TestedReference, there: Known): Promise<Iterable<Trial>> {
  const { subject: parent } = there;
  const { inverse } = reference;
  if (!inverse || parent.collection.sort !== "exact" || needsRestriction({ ...bench, ...there })) return [];
  const parents = nearRows({ ...bench, ...there }, there.sample.rows).slice(0, parent.collection.keysMax);
  const measure = bench.sample.whole
    ? workedOut(bench, reference)
    : await answered(bench, reference, there, parents);
  return measure ? aggregateTrials(bench, `${inverse}_aggregate`, parent, parents, measure) : [];
}

function workedOut({ sample }: Bench, reference: TestedReference): Measure {
  return (parent, fn, column) => {
    const found = foundKey(reference, parent);
    const rows = sample.rows.filter((child) => heldKey(reference, child) === found);
    if (fn === "count" || !column) return { kind: "exact", value: rows.length };
    return expectedAggregate(
      fn,
      column.scalar,
      rows.flatMap((child) => child.values[column.name] ?? []),
    );
  };
}

/** Where not all rows are known: what the port says of each parent, as far as that is exact. */
async function answered(
  { subject, ask }: Bench,
  { inverseAggregate, target, key }: TestedReference,
  { subject: parent }: Known,
  parents: readonly SampleRow[],
): Promise<Measure | undefined> {
  if (!inverseAggregate) return undefined;
  const fields = aggregateFunctions.flatMap((fn) => {
    const columns = subject.columns.filter(
      ({ aggregates: has, scalar }) => has.includes(fn) && isExactly(fn, scalar),
    );
    return columns.length > 0 ? [`${fn} { ${columns.map(({ name }) => name).join(" ")} }`] : [];
  });
  const selection = `of: ${inverseAggregate} { aggregate { count ${fields.join(" ")} } }`;
  const query = `query ($of: [_Any!]!) { found: _entities(representations: $of) { ... on ${target} { ${selection} } } }`;
  const names = key.map(({ path }) => path.at(-1) as string);
  const of = parents.map(({ values }) => ({
    __typename: parent.entity,
    ...Object.fromEntries(names.map((name) => [name, values[name]])),
  }));
  const { data, errors } = await ask({ query, variables: { of } });
  if (errors.length > 0 || !data)
    throw new Error(`${inverseAggregate} is not answered: ${errors[0]?.message}`);
  return (row, fn, column) => {
    const aggregate = data.found[parents.indexOf(row)]?.of.aggregate;
    if (fn === "count" || !column) return { kind: "exact", value: aggregate.count };
    return isExactly(fn, column.scalar)
      ? { kind: "exact", value: aggregate[fn][column.name] }
      : { kind: "refused" };
  };
}

function isExactly(fn: AggregateFunction, scalar: ScalarName): boolean {
  return fn === "min" || fn === "max" || (fn === "sum" && scalar !== "Float");
}

function* aggregateTrials(
  { subject, schema }: Bench,
  field: string,
  parent: Subject,
  parents: readonly SampleRow[],
  measure: Measure,
): Iterable<Trial> {
  const order = { type: schema.getType(parent.orderType ?? "") };
  const trials = function* (fn: AggregateFunction | "count", scalar: ScalarName, column?: TestedColumn) {
    const valued = comparable(parents, (row) => measure(row, fn, column));
    if (valued)
      for (const direction of directions) {
        const term = { [fn]: column ? { [column.name]: direction } : direction };
        yield orderTrial(parent, valued, scalar, { [field]: term }, direction);
      }
  };
  if ("count" in fieldsOf(typeAt(order, [field]))) yield* trials("count", "Int");
  for (const fn of aggregateFunctions)
    for (const column of columnsIn(subject, fieldsOf(typeAt(order, [field, fn]))))
      yield* trials(fn, resultScalar(fn, column.scalar), column);
}

/** Undefined where one value is not finite, which is an error, or two Floats are so near that either may come first. */
function comparable(
  rows: readonly SampleRow[],
  measured: (row: SampleRow) => Expected,
): readonly Valued[] | undefined {
  const found = rows.map((row) => ({ row, value: measured(row) }));
  const valued = found.flatMap(({ row, value }) =>
    value.kind === "exact" || (value.kind === "near" && !value.orRefused) ? { row, value: value.value } : [],
  );
  const near = found.some(({ value }) => value.kind === "near");
  return valued.length < found.length || (near && areClose(valued)) ? undefined : valued;
}

function columnsIn({ columns }: Subject, fields: object): readonly TestedColumn[] {
  return columns.filter(({ name }) => name in fields);
}

function areClose(valued: readonly Valued[]): boolean {
  const numbers = valued.flatMap(({ value }) => (value === null ? [] : Number(value))).sort((a, b) => a - b);
  return numbers.slice(1).some((high, i) => high - (numbers[i] as number) <= 1e-6 * Math.abs(high));
}

function orderTrial(
  subject: Subject,
  valued: readonly Valued[],
  scalar: ScalarName,
  order: object,
  direction: (typeof directions)[number],
): Trial {
  const rows = valued.map(({ row }) => row);
  const sorted = valued.toSorted(
    (a, b) => compareNullable(scalar, a.value, b.value, direction) || compareKeys(subject.key, a.row, b.row),
  );
  return {
    question: listQuestion(
      subject,
      { where: among(rows, subject), order: [order] },
      keySelection(subject.key),
    ),
    expected: sorted.map(({ row }) => row.key),
    read: ({ rows: found }) => found.map((tree: object) => keyOf(tree, subject.key)),
  };
}
