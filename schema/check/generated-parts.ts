// What is generated for a collection follows its entity: a column stands in `where`, `order_by`, `by` and the aggregates too.
import { generatedNames } from "../product/generated-names.ts";
import { buckets } from "../product/scalar.ts";
import { aggregateFunctions } from "../product/value.ts";
import { namedType } from "./coordinates.ts";
import type { Port, PortType } from "./port.ts";

/** A collection by its name, and the entity it lists. */
export type NamedCollection = { readonly name: string; readonly entity: string };

export function collectionsIn(port: Port): readonly NamedCollection[] {
  return [...(port.types.get("Query")?.fields.values() ?? [])].flatMap(({ name, type, collection }) =>
    collection ? [{ name, entity: String(collection.entity ?? namedType(type)) }] : [],
  );
}

/**
 * Coordinates that a field of an entity has beside its own, in the collections that list it: those of the published
 * schema too, which no port has (`airports_reference_exp.city`). [] for other coordinates.
 */
export function generatedParts(
  coordinate: string,
  collections: readonly NamedCollection[],
): readonly string[] {
  const [entity, field] = coordinate.split(".");
  if (field === undefined) return [];
  return collections
    .filter((collection) => collection.entity === entity)
    .flatMap(({ name }) => {
      const names = generatedNames(name);
      const bucketed = buckets.map((bucket) => `${field}_${bucket}`);
      const at = (type: string, parts: readonly string[] = [field]) => parts.map((part) => `${type}.${part}`);
      return [
        ...at(names.boolExp),
        ...at(names.referenceExp),
        ...at(names.orderBy, [field, `${field}_aggregate`]),
        ...at(names.column),
        ...at(names.by, [field, ...bucketed]),
        ...at(names.byOrderBy, [field, ...bucketed]),
        ...aggregateFunctions.flatMap((name) => [
          ...at(names.aggregateFieldsOf(name)),
          ...at(names.aggregateOrderByOf(name)),
          ...at(names.havingExpOf(name)),
        ]),
      ];
    });
}

/** The fields that a generated coordinate stands or falls with, the nearest first; [] for one that is not generated. */
export function ownersOf(
  coordinate: string,
  port: Port,
  collections: readonly NamedCollection[],
): readonly string[] {
  const [typeName = "", part] = coordinate.replace(/\(.*/, "").split(".");
  const owners: string[] = [];
  for (const { name, entity } of collections) {
    const root = `Query.${name}`;
    const names = generatedNames(name);
    const siblings = [names.byPk, names.aggregate, names.groups, names.watermark];
    if (typeName === "Query" && part !== undefined && siblings.includes(part)) owners.push(root);
    const type = port.types.get(entity);
    if (!typeName.startsWith(`${name}_`) || !type) continue;
    const reference = [...type.fields.keys()].find((field) => referenceTypes(name, field).includes(typeName));
    const fields = reference === undefined ? columnsBehind(typeName, part, name, type, port) : [reference];
    owners.push(...fields.map((field) => `${entity}.${field}`), root);
  }
  if (part?.endsWith("_aggregate")) owners.push(`${typeName}.${part.replace(/_aggregate$/, "")}`);
  return owners;
}

/** The types that are made for one reference out of the domain. */
function referenceTypes(collection: string, reference: string): readonly string[] {
  const names = generatedNames(collection);
  return [
    names.keyExp(reference),
    names.keyBoolExp(reference),
    names.keyOrderBy(reference),
    names.byReference(reference),
    names.byReferenceOrderBy(reference),
  ];
}

/** The fields of the entity that a part of a generated type is made for, or the whole type where it is of some of them. */
function columnsBehind(
  typeName: string,
  part: string | undefined,
  collection: string,
  entity: PortType,
  port: Port,
): readonly string[] {
  const fields = [...entity.fields.values()];
  const exact = fields.filter(
    ({ name, reference }) =>
      part === name ||
      part === `${name}_aggregate` ||
      buckets.some((bucket) => part === `${name}_${bucket}`) ||
      (part !== undefined && [reference?.key ?? []].flat().includes(part)),
  );
  if (exact.length > 0) return exact.map(({ name }) => name);
  const names = generatedNames(collection);
  const scalar = fields.filter(({ type }) => `${collection}_${namedType(type)}_comparison_exp` === typeName);
  if (scalar.length > 0) return scalar.map(({ name }) => name);
  const aggregated = aggregateFunctions.find(
    (name) =>
      [names.aggregateFieldsOf(name), names.aggregateOrderByOf(name), names.havingExpOf(name)].includes(
        typeName,
      ) ||
      (part === name && [names.aggregateFields, names.aggregateOrderBy, names.havingExp].includes(typeName)),
  );
  if (aggregated === undefined) return [];
  const columns = port.types.get(names.aggregateFieldsOf(aggregated))?.fields.keys() ?? [];
  return [...columns];
}
