// `_by_pk`: the row of the list, the same each time, and null where there is none.
import { type Bench, type Check, firstDifference, type Trial } from "../check.ts";
import { sampleSelection, valueAt } from "../sample.ts";
import type { SampleRow } from "../sample-row.ts";
import { unknownKey } from "../unknown-key.ts";

const rowsMax = 50;

export const byKey: Check = {
  name: "by-key",
  says: "Each key leads to the row that the list showed, again and again; an unknown one to null.",
  skips: ({ subject: { collection, key } }) =>
    collection.byPk && key.length > 0 ? undefined : "it declares no `byPk`",
  run: async (bench) => {
    const trials = [...trialsOf(bench)];
    return (await firstDifference(bench, trials)) ?? (await firstDifference(bench, trials.slice(0, 10)));
  },
};

function* trialsOf({ subject, sample }: Bench): Iterable<Trial> {
  const { collection, key, columns } = subject;
  const declared = key.map(({ name, scalar }) => `$${name}: ${scalar}!`).join(", ");
  const given = key.map(({ name }) => `${name}: $${name}`).join(", ");
  const query = `query (${declared}) { row: ${collection.byPk}(${given}) { ${sampleSelection(subject)} } }`;
  const question = (values: SampleRow["key"]) => ({
    query,
    variables: Object.fromEntries(key.map(({ name }, i) => [name, values[i]])),
  });
  for (const row of spread(sample.rows))
    yield {
      question: question(row.key),
      expected: row.values,
      read: (data) =>
        data.row && Object.fromEntries(columns.map((column) => [column.name, valueAt(data.row, column)])),
    };
  const unknown = unknownKey(subject, sample);
  if (unknown) yield { question: question(unknown), expected: null, read: (data) => data.row };
}

function spread(rows: readonly SampleRow[]): readonly SampleRow[] {
  const step = Math.max(1, Math.ceil(rows.length / rowsMax));
  return rows.filter((_, i) => i % step === 0);
}
