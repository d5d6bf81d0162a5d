// Rows of a collection, learnt from the port itself: the first by primary key, and each column's least, greatest and nulls.
import type { ScalarValue } from "../../schema/product/scalar.ts";
import type { Answer, Question, Tree } from "./ask.ts";
import { compareValues } from "./compare-values.ts";
import { keySelection, listQuestion, nest } from "./questions.ts";
import type { SampleRow } from "./sample-row.ts";
import type { Subject, TestedColumn, TestedReference } from "./subject.ts";

export type Sample = {
  /** In the order of the primary key. */
  readonly rows: readonly SampleRow[];
  /** Primary keys of which one list had several rows. */
  readonly twice: readonly (readonly ScalarValue[])[];
  /** Are these all the rows that the collection has? */
  readonly whole: boolean;
};

type AskAll = (question: Question) => Promise<Answer>;

/**
 * At most `rowsMax` rows, fewer where the collection declares that it answers fewer.
 * Rejects where the port refuses a list of its own rows.
 */
export async function takeSample(subject: Subject, rowsMax: number, ask: AskAll): Promise<Sample> {
  const { collection, key, columns } = subject;
  const most = Math.min(rowsMax, collection.rowsMax, collection.keysMax);
  const selection = sampleSelection(subject);
  const list = async (order: readonly object[], limit: number): Promise<readonly Tree[]> => {
    const page = collection.limit ? { limit } : {};
    const sorted = collection.sort === "exact" && order.length > 0 ? { order } : {};
    const { data, errors } = await ask(listQuestion(subject, { ...sorted, ...page }, selection));
    if (errors.length > 0 || !data)
      throw new Error(`${collection.name} does not list its rows: ${errors[0]?.message}`);
    return data.rows;
  };
  const first = await list(
    key.map((column) => nest(column, "asc")),
    most,
  );
  const whole = collection.limit ? first.length < most : first.length <= most;
  const ends = columns
    .filter(({ sortable }) => !whole && sortable)
    .flatMap((column) =>
      ["asc", "desc_nulls_last", ...(column.required ? [] : ["desc"])].map((direction) => [
        nest(column, direction),
      ]),
    );
  const extremes = await Promise.all(ends.map((order) => list(order, Math.min(2, most))));
  const textOf = (tree: Tree) => JSON.stringify(keyOf(tree, key));
  const trees = new Map([...extremes.flat(), ...first].map((tree) => [textOf(tree), tree]));
  const listed = new Set<string>();
  const again = first.filter((tree) => listed.size === listed.add(textOf(tree)).size);
  const kept = [...trees.values()].slice(0, most);
  const dangling = await Promise.all(
    subject.references.map((reference) => danglingKeys(reference, kept, ask)),
  );
  const rows = kept.map((tree): SampleRow => {
    const lost = subject.references.filter((reference, i) =>
      dangling[i]?.has(referenceText(reference, tree)),
    );
    return {
      key: keyOf(tree, key),
      values: Object.fromEntries(columns.map((column) => [column.name, valueAt(tree, column)])),
      dangling: lost.map(({ name }) => name),
    };
  });
  const twice = again.map((tree) => keyOf(tree, key));
  return { rows: rows.toSorted((a, b) => compareKeys(key, a, b)), twice, whole };
}

export function compareKeys(key: readonly TestedColumn[], a: SampleRow, b: SampleRow): number {
  for (const [i, { scalar }] of key.entries()) {
    const sign = compareValues(scalar, a.key[i] as ScalarValue, b.key[i] as ScalarValue);
    if (sign !== 0) return sign;
  }
  return 0;
}

export function keyOf(tree: Tree, key: readonly TestedColumn[]): readonly ScalarValue[] {
  return key.map(({ name }) => tree[name]);
}

/** Columns and the keys of references, as they are selected. */
export function sampleSelection({ key, columns, references }: Subject): string {
  const plain = [
    ...new Set([...key, ...columns].filter(({ reference }) => !reference).map(({ name }) => name)),
  ];
  const keys = references
    .filter((reference) => reference.key.length > 0)
    .map((reference) => `${reference.name} { ${keySelection(reference.key)} }`);
  return [...plain, ...keys].join(" ");
}

export function valueAt(tree: Tree, { path }: TestedColumn): ScalarValue | null {
  return path.reduce((inner, step) => inner?.[step] ?? null, tree);
}

function referenceText({ name, key }: TestedReference, tree: Tree): string {
  return JSON.stringify(tree[name] && key.map(({ path }) => tree[name][path.at(-1) as string]));
}

/** The keys among the trees' references that lead to no row of this port's own. */
async function danglingKeys(
  reference: TestedReference,
  trees: readonly Tree[],
  ask: AskAll,
): Promise<ReadonlySet<string>> {
  const { name, target, own, witness } = reference;
  if (!own || witness === undefined) return new Set();
  const keys = new Map(
    trees.filter((tree) => tree[name]).map((tree) => [referenceText(reference, tree), tree[name]]),
  );
  const query = `query ($of: [_Any!]!) { found: _entities(representations: $of) { ... on ${target} { ${witness} } } }`;
  const of = [...keys.values()].map((key) => ({ ...key, __typename: target }));
  const { data } = await ask({ query, variables: { of } });
  return new Set([...keys.keys()].filter((_, i) => data?.found?.[i] == null));
}
