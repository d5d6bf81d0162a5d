// `where` through references and to-manies within the port: EXISTS, TRUE or FALSE, and its negation.
import {
  type Bench,
  type Check,
  firstDifference,
  type Known,
  nearRows,
  needsRestriction,
  type Trial,
} from "../check.ts";
import { among } from "../questions.ts";
import { foundKey, heldKey, type Led, rowsLed, subjectAt } from "../related-rows.ts";
import type { SampleRow } from "../sample-row.ts";
import type { Subject, TestedReference } from "../subject.ts";
import { holds, type Where } from "../three-valued.ts";
import { middleTest } from "./filter-logic.ts";
import { chosenTrial } from "./filter-operators.ts";

export const filterRelationships: Check = {
  name: "filter-relationships",
  says: "A nested predicate means that there is a row there for which it is true, to-one and to-many.",
  skips: (bench) =>
    bench.subject.references.some(({ own }) => own)
      ? needsRestriction(bench)
      : "no reference of it leads to an entity of this port",
  run: async (bench) => {
    for (const reference of bench.subject.references.filter(({ own }) => own)) {
      const there = await bench.known(reference.target);
      if (!there) continue;
      const led = await rowsLed(bench, reference, there);
      const difference =
        (await firstDifference(bench, toOne(bench, reference, there, led))) ??
        (await firstDifference(bench, toMany(bench, reference, there)));
      if (difference) return difference;
    }
    return undefined;
  },
};

/** Tests of one column; with UNKNOWN inside, under `_not`, and made up for by a null. */
function tests(subject: Subject, rows: readonly SampleRow[], isKey: (name: string) => boolean) {
  return subject.columns
    .filter(({ name, reference }) => !reference && !isKey(name))
    .flatMap((column): readonly Where[] => {
      const test = middleTest(column, rows);
      if (!test) return [];
      const isNull = { [column.name]: { _is_null: true } };
      const nulls = column.exact.includes("_is_null") ? [isNull, { _or: [test, isNull] }] : [];
      return [test, { _not: test }, ...nulls];
    });
}

/** A dangling key alone may be answered from the own column, so only what lies beyond the key is asked. */
function* toOne(
  bench: Bench,
  reference: TestedReference,
  { subject: other }: Known,
  led: readonly Led[],
): Iterable<Trial> {
  const { subject } = bench;
  const nested = subjectAt(bench, subject, reference.name, other);
  const near = nearRows(bench, bench.sample.rows);
  const asked = led.filter(({ row }) => near.includes(row));
  const targets = asked.flatMap(({ target }) => target ?? []);
  const inKey = (name: string) => reference.key.some(({ path }) => path.at(-1) === name);
  const choose = (exists: boolean, where: Where) =>
    asked.filter(({ target }) => (target !== undefined && holds(where, target, nested)) === exists);
  const trial = (where: Where, rows: readonly Led[]) =>
    chosenTrial(
      subject,
      asked.map(({ row }) => row),
      where,
      rows.map(({ row }) => row),
    );
  for (const test of tests(nested, targets, inKey)) {
    yield trial({ [reference.name]: test }, choose(true, test));
    yield trial({ _not: { [reference.name]: test } }, choose(false, test));
  }
}

/** Asked of the other collection, about the sampled rows alone: under one parent there may be more than can be known. */
function* toMany(bench: Bench, reference: TestedReference, there: Known): Iterable<Trial> {
  const { inverse } = reference;
  const { subject: parent, sample } = there;
  if (!inverse || needsRestriction({ ...bench, ...there })) return;
  const nested = subjectAt(bench, parent, inverse, bench.subject);
  if (needsRestriction({ ...bench, subject: nested })) return;
  const parents = nearRows({ ...bench, ...there }, sample.rows);
  const rows = nearRows(bench, bench.sample.rows);
  const children = (where: Where) =>
    new Set(rows.filter((row) => holds(where, row, nested)).map((row) => heldKey(reference, row)));
  for (const test of [{}, ...tests(nested, rows, () => false)]) {
    const where = { [inverse]: among(rows, nested, test) };
    const parentsLed = children(test);
    const has = (row: SampleRow) => parentsLed.has(foundKey(reference, row));
    yield chosenTrial(parent, parents, where, parents.filter(has));
    yield chosenTrial(
      parent,
      parents,
      { _not: where },
      parents.filter((row) => !has(row)),
    );
  }
  if (!bench.sample.whole) return;
  const all = new Set(bench.sample.rows.map((row) => heldKey(reference, row)));
  const has = (row: SampleRow) => all.has(foundKey(reference, row));
  yield chosenTrial(parent, parents, { [inverse]: {} }, parents.filter(has));
}
