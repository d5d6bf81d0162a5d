// What `_aggregate` answers with.
import { generatedNames } from "../../schema/product/generated-names.ts";
import { scalarTraits } from "../../schema/product/scalar.ts";
import { type AggregateFunction, aggregateFunctions } from "../../schema/product/value.ts";
import type { Column, Entity } from "../product.ts";
import { aggregatedColumns } from "./list-types.ts";
import { block } from "./print.ts";

export function aggregateTypes(entity: Entity): readonly string[] {
  const names = generatedNames(entity.collection);
  const used = aggregateFunctions.filter((name) => aggregatedColumns(entity, name).length > 0);
  return [
    block("type", names.aggregate, `Aggregates over ${entity.collection}, and the rows they are over.`, [
      `aggregate: ${names.aggregateFields}!`,
      `nodes: [${entity.name}!]!`,
    ]),
    block(
      "type",
      names.aggregateFields,
      "Rows, or a column's non-null values; of nothing, all but the count are null.",
      [
        `count(column: ${names.column}, distinct: Boolean = false): Int!`,
        ...used.map((name) => `${name}: ${names.aggregateFieldsOf(name)}!`),
      ],
    ),
    ...used.map((name) =>
      block(
        "type",
        names.aggregateFieldsOf(name),
        `The ${name} of each column.`,
        aggregatedColumns(entity, name).map((column) => `${column.name}: ${resultType(name, column)}`),
      ),
    ),
  ];
}

export function resultType(name: AggregateFunction, { scalar }: Column): string {
  switch (name) {
    case "sum":
      return scalarTraits[scalar].sum ?? scalar;
    case "min":
    case "max":
      return scalar;
    case "avg":
    case "var_pop":
    case "stddev_pop":
      return "Float";
  }
}
