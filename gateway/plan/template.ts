// Templates: a root field as federation is asked for it, with variables where the plan will give the arguments.
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLNamedType,
  getNamedType,
  Kind,
  type OperationDefinitionNode,
  print,
  type SelectionNode,
  type SelectionSetNode,
  type VariableDefinitionNode,
  visit,
} from "graphql";
import { generatedNames } from "../../schema/product/generated-names.ts";
import { isIncluded, type Selecting } from "../operation/collect-fields.ts";
import type { PermittedOperation } from "../policy/permit.ts";
import {
  fieldNode,
  listType,
  namedType,
  nameNode,
  selectionSet,
  variableArgument,
  variableDefinition,
} from "./ast.ts";
import type { FetchedColumn } from "./field-plan.ts";

/** The arguments that a plan binds, by the role of the field they stand at. */
const boundArguments = {
  list: ["where", "order_by", "limit", "offset"],
  aggregate: ["where"],
} as const;

export type BoundRole = keyof typeof boundArguments;

/** What a root list's variables begin with; those beneath it are `weft_1` and so on. */
export const rootName = "weft_0";

/** Variables of a bound field: `<name>_where`, … */
export function boundVariable(name: string, argument: string): string {
  return `${name}_${argument}`;
}

/** The field with its arguments bound. Its response name stays. */
export function bindArguments(node: FieldNode, name: string, role: BoundRole): FieldNode {
  const names: readonly string[] = boundArguments[role];
  const kept = (node.arguments ?? []).filter((argument) => !names.includes(argument.name.value));
  const bound = names.map((argument) => variableArgument(argument, boundVariable(name, argument)));
  return { ...node, arguments: [...kept, ...bound] };
}

export function boundDefinitions(
  name: string,
  collection: string,
  role: BoundRole,
): readonly VariableDefinitionNode[] {
  const { boolExp, orderBy } = generatedNames(collection);
  const types = {
    where: namedType(boolExp),
    order_by: listType(orderBy),
    limit: namedType("Int"),
    offset: namedType("Int"),
  };
  return boundArguments[role].map((argument) =>
    variableDefinition(boundVariable(name, argument), types[argument]),
  );
}

/** Fields that fetch columns of rows: `weft_c0: iata`, `weft_c1: origin { iata }`. */
export function fetchColumns(columns: readonly string[]): readonly FetchedColumn[] {
  return columns.map((column, i) => {
    const [first = "", ...rest] = column.split(".");
    const alias = `weft_c${i}`;
    if (rest.length === 0) return { column, path: [fieldNode(first, { alias })] };
    const inner = nestedPath(rest);
    return { column, path: [fieldNode(first, { alias, selections: inner.slice(0, 1) }), ...inner] };
  });
}

function nestedPath([first = "", ...rest]: readonly string[]): readonly FieldNode[] {
  if (rest.length === 0) return [fieldNode(first, {})];
  const inner = nestedPath(rest);
  return [fieldNode(first, { selections: inner.slice(0, 1) }), ...inner];
}

/** The field with further fields beside those that are selected. */
export function withColumns(node: FieldNode, columns: readonly FetchedColumn[]): FieldNode {
  const added = columns.flatMap(({ path }) => path.slice(0, 1));
  return { ...node, selectionSet: selectionSet([...(node.selectionSet?.selections ?? []), ...added]) };
}

/** What is skipped is left out: it may ask what federation has no answer for. */
export type Opening = Selecting & {
  /** What becomes of a field beneath the root one, when what is selected beneath it is done. */
  readonly rewrite: (node: FieldNode, parent: GraphQLNamedType) => FieldNode;
};

/** One field made of all nodes that ask for it, fragments as they stand. */
export function mergedField(nodes: readonly FieldNode[]): FieldNode {
  const [node] = nodes as readonly [FieldNode];
  const selections = nodes.flatMap((each) => each.selectionSet?.selections ?? []);
  return selections.length === 0 ? node : { ...node, selectionSet: selectionSet(selections) };
}

/** One field made of all nodes that ask for it, every fragment opened where it is spread. */
export function openField(nodes: readonly FieldNode[], type: GraphQLNamedType, opening: Opening): FieldNode {
  const [node] = nodes as readonly [FieldNode];
  const sets = nodes.flatMap((each) => each.selectionSet ?? []);
  if (sets.length === 0) return node;
  return { ...node, selectionSet: openSets(sets, type, opening) };
}

function openSets(
  sets: readonly SelectionSetNode[],
  type: GraphQLNamedType,
  opening: Opening,
): SelectionSetNode {
  const included = sets.flatMap(({ selections }) =>
    selections.filter((each) => isIncluded(each, opening.conditions)),
  );
  const opened = included.map((each) => openSelection(each, type, opening));
  return selectionSet(opened.length === 0 ? [nothing] : opened);
}

/** A selection may not be empty. */
const nothing: FieldNode = {
  ...fieldNode("__typename", {}),
  directives: [
    {
      kind: Kind.DIRECTIVE,
      name: nameNode("skip"),
      arguments: [{ kind: Kind.ARGUMENT, name: nameNode("if"), value: { kind: Kind.BOOLEAN, value: true } }],
    },
  ],
};

function openSelection(node: SelectionNode, type: GraphQLNamedType, opening: Opening): SelectionNode {
  switch (node.kind) {
    case Kind.FIELD: {
      if (!node.selectionSet) return node;
      const field = "getFields" in type ? type.getFields()[node.name.value] : undefined;
      if (!field) return node;
      const beneath = openSets([node.selectionSet], getNamedType(field.type), opening);
      return opening.rewrite({ ...node, selectionSet: beneath }, type);
    }
    case Kind.INLINE_FRAGMENT: {
      const condition = node.typeCondition?.name.value;
      const inner = (condition !== undefined && opening.schema.getType(condition)) || type;
      return { ...node, selectionSet: openSets([node.selectionSet], inner, opening) };
    }
    case Kind.FRAGMENT_SPREAD: {
      const fragment = opening.fragments[node.name.value];
      const condition = fragment && opening.schema.getType(fragment.typeCondition.name.value);
      if (!fragment || !condition) return node;
      return {
        kind: Kind.INLINE_FRAGMENT,
        typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: condition.name } },
        directives: node.directives ?? [],
        selectionSet: openSets([fragment.selectionSet], condition, opening),
      };
    }
  }
}

/** The fields that lead from the root to each place of a bound field, itself the last. */
export function placesOf(field: FieldNode, name: string): readonly (readonly FieldNode[])[] {
  const beneath = (set: SelectionSetNode | undefined): readonly (readonly FieldNode[])[] =>
    (set?.selections ?? []).flatMap((each) =>
      each.kind === Kind.FIELD
        ? placesOf(each, name)
        : beneath(each.kind === Kind.INLINE_FRAGMENT ? each.selectionSet : undefined),
    );
  const isIt = field.arguments?.some(
    ({ value }) => value.kind === Kind.VARIABLE && value.name.value === boundVariable(name, "where"),
  );
  const inner = beneath(field.selectionSet).map((place) => [field, ...place]);
  return isIt ? [[field], ...inner] : inner;
}

/** What the plan adds to a field: definitions of variables, and columns that the caller did not ask for. */
export type Additions = {
  readonly bound?: readonly VariableDefinitionNode[];
  readonly columns?: readonly FetchedColumn[];
};

/**
 * The operation that asks for one field. A part of a permitted operation is permitted. Its text has what the
 * plan adds; its definition, by which variables are checked and answers written, is the caller's alone.
 */
export function operationOf(
  operation: PermittedOperation,
  field: FieldNode,
  { bound = [], columns = [] }: Additions = {},
): PermittedOperation {
  const added: ReadonlySet<unknown> = new Set(columns.map(({ path }) => path[0]));
  const asked = visit(field, { Field: (node) => (added.has(node) ? null : undefined) });
  const used = variablesIn(field);
  const own = (operation.definition.variableDefinitions ?? []).filter(({ variable }) =>
    used.has(variable.name.value),
  );
  const definition: OperationDefinitionNode = {
    kind: Kind.OPERATION_DEFINITION,
    operation: operation.definition.operation,
    variableDefinitions: own,
    selectionSet: selectionSet([asked]),
  };
  const written: OperationDefinitionNode = {
    ...definition,
    variableDefinitions: [...own, ...bound],
    selectionSet: selectionSet([field]),
  };
  const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: [definition] };
  return { ...operation, text: print(written), document, definition, name: undefined };
}

function variablesIn(node: FieldNode): ReadonlySet<string> {
  const names = new Set<string>();
  visit(node, {
    Variable: ({ name }) => {
      names.add(name.value);
    },
  });
  return names;
}
