// Repair of the planner: the variables for whose values an operation is planned apart.
import {
  type DirectiveNode,
  type DocumentNode,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import { type Fragments, fragmentsOf } from "./fragments-of.ts";
import { isCondition } from "./is-condition.ts";
import type { SupergraphFacts } from "./supergraph-facts.ts";

/**
 * Names of Boolean variables by which the planner can't plan both cases at once: those that decide about a computed
 * field,
 *
 *     type A { name: String  sum: Int @requires(fields: "x") }, where another subgraph answers `x`
 *
 *     client: { a { name sum @skip(if: $b) } }
 *     before: { a { x @skip(if: $b) } }, then, where an `x` came: { name sum @skip(if: $b) }      name is null if $b
 *     after:  if $b { a { name } }, else { a { x } }, then, where an `x` came: { name sum }
 *
 * and, in a mutation that has a root field twice, or a fragment with a condition, those that decide about its root fields:
 *
 *     client: mutation { add remove add @include(if: $b) }
 *     before: add, remove, and if $b add again
 *     after:  if $b add, remove, else add, remove
 *
 *     client: mutation { ... @include(if: $b) { add } remove ... @include(if: $b) { count } }
 *     before: if $b add, count, then remove
 *     after:  if $b add, remove, count, else remove
 */
export function decidingVariables(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  computed: ReadonlySet<string>,
): readonly string[] {
  const fragments = fragmentsOf(document);
  const names = new Set<string>();
  if (operation.operation === OperationTypeNode.MUTATION)
    for (const name of repeatedly(operation.selectionSet, fragments)) names.add(name);

  const holds = new Map<SelectionSetNode, boolean>();
  /** Is a computed field in it? Notes the variables that decide about one. */
  const holdsComputed = (set: SelectionSetNode): boolean => {
    const known = holds.get(set);
    if (known !== undefined) return known;
    const those = set.selections.filter(isOrHoldsComputed);
    for (const { directives } of those) for (const name of conditionsOf(directives)) names.add(name);
    holds.set(set, those.length > 0);
    return those.length > 0;
  };
  const isOrHoldsComputed = (selection: SelectionNode): boolean => {
    const inner = innerOf(selection, fragments);
    const isHeld = inner !== undefined && holdsComputed(inner);
    return isHeld || (selection.kind === Kind.FIELD && computed.has(selection.name.value));
  };
  holdsComputed(operation.selectionSet);
  return [...names].sort();
}

/** Names of the fields that have a `@requires` somewhere. */
export function computedFields({ types }: SupergraphFacts): ReadonlySet<string> {
  return new Set(
    [...types.values()].flatMap(({ fields }) =>
      [...fields].flatMap(([name, { inSubgraphs }]) =>
        inSubgraphs.some(({ requires }) => requires !== undefined) ? [name] : [],
      ),
    ),
  );
}

function innerOf(selection: SelectionNode, fragments: Fragments): SelectionSetNode | undefined {
  return selection.kind === Kind.FRAGMENT_SPREAD
    ? fragments.get(selection.name.value)?.selectionSet
    : selection.selectionSet;
}

/** The variables that decide about fields of the root, where one stands there twice or in a fragment with a condition. */
function repeatedly(root: SelectionSetNode, fragments: Fragments): readonly string[] {
  const seen = new Set<string>();
  const names: string[] = [];
  let isApart = false;
  const walk = (set: SelectionSetNode): void => {
    for (const each of set.selections) {
      const conditions = conditionsOf(each.directives);
      names.push(...conditions);
      const name = nameOf(each);
      if (name !== undefined && seen.has(name)) {
        isApart = true;
        continue;
      }
      if (name !== undefined) seen.add(name);
      if (each.kind === Kind.FIELD) continue;
      isApart ||= conditions.length > 0;
      const inner = innerOf(each, fragments);
      if (inner) walk(inner);
    }
  };
  walk(root);
  return isApart ? names : [];
}

/** The response name of a field, or the name of a fragment as it is spread; an inline fragment has none. */
function nameOf(selection: SelectionNode): string | undefined {
  switch (selection.kind) {
    case Kind.FIELD:
      return (selection.alias ?? selection.name).value;
    case Kind.FRAGMENT_SPREAD:
      return `...${selection.name.value}`;
    case Kind.INLINE_FRAGMENT:
      return undefined;
  }
}

function conditionsOf(directives: readonly DirectiveNode[] = []): readonly string[] {
  return directives.filter(isCondition).flatMap(({ arguments: given = [] }) => {
    const value = given[0]?.value;
    return value?.kind === Kind.VARIABLE ? [value.name.value] : [];
  });
}
