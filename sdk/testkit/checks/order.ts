// The six directions on every column: places of nulls, code point order of text, the primary key as tie-break.
import { directions } from "../../../schema/product/order.ts";
import { type Bench, type Check, firstDifference, needsRestriction, rowsFor, type Trial } from "../check.ts";
import { inOrder, type Term } from "../expected-order.ts";
import { among, keySelection, listQuestion, nest } from "../questions.ts";
import { keyOf } from "../sample.ts";

export const order: Check = {
  name: "order",
  says: "Rows come in the order asked: nulls in their place, text by code point, ties by primary key.",
  skips: (bench) =>
    bench.subject.collection.sort === "exact" ? needsRestriction(bench) : "it declares no sorting",
  run: (bench) => firstDifference(bench, trialsOf(bench)),
};

function* trialsOf(bench: Bench): Iterable<Trial> {
  yield orderTrial(bench, []);
  const sortable = bench.subject.columns.filter((column) => column.sortable);
  for (const [i, column] of sortable.entries()) {
    for (const direction of directions) yield orderTrial(bench, [{ column, direction }]);
    const other = sortable[(i + 1) % sortable.length] ?? column;
    yield orderTrial(bench, [
      { column, direction: "desc_nulls_last" },
      { column: other, direction: "asc_nulls_first" },
    ]);
  }
}

function orderTrial(bench: Bench, terms: readonly Term[]): Trial {
  const { subject } = bench;
  const rows = rowsFor(bench, ...terms.map(({ column }) => column));
  const given =
    terms.length > 0 ? { order: terms.map(({ column, direction }) => nest(column, direction)) } : {};
  return {
    question: listQuestion(subject, { where: among(rows, subject), ...given }, keySelection(subject.key)),
    expected: inOrder(rows, terms, subject).map(({ key }) => key),
    read: ({ rows: found }) => found.map((tree: object) => keyOf(tree, subject.key)),
  };
}
