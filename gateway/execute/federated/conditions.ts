// The Boolean variables that decide what an operation asks for at all.
import {
  type ConstDirectiveNode,
  type DirectiveNode,
  type DocumentNode,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  Kind,
  visit,
} from "graphql";
import type { FetchTree } from "../../plan/fetch-tree.ts";
import type { Conditions } from "./schedule.ts";

/** Names of variables in `@skip`, in `@include` and in the conditions of the tree, in a fixed order. */
export function conditionNames(document: DocumentNode, tree: FetchTree | undefined): readonly string[] {
  const names = new Set<string>();
  visit(document, {
    Directive: (node: DirectiveNode | ConstDirectiveNode) => {
      if (node.name.value !== GraphQLSkipDirective.name && node.name.value !== GraphQLIncludeDirective.name)
        return;
      for (const { value } of node.arguments ?? [])
        if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  if (tree) addTreeConditions(tree, names);
  return [...names].sort();
}

function addTreeConditions(tree: FetchTree, names: Set<string>): void {
  switch (tree.kind) {
    case "fetch":
      return;
    case "sequence":
    case "parallel":
      for (const node of tree.nodes) addTreeConditions(node, names);
      return;
    case "condition":
      names.add(tree.variable);
      for (const branch of [tree.whenTrue, tree.whenFalse]) if (branch) addTreeConditions(branch, names);
  }
}

export function readConditions(
  names: readonly string[],
  variables: Readonly<Record<string, unknown>>,
): Conditions {
  return Object.fromEntries(names.map((name) => [name, variables[name] === true]));
}
