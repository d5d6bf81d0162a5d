// The types of one collection in the published schema: what `where`, `order_by` and `by` can name, in any domain.
//
//   flights_bool_exp.origin:   flights_origin_key_exp      →  airports_reference_exp
//   flights_order_by.origin:   flights_origin_key_order_by →  airports_order_by
//   flights_by.origin:         flights_origin_by!          →  airports_by!
//   airports_bool_exp:         (nothing of flights)        →  departures: flights_bool_exp
//
// A field refers to the target's own types, so that each collection has one family of them whatever leads to it.
import { generatedNames } from "../product/generated-names.ts";
import type { Mesh, MeshCollection } from "../product/mesh.ts";
import { directions } from "../product/order.ts";
import { comparisons, patterns } from "../product/predicate.ts";
import { type ScalarName, scalarTraits } from "../product/scalar.ts";
import { type AggregateFunction, aggregateFunctions } from "../product/value.ts";
import type { PublishedField, PublishedType } from "./published-type.ts";
import { type Columns, type SeenCollection, type SeenReference, seeCollection } from "./seen-collection.ts";

type Names = ReturnType<typeof generatedNames>;

/** Every type that the collection can need; a type without a field or value is left out. */
export function collectionTypes(mesh: Mesh, collection: MeshCollection): readonly PublishedType[] {
  const seen = seeCollection(mesh, collection);
  const names = generatedNames(collection.name);
  const types = [
    ...whereTypes(seen, names),
    ...orderTypes(seen, names),
    ...aggregateOrderTypes(seen, names),
    ...byTypes(seen, names),
    ...[
      ...new Set([...seen.columns.values(), ...seen.references.flatMap(({ key }) => [...key.values()])]),
    ].map((scalar) => comparisonType(names, scalar)),
  ];
  return types.filter((type) => (type.kind === "enum" ? type.values : type.fields).length > 0);
}

/**
 * The fields that references make: `type` names the target's type, `keyType` the own one for where only the key is
 * known, which is not there without a key.
 */
function referenceFields(
  { references }: SeenCollection,
  type: (target: Names) => string,
  keyType: (reference: string) => string,
  required = "",
): readonly PublishedField[] {
  return references.flatMap(({ name, target, key, leading }): PublishedField[] => {
    if (target)
      return [
        { name, type: type(generatedNames(target.name)) + required, replaces: keyType(name), ...leading },
      ];
    return key.size > 0 ? [{ name, type: keyType(name) + required }] : [];
  });
}

/** Those of whose target only the key is known. */
function keyReferences({ references }: SeenCollection): readonly SeenReference[] {
  return references.filter(({ target }) => !target);
}

function whereTypes(seen: SeenCollection, names: Names): readonly PublishedType[] {
  const { collection, columns, inverses } = seen;
  const tests = (of: Columns) =>
    [...of].map(([name, scalar]): PublishedField => ({ name, type: names.comparisonExp(scalar) }));
  const fields: readonly PublishedField[] = [
    ...logic(names.boolExp),
    ...tests(columns),
    ...referenceFields(seen, ({ referenceExp }) => referenceExp, names.keyExp),
    ...inverses.map(({ name, source, leading }) => ({
      name,
      type: generatedNames(source.name).boolExp,
      ...leading,
    })),
  ];
  return [
    input(
      names.boolExp,
      `Which ${collection.name}: all entries hold. An empty object is true.`,
      fields,
      true,
    ),
    {
      ...input(
        names.referenceExp,
        `A reference to one that exists among ${collection.name} and for which all entries hold; \`_is_null\` asks for the null reference.`,
        [nullTest, ...fields],
        true,
      ),
      as: names.boolExp,
    },
    ...keyReferences(seen).flatMap(({ name, entity, key }) => {
      const nested = names.keyBoolExp(name);
      const keyTests = [...logic(nested), ...tests(key)];
      return [
        input(
          names.keyExp(name),
          `A reference to a ${entity}, by its key; \`_is_null\` asks for the null reference.`,
          [nullTest, ...keyTests],
        ),
        input(nested, `The key of a ${entity}: all entries hold.`, keyTests),
      ];
    }),
  ];
}

const nullTest: PublishedField = { name: "_is_null", type: "Boolean" };

function logic(type: string): readonly PublishedField[] {
  return [
    { name: "_and", type: `[${type}!]` },
    { name: "_or", type: `[${type}!]` },
    { name: "_not", type },
  ];
}

function comparisonType(names: Names, scalar: ScalarName): PublishedType {
  const { ordered, text } = scalarTraits[scalar];
  const compared = ordered ? comparisons : (["_eq", "_neq"] as const);
  return input(
    names.comparisonExp(scalar),
    `Tests of a ${scalar}: all entries hold. A null column passes none of them but \`_is_null\`.`,
    [
      ...compared.map((name) => ({ name, type: scalar })),
      { name: "_in", type: `[${scalar}!]` },
      { name: "_nin", type: `[${scalar}!]` },
      nullTest,
      ...(text ? patterns.map((name) => ({ name, type: "String" })) : []),
    ],
  );
}

function orderTypes(seen: SeenCollection, names: Names): readonly PublishedType[] {
  return [
    input(
      names.orderBy,
      "One key an object; several keys are several objects of the list.",
      [
        ...directed([...seen.columns.keys()], names),
        ...referenceFields(seen, ({ orderBy }) => orderBy, names.keyOrderBy),
        ...seen.inverses.map(({ name, source, leading }) => ({
          name: `${name}_aggregate`,
          type: generatedNames(source.name).aggregateOrderBy,
          ...leading,
        })),
      ],
      true,
    ),
    ...keyReferences(seen).map(({ name, key }) =>
      input(names.keyOrderBy(name), `By the key of ${name}.`, directed([...key.keys()], names)),
    ),
    {
      kind: "enum",
      name: names.direction,
      description: "`asc` puts nulls last and `desc` first; the others say it.",
      values: directions,
    },
  ];
}

function aggregateOrderTypes(
  { collection, columns }: SeenCollection,
  names: Names,
): readonly PublishedType[] {
  const used = aggregateFunctions
    .map((name) => ({ name, of: aggregatedColumns(columns, name) }))
    .filter(({ of }) => of.length > 0);
  return [
    input(names.aggregateOrderBy, `By an aggregate over ${collection.name}.`, [
      ...directed(["count"], names),
      ...used.map(({ name }) => ({ name, type: names.aggregateOrderByOf(name) })),
    ]),
    ...used.map(({ name, of }) =>
      input(names.aggregateOrderByOf(name), `By the ${name} of a column.`, directed(of, names)),
    ),
  ];
}

function aggregatedColumns(columns: Columns, name: AggregateFunction): readonly string[] {
  const extreme = name === "min" || name === "max";
  return [...columns].flatMap(([column, scalar]) => {
    const { ordered, numeric } = scalarTraits[scalar];
    return (extreme ? ordered : numeric) ? [column] : [];
  });
}

function byTypes(seen: SeenCollection, names: Names): readonly PublishedType[] {
  const leaves = [...seen.columns].flatMap(([name, scalar]): PublishedField[] => [
    { name, type: keyScalar(scalar) },
    ...Object.entries(scalarTraits[scalar].buckets).map(([bucket, start]) => ({
      name: `${name}_${bucket}`,
      type: start,
    })),
  ]);
  return [
    {
      kind: "type",
      name: names.by,
      description: `What ${seen.collection.name} can be grouped by: groups are made by what is selected.`,
      fields: [...leaves, ...referenceFields(seen, ({ by }) => by, names.byReference, "!")],
      extends: true,
    },
    input(
      names.byOrderBy,
      "A key that is selected under `by`.",
      [
        ...directed(
          leaves.map(({ name }) => name),
          names,
        ),
        ...referenceFields(seen, ({ byOrderBy }) => byOrderBy, names.byReferenceOrderBy),
      ],
      true,
    ),
    ...keyReferences(seen).flatMap(({ name, key }): readonly PublishedType[] => [
      {
        kind: "type",
        name: names.byReference(name),
        description: `The key of ${name}; its parts are null where the reference is.`,
        fields: [...key].map(([field, scalar]) => ({ name: field, type: keyScalar(scalar) })),
        extends: false,
      },
      input(names.byReferenceOrderBy(name), `The key of ${name}.`, directed([...key.keys()], names)),
    ]),
  ];
}

/** A key carries its column's scalar, an `ID` that of text: clients add `id` to every selection that has one. */
function keyScalar(scalar: ScalarName): ScalarName {
  return scalar === "ID" ? "String" : scalar;
}

function directed(columns: readonly string[], { direction }: Names): readonly PublishedField[] {
  return columns.map((name) => ({ name, type: direction }));
}

function input(
  name: string,
  description: string,
  fields: readonly PublishedField[],
  extended = false,
): Extract<PublishedType, { readonly kind: "input" | "type" }> {
  return { kind: "input", name, description, fields: once(fields), extends: extended };
}

/** Of two fields of one name the first: a column may be called as an aggregate of an inverse is. */
function once(fields: readonly PublishedField[]): readonly PublishedField[] {
  return fields.filter(({ name }, i) => fields.findIndex((field) => field.name === name) === i);
}
