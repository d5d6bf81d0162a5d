// What is selected beneath the field being resolved: fragments opened, `@skip` and `@include` obeyed.
import {
  type FieldNode,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  getArgumentValues,
  getDirectiveValues,
  getNamedType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";

export type Selected = {
  readonly name: string;
  /** What it is called in the answer. */
  readonly responseKey: string;
  readonly node: FieldNode;
  /** Coerced arguments. Computed when asked for: few fields beneath a list have any. */
  readonly arguments: () => Readonly<Record<string, unknown>>;
  readonly fields: readonly Selected[];
};

const rowsSuffix = ":rows";

/** The name under which a list of plain rows is executed. No document can hold it: it is no GraphQL name. */
export function rowsName(field: string): string {
  return `${field}${rowsSuffix}`;
}

/** The name of a selected field as the caller wrote it. */
export function fieldName({ name: { value } }: FieldNode): string {
  return value.endsWith(rowsSuffix) ? value.slice(0, -rowsSuffix.length) : value;
}

/** The fields selected on `type` beneath the field being resolved, once for each time they are written. */
export function selectedFields(info: GraphQLResolveInfo, type: GraphQLObjectType): readonly Selected[] {
  return info.fieldNodes.flatMap(({ selectionSet }) => collect(selectionSet, type, info));
}

/** The object type that the field being resolved returns. */
export function returnedType(info: GraphQLResolveInfo): GraphQLObjectType {
  return getNamedType(info.returnType) as GraphQLObjectType;
}

function collect(
  set: SelectionSetNode | undefined,
  type: GraphQLObjectType,
  info: GraphQLResolveInfo,
): readonly Selected[] {
  const included = (set?.selections ?? []).filter((node) => isIncluded(node, info));
  return included.flatMap((node) => opened(node, type, info));
}

function opened(node: SelectionNode, type: GraphQLObjectType, info: GraphQLResolveInfo): readonly Selected[] {
  switch (node.kind) {
    case Kind.FIELD:
      return [selectedField(node, type, info)];
    case Kind.INLINE_FRAGMENT:
      return covers(node.typeCondition?.name.value, type, info) ? collect(node.selectionSet, type, info) : [];
    case Kind.FRAGMENT_SPREAD: {
      const fragment = info.fragments[node.name.value];
      const condition = fragment?.typeCondition.name.value;
      return covers(condition, type, info) ? collect(fragment?.selectionSet, type, info) : [];
    }
  }
}

function selectedField(node: FieldNode, type: GraphQLObjectType, info: GraphQLResolveInfo): Selected {
  const name = fieldName(node);
  const field = type.getFields()[name];
  const inner = field && getNamedType(field.type);
  return {
    name,
    responseKey: node.alias?.value ?? name,
    node,
    arguments: () => (field ? getArgumentValues(field, node, info.variableValues) : {}),
    fields: isObjectType(inner) ? collect(node.selectionSet, inner, info) : [],
  };
}

function isIncluded(node: SelectionNode, { variableValues }: GraphQLResolveInfo): boolean {
  if (!node.directives?.length) return true;
  const skip = getDirectiveValues(GraphQLSkipDirective, node, variableValues);
  const include = getDirectiveValues(GraphQLIncludeDirective, node, variableValues);
  return skip?.if !== true && include?.if !== false;
}

function covers(condition: string | undefined, type: GraphQLObjectType, info: GraphQLResolveInfo): boolean {
  if (condition === undefined || condition === type.name) return true;
  const abstract = info.schema.getType(condition);
  return abstract !== undefined && "getTypes" in abstract && abstract.getTypes().includes(type);
}
