// Calendar buckets: each row in the one that its value lies in, on its own clock or on UTC.
import { type Bench, type Check, firstDifference, needsRestriction, rowsFor, type Trial } from "../check.ts";
import { bucketStart } from "../expected-bucket.ts";
import { among, groupsQuestion, select } from "../questions.ts";
import { valueAt } from "../sample.ts";

export const buckets: Check = {
  name: "buckets",
  says: "Dates and times are grouped by the start of their year, quarter, month, ISO week, day and hour.",
  skips: (bench) => (bench.subject.collection.groups ? needsRestriction(bench) : "it declares no `groups`"),
  run: (bench) => firstDifference(bench, trialsOf(bench)),
};

function* trialsOf(bench: Bench): Iterable<Trial> {
  for (const column of bench.subject.columns)
    for (const bucket of column.buckets) {
      const rows = rowsFor(bench, column);
      const starts = new Map<string | null, number>();
      for (const { values } of rows) {
        const value = values[column.name] ?? null;
        const start = value === null ? null : bucketStart(column.scalar, bucket, value);
        starts.set(start, (starts.get(start) ?? 0) + 1);
      }
      const path = [...column.path.slice(0, -1), `${column.path.at(-1)}_${bucket}`];
      const selection = `by { ${select(column, `_${bucket}`)} } aggregate { count }`;
      yield {
        question: groupsQuestion(bench.subject, { where: among(rows, bench.subject) }, selection),
        expected: [...starts].sort(([a], [b]) => (a === null ? 1 : b === null ? -1 : a < b ? -1 : 1)),
        read: (data) =>
          data.rows.map(({ by, aggregate }: { by: object; aggregate: { count: number } }) => [
            valueAt(by, { ...column, path }),
            aggregate.count,
          ]),
      };
    }
}
