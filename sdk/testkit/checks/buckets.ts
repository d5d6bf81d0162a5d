// Calendar buckets: each row in the one that its value lies in, on its own clock, on UTC, or on that of a time zone.
import { bucketStart } from "../../../schema/product/bucket.ts";
import type { Bucket } from "../../../schema/product/scalar.ts";
import {
  type Bench,
  type Check,
  firstDifference,
  needsRestriction,
  refusal,
  rowsFor,
  type Trial,
} from "../check.ts";
import { among, groupsQuestion, select } from "../questions.ts";
import { valueAt } from "../sample.ts";
import type { SampleRow } from "../sample-row.ts";
import type { TestedColumn } from "../subject.ts";

export const buckets: Check = {
  name: "buckets",
  says: "Dates and times are grouped by the start of their year, quarter, month, ISO week, day and hour, in any zone.",
  skips: (bench) => (bench.subject.collection.groups ? needsRestriction(bench) : "it declares no `groups`"),
  run: (bench) => firstDifference(bench, trialsOf(bench)),
};

/** Summer time in the north and the south, half an hour and three quarters off, and beyond the date line. */
const timeZones = [
  "America/New_York",
  "Asia/Kolkata",
  "Asia/Kathmandu",
  "Australia/Lord_Howe",
  "Pacific/Kiritimati",
];

function* trialsOf(bench: Bench): Iterable<Trial> {
  for (const column of bench.subject.columns) {
    const rows = rowsFor(bench, column);
    for (const bucket of column.buckets) {
      yield bucketTrial(bench, column, bucket, rows);
      if (column.scalar !== "DateTime") yield bucketTrial(bench, column, bucket, rows, "Asia/Kathmandu");
      else
        for (const timeZone of timeZones)
          yield bucketTrial(bench, column, bucket, rows.filter(inOurTime(column)), timeZone);
    }
    const [bucket] = column.buckets;
    if (bucket) yield refusal(bucketTrial(bench, column, bucket, [], "Nowhere/Never").question);
  }
}

/** Which clocks hung where before 1970, and will from 2038 on, differs from one edition of the IANA zones to the next. */
function inOurTime({ name }: TestedColumn) {
  return ({ values }: SampleRow): boolean => {
    const text = String(values[name] ?? "2000");
    return text >= "1970-01-02" && text < "2037";
  };
}

function bucketTrial(
  { subject }: Bench,
  column: TestedColumn,
  bucket: Bucket,
  rows: readonly SampleRow[],
  timeZone?: string,
): Trial {
  const starts = new Map<string | null, number>();
  for (const { values } of rows) {
    const value = values[column.name] ?? null;
    const start = value === null ? null : bucketStart(column.scalar, bucket, value, timeZone);
    starts.set(start, (starts.get(start) ?? 0) + 1);
  }
  const path = [...column.path.slice(0, -1), `${column.path.at(-1)}_${bucket}`];
  const selection = `by { ${select(column, `_${bucket}`)} } aggregate { count }`;
  const args = { where: among(rows, subject), ...(timeZone === undefined ? {} : { timeZone }) };
  return {
    question: groupsQuestion(subject, args, selection),
    expected: [...starts].sort(([a], [b]) => (a === null ? 1 : b === null ? -1 : a < b ? -1 : 1)),
    read: (data) =>
      data.rows.map(({ by, aggregate }: { by: object; aggregate: { count: number } }) => [
        valueAt(by, { ...column, path }),
        aggregate.count,
      ]),
  };
}
