// Aggregates as columns of rows: what they are called, of which scalar they are, and what parts of them are made of.
import { type ScalarName, scalarTraits } from "../../schema/product/scalar.ts";
import type { Shape } from "../../schema/product/shape.ts";
import type { Aggregate } from "../../schema/product/value.ts";
import { scalarOf } from "./facts.ts";
import type { TypedAggregate } from "./rows-plan.ts";

/** One column for one aggregate: `count(*)`, `count(distinct delay)`, `avg(delay)`. No other column has brackets. */
export function columnOfAggregate(aggregate: Aggregate): string {
  if (aggregate.function !== "count") return `${aggregate.function}(${aggregate.column})`;
  if (aggregate.column === undefined) return "count(*)";
  return `count(${aggregate.distinct ? "distinct " : ""}${aggregate.column})`;
}

/** Each once. */
export function distinctAggregates(aggregates: readonly Aggregate[]): readonly Aggregate[] {
  return [...new Map(aggregates.map((each) => [columnOfAggregate(each), each])).values()];
}

/**
 * What has to be known of parts to have an aggregate of the whole: a mean by sum and count, a variance by count, sum and
 * variance (Chan, Golub and LeVeque 1979). Of `count distinct` nothing: its column is a key of the parts.
 */
export function partialAggregates(aggregate: Aggregate): readonly Aggregate[] {
  switch (aggregate.function) {
    case "count":
      return aggregate.distinct ? [] : [aggregate];
    case "sum":
    case "min":
    case "max":
      return [aggregate];
    case "avg":
      return [countOf(aggregate.column), { function: "sum", column: aggregate.column }];
    case "var_pop":
    case "stddev_pop": {
      const { column } = aggregate;
      return [countOf(column), { function: "sum", column }, { function: "var_pop", column }];
    }
  }
}

function countOf(column: string): Aggregate {
  return { function: "count", column, distinct: false };
}

/** An aggregate over rows of the shape, with the scalar of its column. */
export function typedAggregate(shape: Shape, aggregate: Aggregate): TypedAggregate {
  if (aggregate.column === undefined) return { aggregate };
  return { aggregate, scalar: scalarOf(shape, aggregate.column.split(".")) };
}

/** The scalar of an aggregate's value. */
export function scalarOfAggregate({ aggregate, scalar = "Int" }: TypedAggregate): ScalarName {
  switch (aggregate.function) {
    case "count":
      return "Int";
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

/** The inverse of `aggregateName`, for what a `having` can name. */
export function aggregateNamed(name: string): Aggregate {
  const [, fn, column] = /^(\w+)\((\w+)\)$/.exec(name) ?? [];
  if (fn === undefined || column === undefined) return { function: "count", distinct: false };
  return { function: fn as Exclude<Aggregate["function"], "count">, column };
}
