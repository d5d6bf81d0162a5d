// The fields that a selection asks of an object of one type (GraphQL specification, 6.3.2).
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLIncludeDirective,
  type GraphQLNamedType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getDirectiveValues,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";

/** What a selection is read by. `conditions` holds every variable that stands in a `@skip` or `@include`. */
export type Selecting = {
  readonly schema: GraphQLSchema;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly conditions: Readonly<Record<string, boolean>>;
};

/** The fragments of a document, by name. */
export function fragmentsOf({ definitions }: DocumentNode): Selecting["fragments"] {
  return Object.fromEntries(
    definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [],
    ),
  );
}

/**
 * By response name, in the order of the answer, the nodes whose selections are merged. `type` may be an interface:
 * of an object whose subgraph knows no more.
 */
export function collectFields(
  selecting: Selecting,
  type: GraphQLNamedType,
  selections: readonly SelectionSetNode[],
): ReadonlyMap<string, readonly FieldNode[]> {
  const fields = new Map<string, FieldNode[]>();
  const seen = new Set<string>();
  const visit = (selection: SelectionNode): void => {
    if (!isIncluded(selection, selecting.conditions)) return;
    switch (selection.kind) {
      case Kind.FIELD: {
        const name = selection.alias?.value ?? selection.name.value;
        const nodes = fields.get(name);
        if (nodes) nodes.push(selection);
        else fields.set(name, [selection]);
        return;
      }
      case Kind.INLINE_FRAGMENT: {
        const condition = selection.typeCondition?.name.value;
        if (condition === undefined || applies(selecting.schema, condition, type))
          selection.selectionSet.selections.forEach(visit);
        return;
      }
      case Kind.FRAGMENT_SPREAD: {
        const { value } = selection.name;
        const fragment = selecting.fragments[value];
        if (seen.has(value) || !fragment) return;
        seen.add(value);
        if (applies(selecting.schema, fragment.typeCondition.name.value, type))
          fragment.selectionSet.selections.forEach(visit);
      }
    }
  };
  for (const { selections: all } of selections) all.forEach(visit);
  return fields;
}

/**
 * Is anything asked of some objects of an abstract type and not of others?
 * Then what is asked of one can't be told without its type.
 */
export function asksByType(
  selecting: Selecting,
  type: GraphQLNamedType,
  selections: readonly SelectionSetNode[],
): boolean {
  const seen = new Set<string>();
  const narrows = (condition: string | undefined, { selections: all }: SelectionSetNode): boolean =>
    (condition !== undefined && !applies(selecting.schema, condition, type)) || all.some(visit);
  const visit = (selection: SelectionNode): boolean => {
    if (!isIncluded(selection, selecting.conditions)) return false;
    switch (selection.kind) {
      case Kind.FIELD:
        return false;
      case Kind.INLINE_FRAGMENT:
        return narrows(selection.typeCondition?.name.value, selection.selectionSet);
      case Kind.FRAGMENT_SPREAD: {
        const { value } = selection.name;
        const fragment = selecting.fragments[value];
        if (seen.has(value) || !fragment) return false;
        seen.add(value);
        return narrows(fragment.typeCondition.name.value, fragment.selectionSet);
      }
    }
  };
  return selections.some(({ selections: all }) => all.some(visit));
}

/** By its `@skip` and `@include`. */
export function isIncluded(selection: SelectionNode, conditions: Readonly<Record<string, boolean>>): boolean {
  if (!selection.directives?.length) return true;
  const skip = getDirectiveValues(GraphQLSkipDirective, selection, conditions);
  if (skip?.if === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, selection, conditions)?.if !== false;
}

function applies(schema: GraphQLSchema, condition: string, type: GraphQLNamedType): boolean {
  if (condition === type.name) return true;
  const conditional = schema.getType(condition);
  if (!isAbstractType(conditional)) return false;
  return (isObjectType(type) || isInterfaceType(type)) && schema.isSubType(conditional, type);
}
