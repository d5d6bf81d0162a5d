// Repair of the planner: a plan that leaves root fields out is no plan.
import {
  type DirectiveNode,
  type DocumentNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import type { FetchTree } from "../../plan/fetch-tree.ts";
import { type Fragments, fragmentsOf } from "./fragments-of.ts";

/**
 * Root fields, by response name, that no fetch of the tree asks for. Where the planner finds no way to what is
 * selected of a field, it leaves the field out and says nothing:
 *
 *     interface Node { id: ID! field: String }    resolved by `field` of an `@interfaceObject` that can't be asked
 *     { a { field } }  ⇒  QueryPlan {}            which would be answered with null and no error
 *
 * Introspection needs no fetch, nor does what no values of the variables can include.
 */
export function unplannedFields(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  tree: FetchTree | undefined,
): readonly string[] {
  const planned = tree ? rootNames(tree) : new Set<string>();
  return [...askedNames(fragmentsOf(document), operation.selectionSet, noAssumptions)].filter(
    (name) => !planned.has(name),
  );
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

/** Values of Boolean variables under which a selection is included. */
type Assumptions = Readonly<Record<string, boolean>>;
const noAssumptions: Assumptions = {};

function askedNames(
  fragments: Fragments,
  { selections }: SelectionSetNode,
  assumed: Assumptions,
): ReadonlySet<string> {
  const names = new Set<string>();
  for (const selection of selections) {
    const including = assume(assumed, selection.directives);
    if (!including) continue;
    if (selection.kind === Kind.FIELD) {
      const isOurs = selection.name.value.startsWith("__");
      if (!isOurs && isReachable(fragments, selection, including))
        names.add((selection.alias ?? selection.name).value);
      continue;
    }
    const inner = selectionOf(fragments, selection);
    if (inner) for (const name of askedNames(fragments, inner, including)) names.add(name);
  }
  return names;
}

/** Is there a leaf that can be included together with all that holds it? */
function isReachable(fragments: Fragments, selection: SelectionNode, assumed: Assumptions): boolean {
  const inner = selectionOf(fragments, selection);
  if (!inner) return selection.kind === Kind.FIELD;
  return inner.selections.some((each) => {
    const including = assume(assumed, each.directives);
    return including !== undefined && isReachable(fragments, each, including);
  });
}

function selectionOf(fragments: Fragments, selection: SelectionNode): SelectionSetNode | undefined {
  return selection.kind === Kind.FRAGMENT_SPREAD
    ? fragments.get(selection.name.value)?.selectionSet
    : selection.selectionSet;
}

/** Undefined where the directives contradict themselves or what is assumed. */
function assume(assumed: Assumptions, directives: readonly DirectiveNode[] = []): Assumptions | undefined {
  let all = assumed;
  for (const { name, arguments: given = [] } of directives) {
    const value = given[0]?.value;
    const wanted = name.value === "include";
    if (!wanted && name.value !== "skip") continue;
    if (value?.kind === Kind.BOOLEAN && value.value !== wanted) return undefined;
    if (value?.kind !== Kind.VARIABLE) continue;
    const variable = value.name.value;
    if (all[variable] === !wanted) return undefined;
    all = { ...all, [variable]: wanted };
  }
  return all;
}
