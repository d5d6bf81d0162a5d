// `_aggregate`: one statement for its aggregates, one for its nodes, each only where selected.
import type { GraphQLResolveInfo } from "graphql";
import { generatedNames } from "../../schema/product/generated-names.ts";
import { readAggregates, readCount } from "../../schema/product/read-aggregates.ts";
import { type Aggregate, aggregateFunctions, aggregateName } from "../../schema/product/value.ts";
import type { Column, Entity } from "../product.ts";
import { aggregateStatement } from "../sql/aggregate-statement.ts";
import type { Row } from "../sql/engine.ts";
import { listStatement } from "../sql/list-statement.ts";
import type { Port, Resolver, ResolverMap } from "./port.ts";
import { placeOf } from "./port-context.ts";
import { neededColumns, readWhere } from "./read-arguments.ts";
import { returnedType, selectedFields } from "./selection.ts";

/** What `flights_aggregate` is resolved from, at the root and under a parent alike. */
export type AggregateSource = {
  readonly aggregate: (aggregates: readonly Aggregate[], info: GraphQLResolveInfo) => Promise<Row>;
  readonly nodes: (columns: readonly Column[], info: GraphQLResolveInfo) => Promise<readonly Row[]>;
};

export function rootAggregate(port: Port, entity: Entity): Resolver<unknown> {
  return (_, args, context, info): AggregateSource => {
    const where = readWhere(args, entity, placeOf(info));
    return {
      aggregate: async (aggregates, field) => {
        const asked = { ...port, entity, at: placeOf(field) };
        const [row] = await context.run(aggregateStatement(asked, { aggregates, where }));
        return row ?? {};
      },
      nodes: (columns, field) => {
        const asked = { ...port, entity, at: placeOf(field) };
        return context.run(listStatement(asked, { columns, where, order: [], page: { offset: 0 } }));
      },
    };
  };
}

/** The types of an aggregate's answer; groups share them. */
export function aggregateTypeResolvers(entity: Entity): ResolverMap {
  const names = generatedNames(entity.collection);
  return {
    [names.aggregate]: {
      aggregate: async (source: AggregateSource, _: unknown, __: unknown, info: GraphQLResolveInfo) => {
        const aggregates = readAggregates(selectedFields(info, returnedType(info)), placeOf(info));
        return aggregates.length === 0 ? {} : source.aggregate(aggregates, info);
      },
      nodes: (source: AggregateSource, _: unknown, __: unknown, info: GraphQLResolveInfo) =>
        source.nodes(neededColumns(entity, selectedFields(info, returnedType(info))), info),
    },
    [names.aggregateFields]: {
      count: (row: Row, args: Record<string, unknown>, _: unknown, info: GraphQLResolveInfo) =>
        row[aggregateName(readCount(args, placeOf(info)))],
      ...Object.fromEntries(aggregateFunctions.map((name) => [name, (row: Row) => valuesOf(name, row)])),
    },
  };
}

/** `{ delay: … }` of the columns that `aggregateName` spelled `avg(delay)`. */
function valuesOf(name: string, row: Row): Row {
  const prefix = `${name}(`;
  return Object.fromEntries(
    Object.entries(row)
      .filter(([column]) => column.startsWith(prefix))
      .map(([column, value]) => [column.slice(prefix.length, -1), value]),
  );
}

/** The aggregates over no rows: counts are zero, all else is null. */
export function aggregatesOfNothing(aggregates: readonly Aggregate[]): Row {
  return Object.fromEntries(
    aggregates.map((aggregate) => [aggregateName(aggregate), aggregate.function === "count" ? 0 : null]),
  );
}
