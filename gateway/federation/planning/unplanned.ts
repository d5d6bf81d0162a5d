// Repair of the planner: a plan that leaves root fields out is no plan.
import {
  type DirectiveNode,
  type DocumentNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import type { FetchTree } from "../../plan/fetch-tree.ts";

/**
 * Root fields, by response name, that no fetch of the tree asks for. Where the planner finds no way to what is
 * selected of a field, it leaves the field out and says nothing:
 *
 *     interface Node { id: ID! field: String }    resolved by `field` of an `@interfaceObject` that can't be asked
 *     { a { field } }  ⇒  QueryPlan {}            which would be answered with null and no error
 *
 * Introspection and what is never included need no fetch.
 */
export function unplannedFields(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  tree: FetchTree | undefined,
): readonly string[] {
  const planned = tree ? rootNames(tree) : new Set<string>();
  return [...askedNames(document, operation.selectionSet)].filter((name) => !planned.has(name));
}

function rootNames(tree: FetchTree): ReadonlySet<string> {
  switch (tree.kind) {
    case "fetch":
      return new Set(tree.at.length === 0 && !tree.entities ? tree.receives.map(({ name }) => name) : []);
    case "condition":
      return union([tree.whenTrue, tree.whenFalse].filter((each) => each !== undefined));
    case "sequence":
    case "parallel":
      return union(tree.nodes);
  }
}

function union(trees: readonly FetchTree[]): ReadonlySet<string> {
  return new Set(trees.flatMap((tree) => [...rootNames(tree)]));
}

function askedNames(document: DocumentNode, { selections }: SelectionSetNode): ReadonlySet<string> {
  const names = new Set<string>();
  for (const selection of selections) {
    if (isNeverIncluded(selection.directives)) continue;
    switch (selection.kind) {
      case Kind.FIELD:
        if (!selection.name.value.startsWith("__")) names.add((selection.alias ?? selection.name).value);
        break;
      case Kind.INLINE_FRAGMENT:
        for (const name of askedNames(document, selection.selectionSet)) names.add(name);
        break;
      case Kind.FRAGMENT_SPREAD:
        for (const definition of document.definitions)
          if (definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === selection.name.value)
            for (const name of askedNames(document, definition.selectionSet)) names.add(name);
    }
  }
  return names;
}

function isNeverIncluded(directives: readonly DirectiveNode[] = []): boolean {
  return directives.some(({ name, arguments: given = [] }) => {
    const value = given[0]?.value;
    if (value?.kind !== Kind.BOOLEAN) return false;
    return name.value === "skip" ? value.value : name.value === "include" && !value.value;
  });
}
