// To-many fields: the rows that lead to a parent, for all parents of a place in one statement.
import type { GraphQLResolveInfo } from "graphql";
import type { Predicate } from "../../schema/product/predicate.ts";
import type { Column, Inverse } from "../product.ts";
import { aggregateStatement } from "../sql/aggregate-statement.ts";
import type { Key } from "../sql/among-keys.ts";
import type { Row } from "../sql/engine.ts";
import { listStatement } from "../sql/list-statement.ts";
import type { Port, Resolver } from "./port.ts";
import {
  checkKeys,
  inBatches,
  keyText,
  loadAt,
  loaderPlace,
  type PortContext,
  placeOf,
} from "./port-context.ts";
import { type ListArguments, neededColumns, readListArguments, readWhere } from "./read-arguments.ts";
import { type AggregateSource, aggregatesOfNothing } from "./resolve-aggregate.ts";
import { returnedType, selectedFields } from "./selection.ts";

/** `departures` and `departures_aggregate` of an entity, ours or a neighbour's. */
export function inverseResolvers(
  port: Port,
  inverses: ReadonlyMap<string, Inverse>,
): Record<string, Resolver<Row>> {
  return Object.fromEntries(
    [...inverses.values()].flatMap((inverse) => [
      [inverse.name, listOfParent(port, inverse)],
      [`${inverse.name}_aggregate`, aggregateOfParent(port, inverse)],
    ]),
  );
}

function listOfParent(port: Port, inverse: Inverse): Resolver<Row> {
  return (parent, args, context, info) => {
    return loadRows(port, inverse, parent, context, info, () => ({
      ...readListArguments(args, inverse.source, placeOf(info)),
      columns: neededColumns(inverse.source, selectedFields(info, returnedType(info))),
    }));
  };
}

function aggregateOfParent(port: Port, inverse: Inverse): Resolver<Row> {
  return (parent, args, context, info): AggregateSource => {
    const where = (): Predicate => readWhere(args, inverse.source, placeOf(info));
    return {
      aggregate: (aggregates, field) =>
        loadAt(context, loaderPlace(field), keyOfParent(inverse, parent), async (keys) => {
          const { reference, source: entity } = inverse;
          const at = placeOf(field);
          const question = { aggregates, where: where() };
          const rows = await forParents(port, inverse, keys, at, (batch) => {
            const parents = { reference, keys: batch };
            return context.run(aggregateStatement({ ...port, entity, at }, { ...question, parents }));
          });
          const byParent = new Map(rows.map((row) => [keyText(parentOf(inverse, row)), row]));
          return keys.map((key) => byParent.get(keyText(key)) ?? aggregatesOfNothing(aggregates));
        }),
      nodes: (columns, field) =>
        loadRows(port, inverse, parent, context, field, () => ({
          where: where(),
          order: [],
          page: { offset: 0 },
          columns,
        })),
    };
  };
}

function loadRows(
  port: Port,
  inverse: Inverse,
  parent: Row,
  context: PortContext,
  info: GraphQLResolveInfo,
  read: () => ListArguments & { readonly columns: readonly Column[] },
): Promise<readonly Row[]> {
  const { reference, source: entity } = inverse;
  return loadAt(context, loaderPlace(info), keyOfParent(inverse, parent), async (keys) => {
    const at = placeOf(info);
    const question = read();
    const columns = [...new Set([...question.columns, ...reference.key.map(({ column }) => column)])];
    const asked = { ...port, entity, at };
    const rows = await forParents(port, inverse, keys, at, (batch) => {
      const parents = { reference, keys: batch };
      return context.run(listStatement(asked, { ...question, columns, parents }));
    });
    const byParent = new Map<string, Row[]>(keys.map((key) => [keyText(key), []]));
    for (const row of rows) byParent.get(keyText(parentOf(inverse, row)))?.push(row);
    return [...byParent.values()];
  });
}

/**
 * Our own rows are parents however many they are; a neighbour's entities are a list of keys that somebody sent.
 * @throws asking.KEYS_MAX, port.ROWS_MAX
 */
function forParents(
  { product }: Port,
  { reference, source }: Inverse,
  keys: readonly Key[],
  at: string,
  run: (keys: readonly Key[]) => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  if (!product.entities.has(reference.target)) checkKeys(keys, source, at);
  return inBatches(keys, source, at, run);
}

function keyOfParent({ reference }: Inverse, parent: Row): Key {
  return reference.key.map(({ field }) => parent[field]) as unknown as Key;
}

function parentOf({ reference }: Inverse, row: Row): Key {
  return reference.key.map(({ column }) => row[column.name]) as unknown as Key;
}
