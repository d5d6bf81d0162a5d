// Repair of the planner: keys that a subgraph can be asked by stand before those that it can't.
import { type ConstDirectiveNode, type DocumentNode, visit } from "graphql";
import { applied } from "./supergraph-facts.ts";

/**
 * To come back to a subgraph with what a `@requires` asked for, the planner takes the first key of the type there,
 * even one that is not resolvable:
 *
 *     type A @key(fields: "code", resolvable: false) @key(fields: "id size") { …  nameInB @requires(fields: "name") }
 *     before: _entities(representations: { __typename: "A", code: …, name: … })
 *     after:  _entities(representations: { __typename: "A", id: …, size: …, name: … })
 *
 * Keys have no order of their own, so theirs may be changed before the planner sees them.
 */
export function resolvableKeysFirst(supergraph: DocumentNode): DocumentNode {
  const sorted = <Node extends { readonly directives?: readonly ConstDirectiveNode[] | undefined }>(
    node: Node,
  ): Node | undefined => {
    const directives = [...(node.directives ?? [])];
    const isLast = (directive: ConstDirectiveNode) =>
      applied([directive], "join__type").some(({ resolvable }) => resolvable === false);
    if (!directives.some(isLast)) return undefined;
    return { ...node, directives: [...directives.filter((d) => !isLast(d)), ...directives.filter(isLast)] };
  };
  return visit(supergraph, { ObjectTypeDefinition: sorted, InterfaceTypeDefinition: sorted });
}
