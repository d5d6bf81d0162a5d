// Repair of the planner: fragments at the root of a mutation are written out, so that its fields keep their order.
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  OperationTypeNode,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";

/**
 * The planner takes fragments on one type for one fragment, which stands where the first of them does:
 *
 *     client: mutation { a ...on Mutation { a } b ...on Mutation { c } }
 *     before: a, c, b
 *     after:  mutation { a a b c }
 *
 * A fragment with a directive stays as it is. The same document where a mutation's root has no fragment. The document
 * is valid.
 */
export function writeOutRootFragments(document: DocumentNode): DocumentNode {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const each of document.definitions)
    if (each.kind === Kind.FRAGMENT_DEFINITION) fragments.set(each.name.value, each);
  const writtenOut = ({ selections }: SelectionSetNode): SelectionNode[] =>
    selections.flatMap((each) => {
      if (each.kind === Kind.FIELD || each.directives?.length) return [each];
      const inner = each.kind === Kind.INLINE_FRAGMENT ? each : fragments.get(each.name.value);
      return inner ? writtenOut(inner.selectionSet) : [];
    });
  let isSame = true;
  const definitions = document.definitions.map((each) => {
    if (each.kind !== Kind.OPERATION_DEFINITION || each.operation !== OperationTypeNode.MUTATION) return each;
    if (each.selectionSet.selections.every(({ kind }) => kind === Kind.FIELD)) return each;
    isSame = false;
    return { ...each, selectionSet: { ...each.selectionSet, selections: writtenOut(each.selectionSet) } };
  });
  return isSame ? document : { ...document, definitions };
}
