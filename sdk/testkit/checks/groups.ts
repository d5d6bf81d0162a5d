// Groups by each column: keys and counts, their order, the tie-break, and `having`.
import type { ScalarValue } from "../../../schema/product/scalar.ts";
import { type Bench, type Check, firstDifference, needsRestriction, rowsFor, type Trial } from "../check.ts";
import { compareNullable } from "../expected-order.ts";
import { havingOperators } from "../having-operators.ts";
import { among, groupsQuestion, type ListArguments, nest, select } from "../questions.ts";
import { valueAt } from "../sample.ts";
import type { TestedColumn } from "../subject.ts";

export const groups: Check = {
  name: "groups",
  says: "Rows are gathered by the keys selected, nulls too, in order of the keys unless asked otherwise.",
  skips: (bench) => (bench.subject.collection.groups ? needsRestriction(bench) : "it declares no `groups`"),
  run: (bench) => firstDifference(bench, trialsOf(bench)),
};

function* trialsOf(bench: Bench): Iterable<Trial> {
  const groupable = bench.subject.columns.filter((column) => column.groupable);
  for (const [i, column] of groupable.entries()) {
    const other = groupable[(i + 1) % groupable.length] ?? column;
    yield groupsTrial(bench, [column]);
    yield groupsTrial(bench, [column], { order: [{ aggregate: { count: "desc" } }] });
    yield groupsTrial(bench, [column], { order: [{ by: nest(column, "desc") }], limit: 3, offset: 1 });
    if (havingOperators(bench, "count").includes("_gt"))
      yield groupsTrial(bench, [column], { having: { count: { _gt: 1 } } });
    // Two fields of one reference would be one selection.
    if (other !== column && (!other.reference || other.reference !== column.reference))
      yield groupsTrial(bench, [column, other]);
  }
}

type Group = { readonly keys: readonly (ScalarValue | null)[]; readonly count: number };

function groupsTrial(bench: Bench, columns: readonly TestedColumn[], args: ListArguments = {}): Trial {
  const { subject } = bench;
  const rows = rowsFor(bench, ...columns);
  const counted = new Map<string, Group>();
  for (const { values } of rows) {
    const keys = columns.map(({ name }) => values[name] ?? null).map((key) => (key === 0 ? 0 : key));
    const text = JSON.stringify(keys);
    counted.set(text, { keys, count: (counted.get(text)?.count ?? 0) + 1 });
  }
  const selection = `by { ${columns.map((column) => select(column)).join(" ")} } aggregate { count }`;
  return {
    question: groupsQuestion(subject, { where: among(rows, subject), ...args }, selection),
    expected: arranged([...counted.values()], columns, args),
    read: (data) =>
      data.rows.map(({ by, aggregate }: { by: object; aggregate: { count: number } }) => ({
        keys: columns.map((column) => valueAt(by, column)),
        count: aggregate.count,
      })),
  };
}

function arranged(
  found: readonly Group[],
  columns: readonly TestedColumn[],
  { order, having, limit = found.length, offset = 0 }: ListArguments,
): readonly Group[] {
  const [term] = order ?? [];
  const byCount = term && "aggregate" in term;
  const direction = term && !byCount ? "desc" : "asc";
  return found
    .filter(({ count }) => !having || count > 1)
    .toSorted((a, b) => {
      if (byCount && a.count !== b.count) return b.count - a.count;
      for (const [i, { scalar }] of columns.entries()) {
        const sign = compareNullable(scalar, a.keys[i] ?? null, b.keys[i] ?? null, direction);
        if (sign !== 0) return sign;
      }
      return 0;
    })
    .slice(offset, offset + limit);
}
