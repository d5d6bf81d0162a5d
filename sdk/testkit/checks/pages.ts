// Pages: side by side they are the whole list, however often they are asked.
import {
  type Bench,
  type Check,
  type Difference,
  firstDifference,
  needsRestriction,
  rowsFor,
  type Trial,
} from "../check.ts";
import { inOrder, type Term } from "../expected-order.ts";
import { among, keySelection, listQuestion, nest } from "../questions.ts";
import { keyOf } from "../sample.ts";
import type { SampleRow } from "../sample-row.ts";
import type { TestedColumn } from "../subject.ts";

export const pages: Check = {
  name: "pages",
  says: "Pages by limit and offset join to the whole list, and come again as they came.",
  skips: (bench) =>
    bench.subject.collection.limit && bench.subject.collection.sort === "exact"
      ? needsRestriction(bench)
      : "it declares no pages or no order",
  run: async (bench): Promise<Difference | undefined> => {
    const term = tiedTerm(bench);
    const trials = [...trialsOf(bench, term ? [term] : [])];
    return (await firstDifference(bench, trials)) ?? (await firstDifference(bench, trials));
  },
};

function* trialsOf(bench: Bench, terms: readonly Term[]): Iterable<Trial> {
  const { subject } = bench;
  const rows = inOrder(rowsFor(bench, ...terms.map(({ column }) => column)), terms, subject);
  const size = Math.max(1, Math.ceil(rows.length / 7));
  const order = terms.map(({ column, direction }) => nest(column, direction));
  const page = (limit: number, offset: number): Trial => ({
    question: listQuestion(
      subject,
      { where: among(rows, subject), order, limit, offset },
      keySelection(subject.key),
    ),
    expected: rows.slice(offset, offset + limit).map(({ key }) => key),
    read: ({ rows: found }) => found.map((tree: object) => keyOf(tree, subject.key)),
  });
  for (let offset = 0; offset < rows.length; offset += size) yield page(size, offset);
  yield page(size, rows.length);
  yield page(0, 0);
}

/** By the column with the fewest values: where the tie-break has most to do. */
function tiedTerm(bench: Bench): Term | undefined {
  const distinct = ({ name }: TestedColumn) =>
    new Set(bench.sample.rows.map((row: SampleRow) => row.values[name])).size;
  const [column] = bench.subject.columns
    .filter(({ sortable }) => sortable)
    .toSorted((a, b) => distinct(a) - distinct(b));
  return column && { column, direction: "desc" };
}
