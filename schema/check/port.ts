// A port as its SDL has it: types with all their parts together, each part with its node and so with its place.
import {
  type ConstDirectiveNode,
  type DirectiveDefinitionNode,
  type DocumentNode,
  type EnumValueDefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  print,
  type StringValueNode,
  type TypeDefinitionNode,
  type TypeExtensionNode,
  type TypeNode,
} from "graphql";
import { parseSdl } from "../compose/parse-sdl.ts";
import { type DirectiveArguments, linkedNames, usesOf } from "../compose/read-directive.ts";
import {
  federationSpecUrl,
  type MeshDirective,
  meshDirectives,
  meshSpecUrl,
} from "../product/mesh-directives.ts";

export type TypeKind = "object" | "interface" | "input" | "enum" | "union" | "scalar";

type FieldNode = FieldDefinitionNode | InputValueDefinitionNode;

/** A field, an argument or a field of an input: what has a type. */
export type PortField = {
  readonly name: string;
  readonly node: FieldNode;
  readonly type: TypeNode;
  readonly description: string | undefined;
  /** The default as it is written. */
  readonly defaultValue: string | undefined;
  readonly args: ReadonlyMap<string, PortField>;
  /** The reason; undefined = not deprecated. */
  readonly deprecated: string | undefined;
  readonly collection: DirectiveArguments | undefined;
  readonly reference: DirectiveArguments | undefined;
  /** Another subgraph answers it. */
  readonly external: boolean;
};

export type PortValue = {
  readonly name: string;
  readonly node: EnumValueDefinitionNode;
  readonly description: string | undefined;
  readonly deprecated: string | undefined;
};

export type PortType = {
  /** The roots are `Query`, `Mutation` and `Subscription`, whatever the subgraph calls them. */
  readonly name: string;
  readonly kind: TypeKind;
  /** Definitions before extensions. */
  readonly nodes: readonly (TypeDefinitionNode | TypeExtensionNode)[];
  readonly description: string | undefined;
  readonly fields: ReadonlyMap<string, PortField>;
  readonly values: ReadonlyMap<string, PortValue>;
  readonly members: ReadonlySet<string>;
  readonly interfaces: ReadonlySet<string>;
  /** The text of each key, its spaces made one. */
  readonly keys: readonly string[];
  readonly dataProduct: DirectiveArguments | undefined;
  readonly freshness: DirectiveArguments | undefined;
  /** `@specifiedBy` of a scalar. */
  readonly specification: string | undefined;
};

export type Port = {
  readonly subgraph: string;
  readonly sdl: string;
  readonly types: ReadonlyMap<string, PortType>;
  /** Directives that callers may write. */
  readonly directives: ReadonlyMap<string, DirectiveDefinitionNode>;
};

/**
 * What callers can see of a subgraph: what is `@inaccessible` is left out, and so is federation's own.
 * @throws composing.SDL_INVALID
 */
export function readPort(subgraph: string, sdl: string, parse = parseSdl): Port {
  const document = parse(subgraph, sdl);
  const names = namesOf(document);
  const roots = rootNames(document);
  const nodes = new Map<string, (TypeDefinitionNode | TypeExtensionNode)[]>();
  const directives = new Map<string, DirectiveDefinitionNode>();
  for (const node of document.definitions) {
    if (isTypeNode(node)) {
      const name = roots.get(node.name.value) ?? node.name.value;
      if (isOwn(name)) nodes.set(name, [...(nodes.get(name) ?? []), node]);
    } else if (node.kind === Kind.DIRECTIVE_DEFINITION && isExecutable(node))
      directives.set(node.name.value, node);
  }
  const types = [...nodes]
    .filter(([, parts]) => !parts.some((part) => has(part.directives, names.inaccessible)))
    .map(([name, parts]): [string, PortType] => [name, readType(name, parts, names)]);
  return { subgraph, sdl, types: new Map(types), directives };
}

const kinds: Readonly<Record<string, TypeKind>> = {
  ObjectType: "object",
  InterfaceType: "interface",
  InputObjectType: "input",
  EnumType: "enum",
  UnionType: "union",
  ScalarType: "scalar",
};

type Names = Readonly<
  Record<MeshDirective | "key" | "external" | "inaccessible", string | undefined> & {
    readonly interfaceObject: string | undefined;
  }
>;

/** What the directives are called here; a subgraph of Federation 1 has no `@link` and plain names. */
function namesOf(document: DocumentNode): Names {
  const federation = linkedNames(document, federationSpecUrl) ?? ((name: string) => name);
  const mesh = linkedNames(document, meshSpecUrl);
  const ours = Object.fromEntries(meshDirectives.map((name) => [name, mesh?.(name)]));
  const theirs = ["key", "external", "inaccessible", "interfaceObject"].map((name) => [
    name,
    federation(name),
  ]);
  return { ...ours, ...Object.fromEntries(theirs) };
}

function rootNames(document: DocumentNode): ReadonlyMap<string, string> {
  const standard = { query: "Query", mutation: "Mutation", subscription: "Subscription" } as const;
  return new Map(
    document.definitions.flatMap((node) =>
      node.kind === Kind.SCHEMA_DEFINITION || node.kind === Kind.SCHEMA_EXTENSION
        ? (node.operationTypes ?? []).map(({ operation, type }): [string, string] => [
            type.name.value,
            standard[operation],
          ])
        : [],
    ),
  );
}

function isTypeNode(node: { readonly kind: string }): node is TypeDefinitionNode | TypeExtensionNode {
  return /Type(Definition|Extension)$/.test(node.kind);
}

/** Not of federation's machinery. */
function isOwn(name: string): boolean {
  return !/^(_Any|_Entity|_Service|(federation|link|join|core)__.*|FieldSet|_FieldSet)$/.test(name);
}

const executable =
  /^(QUERY|MUTATION|SUBSCRIPTION|FIELD|FRAGMENT_DEFINITION|FRAGMENT_SPREAD|INLINE_FRAGMENT|VARIABLE_DEFINITION)$/;

function isExecutable({ locations }: DirectiveDefinitionNode): boolean {
  return locations.some(({ value }) => executable.test(value));
}

/** The places of a query where the directive may stand. */
export function executableLocations({ locations }: DirectiveDefinitionNode): readonly string[] {
  return locations.map(({ value }) => value).filter((value) => executable.test(value));
}

function readType(
  name: string,
  parts: readonly (TypeDefinitionNode | TypeExtensionNode)[],
  names: Names,
): PortType {
  const nodes = [...parts].sort(
    (a, b) => Number(a.kind.endsWith("Extension")) - Number(b.kind.endsWith("Extension")),
  );
  const [first] = nodes;
  const directives = nodes.flatMap((node): readonly ConstDirectiveNode[] => node.directives ?? []);
  const fields = nodes.flatMap((node): readonly FieldNode[] => ("fields" in node ? (node.fields ?? []) : []));
  const values = nodes.flatMap((node) => ("values" in node ? (node.values ?? []) : []));
  const named = (list: readonly { readonly name: { readonly value: string } }[]) =>
    new Set(list.map((type) => type.name.value));
  const external = has(directives, names.external);
  const isSeen = (node: FieldNode | EnumValueDefinitionNode) =>
    !has(node.directives, names.inaccessible) &&
    !(name === "Query" && /^_(entities|service)$/.test(node.name.value));
  return {
    name,
    kind: kinds[(first?.kind ?? "").replace(/(Definition|Extension)$/, "")] ?? "object",
    nodes,
    description: nodes
      .map((node) => ("description" in node ? textOf(node.description) : undefined))
      .find(Boolean),
    fields: new Map(
      fields.filter(isSeen).map((field) => [field.name.value, readField(field, names, external)]),
    ),
    values: new Map(
      values.filter(isSeen).map((node) => [
        node.name.value,
        {
          name: node.name.value,
          node,
          description: textOf(node.description),
          deprecated: reasonOf(node.directives),
        },
      ]),
    ),
    members: named(nodes.flatMap((node) => ("types" in node ? (node.types ?? []) : []))),
    interfaces: named(nodes.flatMap((node) => ("interfaces" in node ? (node.interfaces ?? []) : []))),
    keys: usesOf(directives, names.key).map(({ fields: key }) =>
      [key].flat().join(" ").replace(/\s+/g, " ").trim(),
    ),
    dataProduct: usesOf(directives, names.dataProduct)[0],
    freshness: usesOf(directives, names.freshness)[0],
    specification: usesOf(directives, "specifiedBy")[0]?.url as string | undefined,
  };
}

function readField(node: FieldNode, names: Names, external: boolean): PortField {
  const { directives } = node;
  const args = node.kind === Kind.FIELD_DEFINITION ? (node.arguments ?? []) : [];
  return {
    name: node.name.value,
    node,
    type: node.type,
    description: textOf(node.description),
    defaultValue:
      node.kind === Kind.INPUT_VALUE_DEFINITION && node.defaultValue ? print(node.defaultValue) : undefined,
    args: args.length === 0 ? noArguments : readArguments(args, names),
    deprecated: reasonOf(directives),
    collection: usesOf(directives, names.collection)[0],
    reference: usesOf(directives, names.reference)[0],
    external: external || has(directives, names.external),
  };
}

const noArguments: ReadonlyMap<string, PortField> = new Map();

function readArguments(
  args: readonly InputValueDefinitionNode[],
  names: Names,
): ReadonlyMap<string, PortField> {
  return new Map(
    args
      .filter((argument) => !has(argument.directives, names.inaccessible))
      .map((argument) => [argument.name.value, readField(argument, names, false)]),
  );
}

function has(directives: readonly ConstDirectiveNode[] | undefined, name: string | undefined): boolean {
  return directives?.some((directive) => directive.name.value === name) ?? false;
}

function textOf(description: StringValueNode | undefined): string | undefined {
  const text = description?.value.trim();
  return text === "" ? undefined : text;
}

/** graphql-js' own words where no reason is given. */
function reasonOf(directives: readonly ConstDirectiveNode[] | undefined): string | undefined {
  const [use] = usesOf(directives, "deprecated");
  return use && String(use.reason ?? "No longer supported");
}
