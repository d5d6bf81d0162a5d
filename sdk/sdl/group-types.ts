// What `_groups` takes and answers with: keys under `by`, `having`, and the order of groups.
import { generatedNames } from "../../schema/product/generated-names.ts";
import { type ScalarName, scalarTraits } from "../../schema/product/scalar.ts";
import { aggregateFunctions } from "../../schema/product/value.ts";
import { type Entity, type Product, publishedColumns, type Reference } from "../product.ts";
import { resultType } from "./aggregate-types.ts";
import { aggregatedColumns, foreign } from "./list-types.ts";
import { block } from "./print.ts";

export function groupTypes(entity: Entity, product: Product): readonly string[] {
  const names = generatedNames(entity.collection);
  return [
    block("type", names.group, `A group of ${entity.collection}: its keys, and aggregates over its rows.`, [
      `by: ${names.by}!`,
      `aggregate: ${names.aggregateFields}!`,
    ]),
    ...byTypes(entity, product),
    block("input", names.groupOrderBy, "By a key that is selected under `by`, or by an aggregate.", [
      `by: ${names.byOrderBy}`,
      `aggregate: ${names.aggregateOrderBy}`,
    ]),
    ...havingTypes(entity),
  ];
}

/** The leaves of `by`: columns, and their calendar buckets. A key carries its column's scalar, an `ID` that of text. */
function leaves(entity: Entity): readonly { readonly name: string; readonly scalar: ScalarName }[] {
  return publishedColumns(entity).flatMap(({ name, scalar }) => [
    { name, scalar: keyScalar(scalar) },
    ...Object.entries(scalarTraits[scalar].buckets).map(([bucket, start]) => ({
      name: `${name}_${bucket}`,
      scalar: start,
    })),
  ]);
}

function keyScalar(scalar: ScalarName): ScalarName {
  return scalar === "ID" ? "String" : scalar;
}

function byTypes(entity: Entity, product: Product): readonly string[] {
  const names = generatedNames(entity.collection);
  const references = [...entity.references.values()];
  const own = ({ target }: Reference) => product.entities.get(target)?.collection;
  const byType = (reference: Reference) => {
    const collection = own(reference);
    return collection ? generatedNames(collection).by : names.byReference(reference.name);
  };
  const orderType = (reference: Reference) => {
    const collection = own(reference);
    return collection ? generatedNames(collection).byOrderBy : names.byReferenceOrderBy(reference.name);
  };
  const keys = leaves(entity);
  return [
    block(
      "type",
      names.by,
      `What ${entity.collection} can be grouped by: groups are made by what is selected.`,
      [
        ...keys.map(({ name, scalar }) => `${name}: ${scalar}`),
        ...references.map((reference) => `${reference.name}: ${byType(reference)}!`),
      ],
    ),
    block("input", names.byOrderBy, "A key that is selected under `by`.", [
      ...keys.map(({ name }) => `${name}: ${names.direction}`),
      ...references.map((reference) => `${reference.name}: ${orderType(reference)}`),
    ]),
    ...foreign(references, product).flatMap((reference) => [
      block(
        "type",
        names.byReference(reference.name),
        `The key of ${reference.name}; its parts are null where the reference is.`,
        reference.key.map(({ field, column }) => `${field}: ${keyScalar(column.scalar)}`),
      ),
      block(
        "input",
        names.byReferenceOrderBy(reference.name),
        `The key of ${reference.name}.`,
        reference.key.map(({ field }) => `${field}: ${names.direction}`),
      ),
    ]),
  ];
}

function havingTypes(entity: Entity): readonly string[] {
  const names = generatedNames(entity.collection);
  const used = aggregateFunctions.filter((name) => aggregatedColumns(entity, name).length > 0);
  return [
    block("input", names.havingExp, "Which groups: all entries hold.", [
      `_and: [${names.havingExp}!]`,
      `_or: [${names.havingExp}!]`,
      `_not: ${names.havingExp}`,
      `count: ${names.comparisonExp("Int")}`,
      ...used.map((name) => `${name}: ${names.havingExpOf(name)}`),
    ]),
    ...used.map((name) =>
      block(
        "input",
        names.havingExpOf(name),
        `Tests of the ${name} of a column.`,
        aggregatedColumns(entity, name).map(
          (column) => `${column.name}: ${names.comparisonExp(resultType(name, column) as ScalarName)}`,
        ),
      ),
    ),
  ];
}
