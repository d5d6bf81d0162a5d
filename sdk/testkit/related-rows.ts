// The other side of a relationship within the port: rows that references lead to, and what an input there can ask.
import type { ScalarValue } from "../../schema/product/scalar.ts";
import type { Bench, Known } from "./check.ts";
import { keyOf, sampleSelection, valueAt } from "./sample.ts";
import type { SampleRow } from "./sample-row.ts";
import {
  fieldsOf,
  isExact,
  type Subject,
  type TestedColumn,
  type TestedReference,
  typeAt,
} from "./subject.ts";

/** What a row's reference holds, as text; undefined where any part of it is null. */
export function heldKey({ key }: TestedReference, row: SampleRow): string | undefined {
  const values = key.map(({ name }) => row.values[name] ?? null);
  return values.includes(null) ? undefined : JSON.stringify(values);
}

/** The same text of a row that references may lead to. */
export function foundKey({ key }: TestedReference, target: SampleRow): string {
  return JSON.stringify(key.map(({ path }) => target.values[path.at(-1) as string] ?? null));
}

export type Led = { readonly row: SampleRow; readonly target: SampleRow | undefined };

/** The sampled rows, each with the row that its reference leads to; learnt by `_entities`, at most `keysMax` of them. */
export async function rowsLed(
  { sample, ask }: Bench,
  reference: TestedReference,
  { subject }: Known,
): Promise<readonly Led[]> {
  const keys = new Map<string, readonly ScalarValue[]>();
  for (const row of sample.rows) {
    const held = heldKey(reference, row);
    if (held !== undefined && keys.size < subject.collection.keysMax)
      keys.set(
        held,
        reference.key.map(({ name }) => row.values[name] as ScalarValue),
      );
  }
  const names = reference.key.map(({ path }) => path.at(-1) as string);
  const of = [...keys.values()].map((values) => ({
    __typename: subject.entity,
    ...Object.fromEntries(names.map((name, i) => [name, values[i]])),
  }));
  const query = `query ($of: [_Any!]!) { found: _entities(representations: $of) { ... on ${subject.entity} { ${sampleSelection(subject)} } } }`;
  const { data, errors } = await ask({ query, variables: { of } });
  if (errors.length > 0 || !data) throw new Error(`${subject.entity} is not found: ${errors[0]?.message}`);
  const targets = new Map([...keys.keys()].map((held, i) => [held, targetRow(data.found[i], subject)]));
  return sample.rows.flatMap((row) => {
    const held = heldKey(reference, row);
    if (held === undefined) return { row, target: undefined };
    return keys.has(held) ? { row, target: targets.get(held) } : [];
  });
}

function targetRow(tree: object | null, { key, columns }: Subject): SampleRow | undefined {
  if (!tree) return undefined;
  const values = Object.fromEntries(columns.map((column) => [column.name, valueAt(tree, column)]));
  return { key: keyOf(tree, key), values, dangling: [] };
}

/** The other side's subject, its columns as far as the `where` of `from` can ask them at `field`. */
export function subjectAt(
  { schema }: Pick<Bench, "schema">,
  from: Subject,
  field: string,
  other: Subject,
): Subject {
  const input = typeAt({ type: schema.getType(from.whereType ?? "") }, [field]);
  const narrowed = (column: TestedColumn): TestedColumn => {
    const tests = fieldsOf(typeAt({ type: input }, column.path));
    const exact = column.offered.filter(
      (operator) => operator in tests && isExact(from.collection, operator),
    );
    return { ...column, operators: exact, exact };
  };
  return { ...other, key: other.key.map(narrowed), columns: other.columns.map(narrowed) };
}
