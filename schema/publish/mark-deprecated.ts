// Carries deprecation to all that stands for a deprecated field: what is generated of it, and what a deprecated product offers.
//
//   type Airport { city: String @deprecated(…) }   →   airports_bool_exp.city, airports_order_by.city, airports_by.city, … too
//   @dataProduct(id: "airports", status: "deprecated")   →   every field of Airport, and Query.airports with its siblings
import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type EnumValueDefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
} from "graphql";
import { generatedNames } from "../product/generated-names.ts";
import type { Mesh, MeshCollection, MeshEntity, MeshProduct } from "../product/mesh.ts";
import { scalarTraits } from "../product/scalar.ts";
import { aggregateFunctions } from "../product/value.ts";

/** Reasons by field, input field or value, by type. */
type Reasons = ReadonlyMap<string, ReadonlyMap<string, string>>;

/**
 * The definitions themselves where nothing is deprecated.
 * What is marked already keeps its reason; what is required stays unmarked.
 */
export function markDeprecated(
  definitions: readonly DefinitionNode[],
  mesh: Mesh,
): readonly DefinitionNode[] {
  const fields = entityReasons(definitions, mesh);
  const roots = rootReasons(mesh);
  if (fields.size === 0 && roots.size === 0) return definitions;
  const reasons: Reasons = new Map([
    ...fields,
    ["Query", roots],
    ...[...mesh.collections.values()].flatMap((collection) =>
      generatedReasons(collection, mesh.entities.get(collection.entity), fields),
    ),
  ]);
  return definitions.map((node) => markType(node, reasons));
}

function reasonOf({ id, status }: MeshProduct): string | undefined {
  return status === "deprecated" || status === "retired" ? `The data product ${id} is ${status}.` : undefined;
}

/** Of the fields of entities: as their subgraphs wrote them, else as the product's status says of whoever answers them. */
function entityReasons(definitions: readonly DefinitionNode[], { entities }: Mesh): Reasons {
  const bySubgraph = new Map(
    [...entities.values()].flatMap(({ owner, product }) => (product ? [[owner, reasonOf(product)]] : [])),
  );
  return new Map(
    definitions.flatMap((node): [string, ReadonlyMap<string, string>][] => {
      if (node.kind !== Kind.OBJECT_TYPE_DEFINITION) return [];
      const entity = entities.get(node.name.value);
      if (!entity) return [];
      const own = entity.product && reasonOf(entity.product);
      const found = (node.fields ?? []).flatMap((field): [string, string][] => {
        const subgraph = answering(entity, field.name.value);
        const ofProduct =
          subgraph === undefined || subgraph === entity.owner ? own : bySubgraph.get(subgraph);
        const reason = writtenReason(field) ?? ofProduct;
        return reason === undefined ? [] : [[field.name.value, reason]];
      });
      return found.length > 0 ? [[node.name.value, new Map(found)]] : [];
    }),
  );
}

/** The subgraph that answers it; undefined for what the model does not have. */
function answering({ columns, references, inverses }: MeshEntity, name: string): string | undefined {
  const inverse = inverses.get(name) ?? inverses.get(name.replace(/_aggregate$/, ""));
  return (columns.get(name) ?? references.get(name) ?? inverse)?.subgraph;
}

/** Of the lists of deprecated products. */
function rootReasons({ entities, collections }: Mesh): ReadonlyMap<string, string> {
  return new Map(
    [...collections.values()].flatMap(({ name, aggregate, groups, byPk, entity }): [string, string][] => {
      const product = entities.get(entity)?.product;
      const reason = product && reasonOf(product);
      if (reason === undefined) return [];
      return [name, aggregate, groups, byPk].flatMap((field): [string, string][] =>
        field === undefined ? [] : [[field, reason]],
      );
    }),
  );
}

/** Of what the types that are generated for a collection name: its columns with their buckets, references and inverses. */
function generatedReasons(
  { name, dialect }: MeshCollection,
  entity: MeshEntity | undefined,
  fields: Reasons,
): [string, ReadonlyMap<string, string>][] {
  const given = entity && fields.get(entity.name);
  if (!given || dialect !== "weft") return [];
  const names = generatedNames(name);
  const buckets = [...new Set(Object.values(scalarTraits).flatMap((traits) => Object.keys(traits.buckets)))];
  const isColumn = (each: string) => entity.columns.has(each);
  const made = (field: string) => [`${field}_aggregate`, ...buckets.map((bucket) => `${field}_${bucket}`)];
  const reasons = new Map([
    ...[...given].flatMap(([field, reason]) =>
      made(field)
        .filter((each) => !isColumn(each))
        .map((each): [string, string] => [each, reason]),
    ),
    ...given,
  ]);
  return [
    names.boolExp,
    names.referenceExp,
    names.orderBy,
    names.by,
    names.byOrderBy,
    names.column,
    ...aggregateFunctions.flatMap((each) => [
      names.aggregateFieldsOf(each),
      names.aggregateOrderByOf(each),
      names.havingExpOf(each),
    ]),
  ].map((type) => [type, reasons]);
}

function markType(node: DefinitionNode, reasons: Reasons): DefinitionNode {
  const ofType = "name" in node && node.name ? reasons.get(node.name.value) : undefined;
  if (!ofType) return node;
  if (node.kind === Kind.OBJECT_TYPE_DEFINITION)
    return { ...node, fields: marked(node.fields ?? [], ofType) };
  if (node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION)
    return { ...node, fields: marked(node.fields ?? [], ofType) };
  if (node.kind === Kind.ENUM_TYPE_DEFINITION) return { ...node, values: marked(node.values ?? [], ofType) };
  return node;
}

type Member = FieldDefinitionNode | InputValueDefinitionNode | EnumValueDefinitionNode;

function marked<T extends Member>(members: readonly T[], reasons: ReadonlyMap<string, string>): readonly T[] {
  return members.map((member) => {
    const reason = reasons.get(member.name.value);
    if (reason === undefined || writtenReason(member) !== undefined || isRequired(member)) return member;
    return { ...member, directives: [...(member.directives ?? []), deprecated(reason)] };
  });
}

/** GraphQL has it that what must be given can't be deprecated. */
function isRequired(member: Member): boolean {
  return (
    member.kind === Kind.INPUT_VALUE_DEFINITION &&
    member.type.kind === Kind.NON_NULL_TYPE &&
    member.defaultValue === undefined
  );
}

function writtenReason({ directives = [] }: Member): string | undefined {
  const directive = directives.find(({ name }) => name.value === "deprecated");
  if (!directive) return undefined;
  const reason = directive.arguments?.find(({ name }) => name.value === "reason")?.value;
  return reason?.kind === Kind.STRING ? reason.value : "No longer supported";
}

function deprecated(reason: string): ConstDirectiveNode {
  return {
    kind: Kind.DIRECTIVE,
    name: { kind: Kind.NAME, value: "deprecated" },
    arguments: [
      {
        kind: Kind.ARGUMENT,
        name: { kind: Kind.NAME, value: "reason" },
        value: { kind: Kind.STRING, value: reason },
      },
    ],
  };
}
