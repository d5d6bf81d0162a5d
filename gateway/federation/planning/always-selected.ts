// Repair of the planner: an object of which variables may leave nothing is fetched all the same.
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionSetNode,
  visit,
} from "graphql";
import { isCondition } from "./is-condition.ts";

/**
 * An object without any field is still there, or null; the planner fetches fields alone:
 *
 *     client: { a { x @include(if: $b) } }
 *     before: if $b { a { x } }                                    answered without $b: null, whatever `a` is
 *     after:  { a { __typename x @include(if: $b) } }              answered without $b: {}
 *
 * The same document where no selection can be emptied.
 */
export function selectAlways(document: DocumentNode): DocumentNode {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const each of document.definitions)
    if (each.kind === Kind.FRAGMENT_DEFINITION) fragments.set(each.name.value, each);
  const holdsAlways = new Map<SelectionSetNode, boolean>();
  const holds = (selection: SelectionSetNode): boolean => {
    const known = holdsAlways.get(selection);
    if (known !== undefined) return known;
    holdsAlways.set(selection, false); // a fragment within itself adds nothing
    const found = selection.selections.some((each) => {
      if (each.directives?.some(isCondition)) return false;
      if (each.kind === Kind.FIELD) return true;
      const inner =
        each.kind === Kind.INLINE_FRAGMENT ? each.selectionSet : fragments.get(each.name.value)?.selectionSet;
      return inner !== undefined && holds(inner);
    });
    holdsAlways.set(selection, found);
    return found;
  };
  return visit(document, {
    Field: (field): FieldNode | undefined => {
      const { selectionSet } = field;
      if (!selectionSet || holds(selectionSet)) return undefined;
      return {
        ...field,
        selectionSet: { ...selectionSet, selections: [typename, ...selectionSet.selections] },
      };
    },
  });
}

const typename: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: "__typename" } };
