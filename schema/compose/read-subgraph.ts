// Reads one subgraph's SDL into plain records: object types with their keys, fields and directives of the mesh.
import {
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  type SelectionSetNode,
  type TypeNode,
} from "graphql";
import {
  federationSpecUrl,
  type MeshDirective,
  meshDirectives,
  meshSpecUrl,
} from "../product/mesh-directives.ts";
import { parseSdl } from "./parse-sdl.ts";
import { type DirectiveArguments, linkedNames, usesOf } from "./read-directive.ts";

export type SubgraphField = {
  readonly name: string;
  /** The named type; in brackets where it is a list of lists. */
  readonly type: string;
  readonly list: boolean;
  readonly required: boolean;
  readonly takesArguments: boolean;
  readonly collection: DirectiveArguments | undefined;
  readonly reference: DirectiveArguments | undefined;
};

export type SubgraphType = {
  readonly name: string;
  /** The fields of each key, a nested one as its path: `organization.id`. */
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
  /** The root of queries, whatever its name: composition calls it `Query`. */
  readonly query: SubgraphType | undefined;
};

type ObjectNode = ObjectTypeDefinitionNode | ObjectTypeExtensionNode;

/** @throws composing.SDL_INVALID */
export function readSubgraph(name: string, sdl: string, parse = parseSdl): Subgraph {
  const document = parse(name, sdl);
  const names = directiveNames(document);
  const nodes = new Map<string, ObjectNode[]>();
  const leaves = new Map<string, readonly string[]>(
    ["Int", "Float", "String", "Boolean", "ID"].map((scalar) => [scalar, []]),
  );
  let query = "Query";
  for (const node of document.definitions)
    switch (node.kind) {
      case Kind.OBJECT_TYPE_DEFINITION:
      case Kind.OBJECT_TYPE_EXTENSION:
        nodes.set(node.name.value, [...(nodes.get(node.name.value) ?? []), node]);
        break;
      case Kind.SCALAR_TYPE_DEFINITION:
        leaves.set(node.name.value, []);
        break;
      case Kind.ENUM_TYPE_DEFINITION:
      case Kind.ENUM_TYPE_EXTENSION: {
        const values = (node.values ?? []).map((value) => value.name.value);
        leaves.set(node.name.value, [...(leaves.get(node.name.value) ?? []), ...values]);
        break;
      }
      case Kind.SCHEMA_DEFINITION:
      case Kind.SCHEMA_EXTENSION:
        query = node.operationTypes?.find(({ operation }) => operation === "query")?.type.name.value ?? query;
        break;
    }
  const keyFields = (fields: unknown) => keyPaths(parseKey(name, fields));
  const types = new Map([...nodes].map(([type, parts]) => [type, readType(type, parts, names, keyFields)]));
  return { name, types, leaves, query: types.get(query) };
}

type DirectiveNames = Readonly<Record<MeshDirective | "key", string | undefined>>;

/**
 * What the directives are called here. A subgraph of Federation 1 has no `@link` and plain names; one that does not
 * link the mesh has none of its directives, whatever it calls its own.
 */
function directiveNames(document: DocumentNode): DirectiveNames {
  const federation = linkedNames(document, federationSpecUrl) ?? ((name) => name);
  const mesh = linkedNames(document, meshSpecUrl);
  const ours = Object.fromEntries(meshDirectives.map((name) => [name, mesh?.(name)]));
  return { ...(ours as Record<MeshDirective, string | undefined>), key: federation("key") };
}

function readType(
  name: string,
  nodes: readonly ObjectNode[],
  names: DirectiveNames,
  keyFields: (fields: unknown) => readonly string[],
): SubgraphType {
  const directives = nodes.flatMap((node) => node.directives ?? []);
  const fields = nodes.flatMap((node) => node.fields ?? []).map((field) => readField(field, names));
  return {
    name,
    keys: usesOf(directives, names.key).map((key) => keyFields(key.fields)),
    fields: new Map(fields.map((field) => [field.name, field])),
    dataProduct: usesOf(directives, names.dataProduct)[0],
    freshness: usesOf(directives, names.freshness)[0],
  };
}

/** Federation 1 lets a list of names stand for the text. */
function parseKey(subgraph: string, fields: unknown): SelectionSetNode | undefined {
  const [definition] = parseSdl(subgraph, `{ ${[fields].flat().join(" ")} }`).definitions;
  return definition?.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet : undefined;
}

function keyPaths(selected: SelectionSetNode | undefined): readonly string[] {
  return (selected?.selections ?? []).flatMap((field) => {
    if (field.kind !== Kind.FIELD) return [];
    const name = field.name.value;
    return field.selectionSet ? keyPaths(field.selectionSet).map((path) => `${name}.${path}`) : [name];
  });
}

function readField(node: FieldDefinitionNode, names: DirectiveNames): SubgraphField {
  return {
    name: node.name.value,
    ...readTypeNode(node.type),
    takesArguments: (node.arguments?.length ?? 0) > 0,
    collection: usesOf(node.directives, names.collection)[0],
    reference: usesOf(node.directives, names.reference)[0],
  };
}

function readTypeNode(node: TypeNode): { type: string; list: boolean; required: boolean } {
  switch (node.kind) {
    case Kind.NAMED_TYPE:
      return { type: node.name.value, list: false, required: false };
    case Kind.LIST_TYPE: {
      const { type, list } = readTypeNode(node.type);
      return { type: list ? `[${type}]` : type, list: true, required: false };
    }
    case Kind.NON_NULL_TYPE:
      return { ...readTypeNode(node.type), required: true };
  }
}
