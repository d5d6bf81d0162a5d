// Reads the model of the mesh from each subgraph's own SDL and the supergraph together.
import { buildASTSchema, type GraphQLSchema, isObjectType, parse } from "graphql";
import type { z } from "zod";
import { Fault } from "../product/fault.ts";
import { durationMs } from "../product/freshness.ts";
import { generatedNames } from "../product/generated-names.ts";
import {
  type DialectName,
  dialects,
  type Mesh,
  type MeshCollection,
  type MeshColumn,
  type MeshEntity,
  type MeshFreshness,
  type MeshInverse,
  type MeshProduct,
  type MeshReference,
} from "../product/mesh.ts";
import { type Operator, operators } from "../product/predicate.ts";
import { composing } from "./composing-faults.ts";
import {
  collectionArguments,
  dataProductArguments,
  freshnessArguments,
  referenceArguments,
} from "./directive-arguments.ts";
import {
  type DirectiveArguments,
  readSubgraph,
  type Subgraph,
  type SubgraphField,
  type SubgraphType,
} from "./read-subgraph.ts";

export type SubgraphSdl = { readonly name: string; readonly sdl: string };

/** The model as far as it could be read, and all that is wrong with it. */
export type MeshReading = { readonly mesh: Mesh; readonly problems: readonly Fault[] };

/** What federation itself leaves out of the API (`@inaccessible`, overridden fields) is not in the model either. */
export function readMesh(sdls: readonly SubgraphSdl[], supergraphSdl: string): MeshReading {
  const problems: Fault[] = [];
  const attempt = <T>(read: () => T): T | undefined => {
    try {
      return read();
    } catch (failure) {
      if (!(failure instanceof Fault)) throw failure;
      problems.push(failure);
      return undefined;
    }
  };
  const subgraphs = sdls.flatMap(({ name, sdl }) => attempt(() => readSubgraph(name, sdl)) ?? []);
  const api = buildASTSchema(parse(supergraphSdl), { assumeValidSDL: true });
  const reader = new MeshReader(subgraphs, api, attempt);
  return { mesh: { entities: reader.entities(), collections: reader.collections() }, problems };
}

type Attempt = <T>(read: () => T) => T | undefined;
type Place = { readonly subgraph: string; readonly type: string; readonly field?: string };

class MeshReader {
  readonly #subgraphs: readonly Subgraph[];
  readonly #api: GraphQLSchema;
  readonly #attempt: Attempt;

  constructor(subgraphs: readonly Subgraph[], api: GraphQLSchema, attempt: Attempt) {
    this.#subgraphs = subgraphs;
    this.#api = api;
    this.#attempt = attempt;
  }

  entities(): ReadonlyMap<string, MeshEntity> {
    const parts = new Map<string, [Subgraph, SubgraphType][]>();
    for (const subgraph of this.#subgraphs)
      for (const type of subgraph.types.values())
        if (type.keys.length > 0) parts.set(type.name, [...(parts.get(type.name) ?? []), [subgraph, type]]);
    return new Map([...parts].map(([name, of]) => [name, this.#entity(name, of)]));
  }

  #entity(name: string, parts: readonly [Subgraph, SubgraphType][]): MeshEntity {
    const declared = parts.filter(([, { dataProduct }]) => dataProduct);
    const [owner] = declared;
    for (const [subgraph, type] of parts) this.#attempt(() => checkOwnership(subgraph, type, owner?.[0]));
    const fields = parts.flatMap(([subgraph, type]) =>
      [...type.fields.values()]
        .filter((field) => !field.external && this.#isPublished(name, field.name))
        .map((field) => ({ subgraph, type, field })),
    );
    const columns = new Map<string, MeshColumn>();
    const references = new Map<string, MeshReference>();
    const inverses = new Map<string, MeshInverse>();
    for (const { subgraph, type, field } of fields) {
      const place = { subgraph: subgraph.name, type: name, field: field.name };
      if (field.reference) {
        const read = this.#attempt(() => readReference(place, subgraph, type, field));
        if (read?.inverse) inverses.set(field.name, read.inverse);
        if (read?.reference) references.set(field.name, read.reference);
      } else if (!field.list && subgraph.leaves.has(field.type))
        columns.set(field.name, {
          name: field.name,
          subgraph: subgraph.name,
          type: field.type,
          required: field.required,
        });
    }
    return {
      name,
      owner: owner?.[0].name,
      product: owner && this.#attempt(() => readProduct(owner[0], owner[1])),
      freshness: owner && this.#attempt(() => readFreshness(owner[0], owner[1])),
      keys: [...new Map(parts.flatMap(([, { keys }]) => keys).map((key) => [key.join(" "), key])).values()],
      columns,
      references,
      inverses,
    };
  }

  collections(): ReadonlyMap<string, MeshCollection> {
    const collections = new Map<string, MeshCollection>();
    for (const subgraph of this.#subgraphs)
      for (const type of subgraph.types.values())
        for (const field of type.fields.values()) {
          if (!field.collection || !this.#isPublished(type.name, field.name)) continue;
          const place = { subgraph: subgraph.name, type: type.name, field: field.name };
          const collection = this.#attempt(() => readCollection(place, subgraph, type, field));
          const other = collections.get(field.name);
          if (collection && other)
            this.#attempt(() => {
              throw composing.COLLECTION_TAKEN({ ...place, other: other.subgraph });
            });
          else if (collection) collections.set(field.name, collection);
        }
    return collections;
  }

  #isPublished(typeName: string, fieldName: string): boolean {
    const type = this.#api.getType(typeName);
    const field = isObjectType(type) ? type.getFields()[fieldName] : undefined;
    const directives = field?.astNode?.directives ?? [];
    return field !== undefined && !directives.some(({ name }) => name.value === "inaccessible");
  }
}

/** @dataProduct and @freshness stand only with the owner: of two, composition would silently keep one. */
function checkOwnership(subgraph: Subgraph, type: SubgraphType, owner: Subgraph | undefined): void {
  const place = { subgraph: subgraph.name, type: type.name };
  if (owner && owner !== subgraph && (type.dataProduct || type.freshness))
    throw composing.PRODUCT_OWNED_TWICE({
      ...place,
      owner: owner.name,
      directive: type.dataProduct ? "@dataProduct" : "@freshness",
    });
  if (type.freshness && !type.dataProduct) throw composing.FRESHNESS_WITHOUT_PRODUCT(place);
}

function readProduct(subgraph: Subgraph, type: SubgraphType): MeshProduct {
  const place = { subgraph: subgraph.name, type: type.name };
  return readArguments(dataProductArguments, type.dataProduct, "@dataProduct", place);
}

function readFreshness(subgraph: Subgraph, type: SubgraphType): MeshFreshness | undefined {
  if (!type.freshness) return undefined;
  const place = { subgraph: subgraph.name, type: type.name };
  const { slo, watermark } = readArguments(freshnessArguments, type.freshness, "@freshness", place);
  const sloMs = durationMs(slo);
  if (sloMs === undefined) throw composing.FRESHNESS_SLO({ ...place, slo });
  if (watermark !== undefined && subgraph.query?.fields.get(watermark)?.type !== "DateTime")
    throw composing.FRESHNESS_WATERMARK({ ...place, watermark });
  return { sloMs, watermark };
}

function readReference(
  place: Place,
  subgraph: Subgraph,
  type: SubgraphType,
  field: SubgraphField,
): { reference?: MeshReference; inverse?: MeshInverse } {
  const { key, inverseOf } = readArguments(referenceArguments, field.reference, "@reference", place);
  const target = subgraph.types.get(field.type);
  if (!target || target.keys.length === 0) throw composing.REFERENCE_TARGET({ ...place, target: field.type });
  const { name, required } = field;
  if (field.list) {
    const inverted = inverseOf === undefined ? undefined : target.fields.get(inverseOf);
    if (!inverted?.reference || inverted.list || inverted.type !== type.name)
      throw composing.REFERENCE_INVERSE({ ...place, source: target.name, reference: inverseOf ?? "(none)" });
    return {
      inverse: { name, subgraph: subgraph.name, source: target.name, reference: inverted.name },
    };
  }
  const problem = keyProblem(key, subgraph, type, target);
  if (problem !== undefined) throw composing.REFERENCE_KEY({ ...place, problem });
  return {
    reference: { name, subgraph: subgraph.name, target: target.name, required, key: key ?? [] },
  };
}

function keyProblem(
  key: readonly string[] | undefined,
  subgraph: Subgraph,
  type: SubgraphType,
  target: SubgraphType,
): string | undefined {
  if (key === undefined || key.length === 0) return "names no key";
  const unknown = key.find((column) => !ownColumns(subgraph, type).has(column));
  if (unknown !== undefined) return `names ${unknown}, which is no column of ${type.name}`;
  if (target.keys.some(({ length }) => length === key.length)) return undefined;
  return `names ${key.length} columns, and ${target.name} is found by ${target.keys.map((fields) => fields.join(" ")).join(" or by ")}`;
}

/** An entity's own columns here: its leaf fields, and what the `_column` enum of one of its collections names. */
function ownColumns(subgraph: Subgraph, type: SubgraphType): ReadonlySet<string> {
  const fields = [...type.fields.values()].filter((field) => !field.list && subgraph.leaves.has(field.type));
  const collections = [...(subgraph.query?.fields.values() ?? [])].filter(
    ({ collection }) => collection?.entity === type.name,
  );
  const named = collections.flatMap(({ name }) => subgraph.leaves.get(generatedNames(name).column) ?? []);
  return new Set([...fields.map(({ name }) => name), ...named]);
}

function readCollection(
  place: Place,
  subgraph: Subgraph,
  type: SubgraphType,
  field: SubgraphField,
): MeshCollection {
  const read = readArguments(collectionArguments, field.collection, "@collection", place);
  const { entity, dialect, filter, inexact, aggregate, groups, byPk } = read;
  if (!subgraph.types.get(entity)?.keys.length) throw composing.ENTITY_UNKNOWN({ ...place, entity });
  if (type !== subgraph.query || !field.list || field.type !== entity)
    throw composing.COLLECTION_NOT_ITS_LIST({ ...place, entity });
  if (!isDialect(dialect)) throw composing.DIALECT_UNKNOWN({ ...place, dialect, known: dialects });
  const operator = [...(filter ?? []), ...inexact].find((name) => !isOperator(name));
  if (operator !== undefined) throw composing.OPERATOR_UNKNOWN({ ...place, operator, known: operators });
  for (const [role, sibling] of Object.entries({ aggregate, groups, byPk }))
    if (sibling !== undefined && !type.fields.has(sibling))
      throw composing.COLLECTION_SIBLING({ ...place, sibling, role });
  const { sort, limit, keysMax, rowsMax } = read;
  return {
    name: field.name,
    subgraph: subgraph.name,
    entity,
    dialect,
    exact: filter as readonly Operator[] | undefined,
    inexact: inexact as readonly Operator[],
    sort,
    limit,
    aggregate,
    groups,
    byPk,
    keysMax,
    rowsMax,
  };
}

function isDialect(name: string): name is DialectName {
  return (dialects as readonly string[]).includes(name);
}

function isOperator(name: string): name is Operator {
  return (operators as readonly string[]).includes(name);
}

function readArguments<Schema extends z.ZodType>(
  schema: Schema,
  args: DirectiveArguments | undefined,
  directive: string,
  place: Place,
): z.output<Schema> {
  const result = schema.safeParse(args ?? {});
  if (result.success) return result.data;
  const problem = result.error.issues
    .map(({ path, message }) => `${path.join(".") || "arguments"}: ${message}`)
    .join("; ");
  throw composing.DIRECTIVE_ARGUMENTS({ ...place, directive, problem });
}
