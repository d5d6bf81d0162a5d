// Selects columns of a list's rows, and says where each stands in what is answered.
import type { MeshCollection } from "../../../schema/product/mesh.ts";
import { type Facts, relationOf } from "../../plan/facts.ts";
import type { Answered } from "./read-answered.ts";
import { keyPrefix, writeSelection } from "./write-selection.ts";

/**
 * The key of a reference is selected apart from what the reference leads to: beside other fields it would be null where it
 * dangles, and it is the row's own.
 *
 *     customer.id, customer.name   →   weft_key_customer: customer { id } customer { name }
 */
export function selectColumns(
  facts: Facts,
  collection: MeshCollection,
  columns: readonly string[],
): { readonly selection: string; readonly answered: readonly Answered[] } {
  const answered = columns.map((column) => ({
    column,
    path: pathOf(facts, collection, column.split(".")),
  }));
  return { selection: writeSelection(answered.map(({ path }) => path.join("."))), answered };
}

function pathOf(
  facts: Facts,
  collection: MeshCollection | undefined,
  [first = "", ...rest]: readonly string[],
): readonly string[] {
  if (rest.length === 0) return [first];
  const relation = collection && relationOf(facts, collection, first);
  const [field = "", ...deeper] = rest;
  if (deeper.length === 0 && relation?.there.includes(field)) return [`${keyPrefix}${first}`, field];
  return [first, ...pathOf(facts, relation?.to, rest)];
}
