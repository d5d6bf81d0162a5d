// What a selection may bring, by response name.
import { Kind, type SelectionSetNode } from "graphql";
import type { Received } from "../../plan/fetch-tree.ts";

/** Over all type conditions: a name that stands under several is one. */
export function received(...selections: readonly SelectionSetNode[]): readonly Received[] {
  const inner = new Map<string, { readonly of: string; readonly sets: SelectionSetNode[] }>();
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
      if (selection.kind !== Kind.FIELD) continue;
      const name = (selection.alias ?? selection.name).value;
      const field = selection.name.value;
      const known = inner.get(name) ?? { of: field, sets: [] };
      inner.set(name, known.of === field ? known : { ...known, of: "" });
      if (selection.selectionSet) known.sets.push(selection.selectionSet);
    }
  };
  selections.forEach(collect);
  return [...inner].map(([name, { of, sets }]) => ({
    name,
    ...(of !== name && { of }),
    ...(sets.length > 0 && { fields: received(...sets) }),
  }));
}
