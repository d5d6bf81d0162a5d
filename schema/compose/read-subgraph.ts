// Reads one subgraph's SDL into plain records: object types with their keys, fields and directives of the mesh.
import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  parse,
  type TypeNode,
  valueFromASTUntyped,
} from "graphql";
import {
  federationSpecUrl,
  type MeshDirective,
  meshDirectives,
  meshSpecUrl,
} from "../product/mesh-directives.ts";
import { composing } from "./composing-faults.ts";

/** Arguments by name; undefined where the directive is absent. */
export type DirectiveArguments = Readonly<Record<string, unknown>>;

export type SubgraphField = {
  readonly name: string;
  readonly type: string;
  readonly list: boolean;
  readonly required: boolean;
  readonly external: boolean;
  readonly collection: DirectiveArguments | undefined;
  readonly reference: DirectiveArguments | undefined;
};

export type SubgraphType = {
  readonly name: string;
  readonly keys: readonly (readonly string[])[];
  readonly fields: ReadonlyMap<string, SubgraphField>;
  readonly dataProduct: DirectiveArguments | undefined;
  readonly freshness: DirectiveArguments | undefined;
};

export type Subgraph = {
  readonly name: string;
  readonly types: ReadonlyMap<string, SubgraphType>;
  /** Names that no object type has: scalars and enums, with an enum's values. */
  readonly leaves: ReadonlyMap<string, readonly string[]>;
  readonly query: SubgraphType | undefined;
};

type ObjectNode = ObjectTypeDefinitionNode | ObjectTypeExtensionNode;

/** @throws composing.SDL_INVALID */
export function readSubgraph(name: string, sdl: string): Subgraph {
  const document = parseSdl(name, sdl);
  const names = directiveNames(document);
  const nodes = new Map<string, ObjectNode[]>();
  const leaves = new Map<string, readonly string[]>(
    ["Int", "Float", "String", "Boolean", "ID"].map((scalar) => [scalar, []]),
  );
  let query = "Query";
  for (const node of document.definitions) {
    if (node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION)
      nodes.set(node.name.value, [...(nodes.get(node.name.value) ?? []), node]);
    if (node.kind === Kind.SCALAR_TYPE_DEFINITION) leaves.set(node.name.value, []);
    if (node.kind === Kind.ENUM_TYPE_DEFINITION)
      leaves.set(
        node.name.value,
        (node.values ?? []).map((value) => value.name.value),
      );
    if (node.kind === Kind.SCHEMA_DEFINITION)
      query = node.operationTypes.find(({ operation }) => operation === "query")?.type.name.value ?? query;
  }
  const types = new Map([...nodes].map(([type, parts]) => [type, readType(type, parts, names)]));
  return { name, types, leaves, query: types.get(query) };
}

function parseSdl(subgraph: string, sdl: string): DocumentNode {
  try {
    return parse(sdl, { noLocation: false });
  } catch (cause) {
    throw composing.SDL_INVALID({ subgraph, problem: (cause as Error).message }, cause);
  }
}

type DirectiveNames = Readonly<Record<MeshDirective | "key" | "external", string>>;

/** What the directives are called here: as imported by @link, renamed or not; `mesh__collection` where not imported. */
function directiveNames(document: DocumentNode): DirectiveNames {
  const federation = importedNames(document, federationSpecUrl);
  const mesh = importedNames(document, meshSpecUrl);
  const ours = Object.fromEntries(meshDirectives.map((name) => [name, mesh(name)])) as Record<
    MeshDirective,
    string
  >;
  return { ...ours, key: federation("key"), external: federation("external") };
}

function importedNames(document: DocumentNode, specUrl: string): (name: string) => string {
  const spec = specUrl.replace(/\/v[\d.]+$/, "");
  const links = document.definitions.flatMap((node) =>
    node.kind === Kind.SCHEMA_EXTENSION || node.kind === Kind.SCHEMA_DEFINITION
      ? (node.directives ?? []).filter(({ name }) => name.value === "link").map(argumentsOf)
      : [],
  );
  const link = links.find(({ url }) => String(url).replace(/\/v[\d.]+$/, "") === spec);
  // Without a @link it is a subgraph of Federation 1, whose names are plain.
  if (!link) return (name) => name;
  const prefix = String(link.as ?? spec.split("/").at(-1));
  return (name) => {
    for (const entry of (link.import ?? []) as readonly (string | { name: string; as?: string })[]) {
      const { name: imported, as } = typeof entry === "string" ? { name: entry, as: undefined } : entry;
      if (imported === `@${name}`) return (as ?? imported).slice(1);
    }
    return `${prefix}__${name}`;
  };
}

function readType(name: string, nodes: readonly ObjectNode[], names: DirectiveNames): SubgraphType {
  const directives = nodes.flatMap((node) => node.directives ?? []);
  const fields = nodes.flatMap((node) => node.fields ?? []).map((field) => readField(field, names));
  return {
    name,
    keys: directives
      .filter((directive) => directive.name.value === names.key)
      .map((directive) =>
        String(argumentsOf(directive).fields)
          .split(/[\s,]+/)
          .filter(Boolean),
      ),
    fields: new Map(fields.map((field) => [field.name, field])),
    dataProduct: argumentsIn(directives, names.dataProduct),
    freshness: argumentsIn(directives, names.freshness),
  };
}

function readField(node: FieldDefinitionNode, names: DirectiveNames): SubgraphField {
  const directives = node.directives ?? [];
  return {
    name: node.name.value,
    ...readTypeNode(node.type),
    external: argumentsIn(directives, names.external) !== undefined,
    collection: argumentsIn(directives, names.collection),
    reference: argumentsIn(directives, names.reference),
  };
}

function readTypeNode(node: TypeNode): { type: string; list: boolean; required: boolean } {
  switch (node.kind) {
    case Kind.NAMED_TYPE:
      return { type: node.name.value, list: false, required: false };
    case Kind.LIST_TYPE:
      return { ...readTypeNode(node.type), list: true, required: false };
    case Kind.NON_NULL_TYPE:
      return { ...readTypeNode(node.type), required: true };
  }
}

function argumentsIn(
  directives: readonly ConstDirectiveNode[],
  name: string,
): DirectiveArguments | undefined {
  const directive = directives.find((each) => each.name.value === name);
  return directive && argumentsOf(directive);
}

function argumentsOf(directive: ConstDirectiveNode): DirectiveArguments {
  return Object.fromEntries(
    (directive.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value)]),
  );
}
