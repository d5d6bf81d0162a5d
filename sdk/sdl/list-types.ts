// What a list takes: `where`, `order_by`, and the types beneath them.
import { generatedNames } from "../../schema/product/generated-names.ts";
import { directions } from "../../schema/product/order.ts";
import { comparisons, patterns } from "../../schema/product/predicate.ts";
import { type ScalarName, scalarTraits } from "../../schema/product/scalar.ts";
import { aggregateFunctions } from "../../schema/product/value.ts";
import {
  type Column,
  type Entity,
  type Inverse,
  type Product,
  publishedColumns,
  type Reference,
} from "../product.ts";
import { block } from "./print.ts";

export function listTypes(entity: Entity, product: Product): readonly string[] {
  const names = generatedNames(entity.collection);
  return [
    ...whereTypes(entity, product),
    ...[...usedScalars(entity)].map((scalar) => comparisonType(entity, scalar)),
    ...orderTypes(entity, product),
    block("enum", names.direction, "`asc` puts nulls last and `desc` first; the others say it.", directions),
    block(
      "enum",
      names.column,
      `The columns of ${entity.collection}, those that hold references' keys among them.`,
      [...entity.columns.keys()],
    ),
  ];
}

function whereTypes(entity: Entity, product: Product): readonly string[] {
  const names = generatedNames(entity.collection);
  const logic = [`_and: [${names.boolExp}!]`, `_or: [${names.boolExp}!]`, `_not: ${names.boolExp}`];
  const references = [...entity.references.values()];
  const fields = [
    ...logic,
    ...publishedColumns(entity).map(({ name, scalar }) => `${name}: ${names.comparisonExp(scalar)}`),
    ...references.map((reference) => `${reference.name}: ${referenceInput(entity, reference, product)}`),
    ...[...entity.inverses.values()].map(
      ({ name, source }) => `${name}: ${generatedNames(source.collection).boolExp}`,
    ),
  ];
  const isTarget = [...product.entities.values()].some((source) =>
    [...source.references.values()].some(({ target }) => target === entity.name),
  );
  const nullTest = "_is_null: Boolean";
  return [
    block(
      "input",
      names.boolExp,
      `Which ${entity.collection}: all entries hold. An empty object is true.`,
      fields,
    ),
    isTarget
      ? block(
          "input",
          names.referenceExp,
          `A reference to one that exists among ${entity.collection} and for which all entries hold; \`_is_null\` asks for the null reference.`,
          [nullTest, ...fields],
        )
      : "",
    ...foreign(references, product).flatMap((reference) => {
      const nested = names.keyBoolExp(reference.name);
      const tests = [
        `_and: [${nested}!]`,
        `_or: [${nested}!]`,
        `_not: ${nested}`,
        ...reference.key.map(({ field, column }) => `${field}: ${names.comparisonExp(column.scalar)}`),
      ];
      return [
        block(
          "input",
          names.keyExp(reference.name),
          `A reference to a ${reference.target}, by its key; \`_is_null\` asks for the null reference.`,
          [nullTest, ...tests],
        ),
        block("input", nested, `The key of a ${reference.target}: all entries hold.`, tests),
      ];
    }),
  ];
}

/** References that lead out of the product: only their keys are known here. */
export function foreign(references: readonly Reference[], product: Product): readonly Reference[] {
  return references.filter(({ target }) => !product.entities.has(target));
}

function referenceInput(entity: Entity, { name, target }: Reference, product: Product): string {
  const own = product.entities.get(target);
  return own ? generatedNames(own.collection).referenceExp : generatedNames(entity.collection).keyExp(name);
}

/** Every scalar that a predicate on the collection can meet, in `where` or in `having`. */
function usedScalars(entity: Entity): ReadonlySet<ScalarName> {
  const columns = [...entity.columns.values()].map(({ scalar }) => scalar);
  const sums = columns.flatMap((scalar) => scalarTraits[scalar].sum ?? []);
  return new Set([...columns, ...sums, "Int", "Float"]);
}

function comparisonType({ collection }: Entity, scalar: ScalarName): string {
  const { ordered, text } = scalarTraits[scalar];
  const compared = ordered ? comparisons : (["_eq", "_neq"] as const);
  return block(
    "input",
    generatedNames(collection).comparisonExp(scalar),
    `Tests of a ${scalar}: all entries hold. A null column passes none of them but \`_is_null\`.`,
    [
      ...compared.map((operator) => `${operator}: ${scalar}`),
      `_in: [${scalar}!]`,
      `_nin: [${scalar}!]`,
      "_is_null: Boolean",
      ...(text ? patterns.map((operator) => `${operator}: String`) : []),
    ],
  );
}

function orderTypes(entity: Entity, product: Product): readonly string[] {
  const names = generatedNames(entity.collection);
  const references = [...entity.references.values()];
  const keyOrder = (reference: Reference) => {
    const own = product.entities.get(reference.target);
    return own ? generatedNames(own.collection).orderBy : names.keyOrderBy(reference.name);
  };
  const fields = [
    ...publishedColumns(entity).map(({ name }) => `${name}: ${names.direction}`),
    ...references.map((reference) => `${reference.name}: ${keyOrder(reference)}`),
    ...[...entity.inverses.values()].map(aggregateOrder),
  ];
  return [
    block("input", names.orderBy, "One key an object; several keys are several objects of the list.", fields),
    ...foreign(references, product).map((reference) =>
      block(
        "input",
        names.keyOrderBy(reference.name),
        `By the key of ${reference.name}.`,
        reference.key.map(({ field }) => `${field}: ${names.direction}`),
      ),
    ),
    block("input", names.aggregateOrderBy, `By an aggregate over ${entity.collection}.`, [
      `count: ${names.direction}`,
      ...aggregateFunctions
        .filter((name) => aggregatedColumns(entity, name).length > 0)
        .map((name) => `${name}: ${names.aggregateOrderByOf(name)}`),
    ]),
    ...aggregateFunctions.map((name) =>
      block(
        "input",
        names.aggregateOrderByOf(name),
        `By the ${name} of a column.`,
        aggregatedColumns(entity, name).map((column) => `${column.name}: ${names.direction}`),
      ),
    ),
  ];
}

function aggregateOrder({ name, source }: Inverse): string {
  return `${name}_aggregate: ${generatedNames(source.collection).aggregateOrderBy}`;
}

/** The columns that an aggregate function has a value for. */
export function aggregatedColumns(
  entity: Entity,
  name: (typeof aggregateFunctions)[number],
): readonly Column[] {
  const extreme = name === "min" || name === "max";
  return publishedColumns(entity).filter(({ scalar }) =>
    extreme ? scalarTraits[scalar].ordered : scalarTraits[scalar].numeric,
  );
}
