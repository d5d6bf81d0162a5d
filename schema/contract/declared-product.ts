// What the SDL of a port says of its data product: what a contract has to agree with.
import { type FieldDefinitionNode, Kind } from "graphql";
import { parseSdl } from "../compose/parse-sdl.ts";
import type { SubgraphSdl } from "../compose/read-mesh.ts";
import {
  readSubgraph,
  type Subgraph,
  type SubgraphField,
  type SubgraphType,
} from "../compose/read-subgraph.ts";
import { durationMs } from "../product/freshness.ts";
import { type LogicalType, logicalTypeOf } from "./logical-type.ts";

export type DeclaredProduct = {
  readonly subgraph: string;
  readonly id: string;
  readonly version: string;
  readonly domain: string;
  readonly owner: string;
  readonly contact: string;
  readonly status: string;
  /** The id of its contract. */
  readonly contract: string | undefined;
  readonly entities: ReadonlyMap<string, DeclaredEntity>;
};

export type DeclaredEntity = {
  readonly name: string;
  readonly description: string | undefined;
  /** Fields of the first key. */
  readonly key: readonly string[];
  /** Fields, and columns that only hold the key of a reference. */
  readonly columns: ReadonlyMap<string, DeclaredColumn>;
  readonly references: ReadonlyMap<string, DeclaredReference>;
  /** How it is asked; undefined where no list of the dialect `weft` is. */
  readonly collection: DeclaredCollection | undefined;
  readonly freshness: { readonly sloMs: number; readonly watermark: string | undefined } | undefined;
};

export type DeclaredColumn = {
  readonly name: string;
  /** A scalar or an enum, in brackets where it is a list. */
  readonly type: string;
  readonly logicalType: LogicalType;
  readonly required: boolean;
  readonly description: string | undefined;
  /** Values of an enum; [] for any other type. */
  readonly values: readonly string[];
  /** Is it a field? Those that only hold a reference's key are not. */
  readonly published: boolean;
};

export type DeclaredReference = {
  readonly name: string;
  readonly target: string;
  /** Does the product own the target? */
  readonly own: boolean;
  /** Own columns that hold the target's key, and the key's fields, in one order. */
  readonly key: readonly { readonly column: string; readonly field: string }[];
};

export type DeclaredCollection = {
  readonly name: string;
  readonly aggregate: string | undefined;
  readonly groups: string | undefined;
};

/**
 * The product that the SDL declares first, with its entities; undefined where it declares none.
 * @throws composing.SDL_INVALID
 */
export function readDeclared({ name, sdl }: SubgraphSdl): DeclaredProduct | undefined {
  const subgraph = readSubgraph(name, sdl);
  const products = [...subgraph.types.values()].filter(({ dataProduct }) => dataProduct);
  const said = products[0]?.dataProduct;
  if (!said) return undefined;
  const own = products.filter(({ dataProduct }) => dataProduct?.id === said.id);
  const describe = descriptionsOf(name, sdl);
  const text = (argument: string) => String(said[argument] ?? "");
  return {
    subgraph: name,
    id: text("id"),
    version: text("version"),
    domain: text("domain"),
    owner: text("owner"),
    contact: text("contact"),
    status: said.status === undefined ? "active" : text("status"),
    contract: typeof said.contract === "string" ? said.contract : undefined,
    entities: new Map(own.map((type) => [type.name, readEntity(subgraph, type, own, describe)])),
  };
}

type Describe = (type: string, field?: string) => string | undefined;

function readEntity(
  subgraph: Subgraph,
  type: SubgraphType,
  own: readonly SubgraphType[],
  describe: Describe,
): DeclaredEntity {
  const references = new Map(
    [...type.fields.values()]
      .filter(({ reference, list }) => reference && !list)
      .map((field) => [field.name, readReference(subgraph, field, own)]),
  );
  return {
    name: type.name,
    description: describe(type.name),
    key: type.keys[0] ?? [],
    columns: readColumns(subgraph, type, references, describe),
    references,
    collection: readCollection(subgraph, type),
    freshness: readFreshness(type),
  };
}

function readReference(
  subgraph: Subgraph,
  { name, type, reference }: SubgraphField,
  own: readonly SubgraphType[],
): DeclaredReference {
  const columns = [reference?.key ?? []].flat().map(String);
  const fields = subgraph.types.get(type)?.keys.find(({ length }) => length === columns.length) ?? [];
  return {
    name,
    target: type,
    own: own.some((each) => each.name === type),
    key: columns.flatMap((column, i) => (fields[i] === undefined ? [] : [{ column, field: fields[i] }])),
  };
}

function readColumns(
  subgraph: Subgraph,
  type: SubgraphType,
  references: ReadonlyMap<string, DeclaredReference>,
  describe: Describe,
): ReadonlyMap<string, DeclaredColumn> {
  const columns = new Map<string, DeclaredColumn>();
  for (const { name, type: typeName, list, required, takesArguments, reference } of type.fields.values()) {
    const description = describe(type.name, name);
    if (reference || takesArguments || isEntity(subgraph, typeName)) continue;
    const physical = list ? `[${typeName}]` : typeName;
    columns.set(name, {
      name,
      type: physical,
      logicalType: logicalTypeOf(physical, subgraph.types.has(typeName)),
      required,
      description,
      values: list ? [] : (subgraph.leaves.get(typeName) ?? []),
      published: true,
    });
  }
  for (const { name: reference, target, key } of references.values())
    for (const { column, field } of key) {
      const held = subgraph.types.get(target)?.fields.get(field);
      if (columns.has(column) || !held) continue;
      columns.set(column, {
        name: column,
        type: held.type,
        logicalType: logicalTypeOf(held.type, false),
        required: type.fields.get(reference)?.required ?? false,
        description: describe(type.name, reference),
        values: subgraph.leaves.get(held.type) ?? [],
        published: false,
      });
    }
  return columns;
}

function isEntity(subgraph: Subgraph, type: string): boolean {
  return (subgraph.types.get(type)?.keys.length ?? 0) > 0;
}

function readCollection(subgraph: Subgraph, type: SubgraphType): DeclaredCollection | undefined {
  const field = [...(subgraph.query?.fields.values() ?? [])].find(
    ({ collection }) => collection?.entity === type.name && (collection.dialect ?? "weft") === "weft",
  );
  if (!field?.collection) return undefined;
  const sibling = (role: string) => {
    const name = field.collection?.[role];
    return typeof name === "string" && subgraph.query?.fields.has(name) ? name : undefined;
  };
  return { name: field.name, aggregate: sibling("aggregate"), groups: sibling("groups") };
}

function readFreshness({ freshness }: SubgraphType): DeclaredEntity["freshness"] {
  const sloMs = durationMs(String(freshness?.slo ?? ""));
  if (sloMs === undefined) return undefined;
  return { sloMs, watermark: typeof freshness?.watermark === "string" ? freshness.watermark : undefined };
}

/** Descriptions of object types and their fields, each as one line. */
function descriptionsOf(name: string, sdl: string): Describe {
  const types = new Map<
    string,
    { description: string | undefined; fields: Map<string, FieldDefinitionNode> }
  >();
  for (const node of parseSdl(name, sdl).definitions) {
    if (node.kind !== Kind.OBJECT_TYPE_DEFINITION && node.kind !== Kind.OBJECT_TYPE_EXTENSION) continue;
    const known = types.get(node.name.value) ?? { description: undefined, fields: new Map() };
    if (node.kind === Kind.OBJECT_TYPE_DEFINITION && node.description)
      known.description = oneLine(node.description.value);
    for (const field of node.fields ?? []) known.fields.set(field.name.value, field);
    types.set(node.name.value, known);
  }
  return (type, field) => {
    const known = types.get(type);
    if (field === undefined) return known?.description;
    const described = known?.fields.get(field)?.description;
    return described && oneLine(described.value);
  };
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}
