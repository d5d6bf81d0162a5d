// What an operation uses of the published schema: names alone. Worked out once, where it is planned.
import { hash } from "node:crypto";
import {
  type ASTVisitor,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLArgument,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  isSpecifiedDirective,
  Kind,
  type OperationDefinitionNode,
  print,
  TypeInfo,
  type ValueNode,
  visit,
  visitWithTypeInfo,
} from "graphql";

export type OperationUse = {
  /** SHA-256 of its text without literals and aliases, as hexadecimal. */
  readonly hash: string;
  /** Schema coordinates, sorted; what variables bring is not among them. */
  readonly coordinates: readonly string[];
  /** Those of them that are deprecated. */
  readonly deprecated: readonly DeprecatedUse[];
};

/** `reason` as the schema gives it. */
export type DeprecatedUse = { readonly coordinate: string; readonly reason: string };

/** @param operation - one of the document, which is valid on the schema */
export function operationUse(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): OperationUse {
  const asked: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: [operation, ...spreadFragments(document, operation)],
  };
  const used = new Map<string, string | undefined>();
  const types = new TypeInfo(schema);
  visit(asked, visitWithTypeInfo(types, noting(types, used)));
  return {
    hash: hash("sha256", print(withoutLiterals(asked, schema))),
    coordinates: [...used.keys()].sort(),
    deprecated: [...used]
      .flatMap(([coordinate, reason]) => (reason === undefined ? [] : [{ coordinate, reason }]))
      .sort((one, other) => (one.coordinate < other.coordinate ? -1 : 1)),
  };
}

/** Puts down each coordinate with the reason that it is deprecated for. Keys of a scalar's own objects are values, and no names. */
function noting(types: TypeInfo, used: Map<string, string | undefined>): ASTVisitor {
  const note = (coordinate: string, named: { readonly deprecationReason?: string | null | undefined } = {}) =>
    used.set(coordinate, named.deprecationReason ?? undefined);
  return {
    Field: () => {
      const [parent, field] = [types.getParentType(), types.getFieldDef()];
      if (!parent || !field || field.name.startsWith("__")) return;
      if (!parent.name.startsWith("__")) note(`${parent.name}.${field.name}`, field);
    },
    Argument: () => {
      const argument = types.getArgument();
      const place = argument && placeOf(types, argument);
      if (place) note(`${place}(${argument.name}:)`, argument);
    },
    ObjectField: ({ name }) => {
      const parent = getNamedType(types.getParentInputType());
      const field = isInputObjectType(parent) ? parent.getFields()[name.value] : undefined;
      if (field) note(`${parent?.name}.${field.name}`, field);
    },
    EnumValue: () => {
      const value = types.getEnumValue();
      const type = getNamedType(types.getInputType());
      if (value && type) note(`${type.name}.${value.name}`, value);
    },
    /** Of fragments, and of variables whose types are not built in. */
    NamedType: ({ name }) => {
      if (!builtIn.has(name.value) && !name.value.startsWith("__")) note(name.value);
    },
    Directive: () => {
      const directive = types.getDirective();
      if (directive && !isSpecifiedDirective(directive)) note(`@${directive.name}`);
    },
  };
}

const builtIn: ReadonlySet<string> = new Set(["Boolean", "Float", "ID", "Int", "String"]);

/** Of the directive or the field that the argument is of; introspection's has none. */
function placeOf(types: TypeInfo, argument: GraphQLArgument): string | undefined {
  const directive = types.getDirective();
  if (directive?.args.includes(argument))
    return isSpecifiedDirective(directive) ? undefined : `@${directive.name}`;
  const [parent, field] = [types.getParentType(), types.getFieldDef()];
  if (!parent || !field || field.name.startsWith("__") || parent.name.startsWith("__")) return undefined;
  return `${parent.name}.${field.name}`;
}

function spreadFragments(
  document: DocumentNode,
  operation: OperationDefinitionNode,
): readonly FragmentDefinitionNode[] {
  const defined = new Map(
    document.definitions
      .filter((node) => node.kind === Kind.FRAGMENT_DEFINITION)
      .map((node) => [node.name.value, node]),
  );
  const found = new Set<FragmentDefinitionNode>();
  const waiting: (OperationDefinitionNode | FragmentDefinitionNode)[] = [operation];
  for (let node = waiting.pop(); node; node = waiting.pop())
    visit(node, {
      FragmentSpread: ({ name }) => {
        const fragment = defined.get(name.value);
        if (!fragment || found.has(fragment)) return;
        found.add(fragment);
        waiting.push(fragment);
      },
    });
  return [...found];
}

/**
 * Texts that differ in values alone become one: `airports(limit: 5)` and `a: airports(limit: 10)` are both
 * `airports(limit: 0)`, lists of several values are as long as one.
 */
function withoutLiterals(document: DocumentNode, schema: GraphQLSchema): DocumentNode {
  const types = new TypeInfo(schema);
  const visitor: ASTVisitor = {
    Field: ({ alias, ...field }) => (alias ? field : undefined),
    IntValue: () => blank,
    FloatValue: () => blank,
    StringValue: () => blank,
    BooleanValue: () => blank,
    NullValue: () => blank,
    // What a scalar of the mesh takes as it comes is a value as a whole.
    EnumValue: () => (types.getEnumValue() ? undefined : blank),
    ObjectValue: {
      enter: () => (isInputObjectType(getNamedType(types.getInputType())) ? undefined : blank),
      leave: folded,
    },
    ListValue: {
      enter: () => (isListType(getNullableType(types.getParentInputType())) ? undefined : blank),
      leave: ({ values, ...list }) => folded({ ...list, values: unlike(values) }),
    },
  };
  return visit(document, visitWithTypeInfo(types, visitor));
}

const blank: ValueNode = { kind: Kind.INT, value: "0" };

/** In place of much stands a hash of it, so that no level is written again and again however deep they nest. */
function folded(node: ValueNode): ValueNode {
  const text = print(node);
  return text.length <= charactersMax ? node : { kind: Kind.STRING, value: hash("sha256", text) };
}

const charactersMax = 500;

function unlike(values: readonly ValueNode[]): readonly ValueNode[] {
  return [...new Map(values.map((value) => [print(value), value])).values()];
}
