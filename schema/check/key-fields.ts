// The fields of a key's text: `id`, `airline number`, `organization { id }` as `organization.id`.
import { Kind, parse, type SelectionSetNode } from "graphql";

/** [] for a key that cannot be read: composition tells of it. */
export function keyFields(key: string): readonly string[] {
  try {
    const [definition] = parse(`{ ${key} }`, { noLocation: true }).definitions;
    return definition?.kind === Kind.OPERATION_DEFINITION ? pathsOf(definition.selectionSet) : [];
  } catch {
    return [];
  }
}

function pathsOf({ selections }: SelectionSetNode): readonly string[] {
  return selections.flatMap((field) => {
    if (field.kind !== Kind.FIELD) return [];
    const name = field.name.value;
    return field.selectionSet ? pathsOf(field.selectionSet).map((path) => `${name}.${path}`) : [name];
  });
}
