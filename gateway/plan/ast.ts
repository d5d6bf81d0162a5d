// Makes parts of documents.
import {
  type ArgumentNode,
  type FieldNode,
  Kind,
  type NameNode,
  type SelectionNode,
  type SelectionSetNode,
  type TypeNode,
  type VariableDefinitionNode,
} from "graphql";

export function nameNode(value: string): NameNode {
  return { kind: Kind.NAME, value };
}

export function fieldNode(
  name: string,
  parts: {
    readonly alias?: string | undefined;
    readonly arguments?: readonly ArgumentNode[];
    readonly selections?: readonly SelectionNode[];
  },
): FieldNode {
  const { alias, selections } = parts;
  return {
    kind: Kind.FIELD,
    name: nameNode(name),
    ...(alias !== undefined && { alias: nameNode(alias) }),
    arguments: parts.arguments ?? [],
    ...(selections && { selectionSet: selectionSet(selections) }),
  };
}

export function selectionSet(selections: readonly SelectionNode[]): SelectionSetNode {
  return { kind: Kind.SELECTION_SET, selections };
}

/** `name: $variable` */
export function variableArgument(name: string, variable: string): ArgumentNode {
  const value = { kind: Kind.VARIABLE, name: nameNode(variable) } as const;
  return { kind: Kind.ARGUMENT, name: nameNode(name), value };
}

export function variableDefinition(variable: string, type: TypeNode): VariableDefinitionNode {
  return {
    kind: Kind.VARIABLE_DEFINITION,
    variable: { kind: Kind.VARIABLE, name: nameNode(variable) },
    type,
  };
}

export function namedType(name: string): TypeNode {
  return { kind: Kind.NAMED_TYPE, name: nameNode(name) };
}

/** `[Name!]` */
export function listType(name: string): TypeNode {
  const item = { kind: Kind.NON_NULL_TYPE, type: { kind: Kind.NAMED_TYPE, name: nameNode(name) } } as const;
  return { kind: Kind.LIST_TYPE, type: item };
}
