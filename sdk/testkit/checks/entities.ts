// `_entities`: in the order asked, as often as asked, null where there is none, many at once.
import { type Bench, type Check, firstDifference, refusal, type Trial } from "../check.ts";
import { sampleSelection, valueAt } from "../sample.ts";
import type { SampleRow } from "../sample-row.ts";
import { unknownKey, unknownKeys } from "../unknown-key.ts";

export const entities: Check = {
  name: "entities",
  says: "Representations are answered one for one, unknown ones by null, more than `keysMax` by an error.",
  skips: ({ subject: { key } }) => (key.length > 0 ? undefined : "it has no key of plain columns"),
  run: async (bench) =>
    (await firstDifference(bench, trialsOf(bench))) ?? (await firstDifference(bench, manyAtOnce(bench))),
};

/** `keysMax` different keys are answered, rows and nulls; one more is refused, and nothing cut off. */
function* manyAtOnce(bench: Bench): Iterable<Trial> {
  const { subject, sample } = bench;
  const { keysMax } = subject.collection;
  const known = sample.rows.slice(0, Math.max(0, keysMax - 1)).map(({ key }) => key);
  const unknown = unknownKeys(subject, sample, keysMax + 1 - known.length);
  if (unknown.length === 0) return;
  yield entitiesTrial(bench, [...unknown.slice(1), ...known]);
  yield refusal(entitiesTrial(bench, [...unknown, ...known]).question);
}

function* trialsOf(bench: Bench): Iterable<Trial> {
  const { subject, sample } = bench;
  const keys = sample.rows.map(({ key }) => key);
  const unknown = unknownKey(subject, sample);
  yield entitiesTrial(bench, keys);
  yield entitiesTrial(bench, keys.toReversed());
  yield entitiesTrial(bench, []);
  const [first, second = first, third = second] = keys;
  if (!first || !second || !third) return;
  yield entitiesTrial(bench, [third, first, third, second, first]);
  if (!unknown) return;
  yield entitiesTrial(bench, [unknown]);
  yield entitiesTrial(bench, [second, unknown, first, unknown, third]);
  yield entitiesTrial(bench, [...keys.toReversed(), unknown, ...keys].slice(0, subject.collection.keysMax));
}

export function entitiesTrial({ subject, sample }: Bench, keys: readonly SampleRow["key"][]): Trial {
  const { entity, key, columns } = subject;
  const rows = new Map(sample.rows.map((row) => [JSON.stringify(row.key), row.values]));
  return {
    question: {
      query: `query ($of: [_Any!]!) { found: _entities(representations: $of) { ... on ${entity} { ${sampleSelection(subject)} } } }`,
      variables: {
        of: keys.map((values) => ({
          __typename: entity,
          ...Object.fromEntries(key.map(({ name }, i) => [name, values[i]])),
        })),
      },
    },
    expected: keys.map((each) => rows.get(JSON.stringify(each)) ?? null),
    read: ({ found }) =>
      found.map(
        (tree: object | null) =>
          tree && Object.fromEntries(columns.map((column) => [column.name, valueAt(tree, column)])),
      ),
  };
}
