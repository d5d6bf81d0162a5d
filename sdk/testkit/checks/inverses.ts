// To-manies: under each parent the rows that lead to it, in order, by pages of its own.
import type { ScalarValue } from "../../../schema/product/scalar.ts";
import type { Question } from "../ask.ts";
import { type Bench, type Check, firstDifference, isSame, needsRestriction, type Trial } from "../check.ts";
import { among, keySelection } from "../questions.ts";
import { keyOf } from "../sample.ts";
import type { SampleRow } from "../sample-row.ts";
import type { Subject, TestedReference } from "../subject.ts";

export const inverses: Check = {
  name: "inverses",
  says: "The to-many that inverts a reference has, under each parent, the rows that lead there.",
  skips: (bench) =>
    bench.subject.references.some(({ inverse }) => inverse)
      ? needsRestriction(bench)
      : "no reference of it has an inverse here",
  run: (bench) => firstDifference(bench, trialsOf(bench)),
};

function* trialsOf(bench: Bench): Iterable<Trial> {
  for (const reference of bench.subject.references.filter(({ inverse }) => inverse)) {
    const parents = parentsOf(reference, bench.sample.rows);
    if (parents.length === 0) continue;
    const { limit, sort } = bench.subject.collection;
    yield listTrial(bench, reference, parents);
    if (limit && sort === "exact") yield listTrial(bench, reference, parents, 1);
    if (reference.inverseAggregate) yield countTrial(bench, reference, parents);
  }
}

/** Rows by the parent that they lead to. */
export type Parent = { readonly key: readonly ScalarValue[]; readonly rows: readonly SampleRow[] };

const parentsMax = 40;

export function parentsOf({ name, key }: TestedReference, rows: readonly SampleRow[]): readonly Parent[] {
  const parents = new Map<string, { key: ScalarValue[]; rows: SampleRow[] }>();
  for (const row of rows.filter(({ dangling }) => !dangling.includes(name))) {
    const values = key.flatMap((column) => row.values[column.name] ?? []);
    if (values.length < key.length) continue;
    const parent = parents.get(JSON.stringify(values)) ?? { key: values, rows: [] };
    parents.set(JSON.stringify(values), { ...parent, rows: [...parent.rows, row] });
  }
  return [...parents.values()].slice(0, parentsMax);
}

/** What stands under each parent, all parents in one question. */
export function underParents(
  subject: Subject,
  { target, key }: TestedReference,
  parents: readonly Parent[],
  selection: string,
): Question {
  const rows = parents.flatMap((parent) => parent.rows);
  return {
    query: `query ($of: [_Any!]!, $where: ${subject.whereType}) { found: _entities(representations: $of) { ... on ${target} { ${selection} } } }`,
    variables: {
      of: parents.map((parent) => ({
        __typename: target,
        ...Object.fromEntries(key.map(({ path }, i) => [path.at(-1), parent.key[i]])),
      })),
      where: among(rows, subject),
    },
  };
}

function listTrial(
  { subject }: Bench,
  reference: TestedReference,
  parents: readonly Parent[],
  limit?: number,
): Trial {
  const page = limit === undefined ? "" : `, limit: ${limit}`;
  const selection = `rows: ${reference.inverse}(where: $where${page}) { ${keySelection(subject.key)} }`;
  return {
    question: underParents(subject, reference, parents, selection),
    expected: parents.map(({ rows }) => rows.slice(0, limit).map(({ key }) => key)),
    read: ({ found }) =>
      found.map((parent: { rows: readonly object[] } | null) =>
        parent?.rows.map((tree) => keyOf(tree, subject.key)),
      ),
    agrees: (expected, came) =>
      subject.collection.sort === "exact"
        ? isSame(expected, came)
        : isSame(unordered(expected), unordered(came)),
  };
}

/** Each parent's rows as a set. */
function unordered(lists: unknown): readonly unknown[] {
  return (lists as readonly (readonly unknown[] | undefined)[]).map((keys) =>
    keys?.map((key) => JSON.stringify(key)).toSorted(),
  );
}

function countTrial({ subject }: Bench, reference: TestedReference, parents: readonly Parent[]): Trial {
  const selection = `of: ${reference.inverseAggregate}(where: $where) { aggregate { count } }`;
  return {
    question: underParents(subject, reference, parents, selection),
    expected: parents.map(({ rows }) => rows.length),
    read: ({ found }) =>
      found.map((parent: { of: { aggregate: { count: number } } } | null) => parent?.of.aggregate.count),
  };
}
