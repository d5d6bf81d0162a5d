// Finds what a field of a template brought, by the name that its data was fetched under.
import type { FieldNode } from "graphql";
import { isObject } from "../../../schema/product/is-object.ts";
import type { ScalarValue } from "../../../schema/product/scalar.ts";
import type { FetchedColumn } from "../../plan/field-plan.ts";
import { fieldSignature } from "../../plan/field-signature.ts";
import type { Json } from "../federated/own.ts";
import type { FlatRow } from "../rows/flat-row.ts";

type Aliases = Readonly<Record<string, string>>;

export function fetchedName(node: FieldNode, aliases: Aliases): string {
  return aliases[fieldSignature(node)] ?? (node.alias ?? node.name).value;
}

/** Reads the columns of a fetched object; null where what they stand in is. */
export function columnReader(columns: readonly FetchedColumn[], aliases: Aliases): (object: Json) => FlatRow {
  const paths = columns.map(({ column, path }) => ({
    column,
    names: path.map((node) => fetchedName(node, aliases)),
  }));
  return (object) =>
    Object.fromEntries(
      paths.map(({ column, names }) => [column, valueAt(object, names) as ScalarValue | null]),
    );
}

function valueAt(object: Json, names: readonly string[]): unknown {
  let value: unknown = object;
  for (const name of names) {
    if (!isObject(value)) return null;
    value = value[name];
  }
  return value ?? null;
}
