// Entities by their keys: representations from the gateway, and references between our own.
import type { GraphQLResolveInfo, GraphQLScalarType } from "graphql";
import { GraphQLBoolean, GraphQLError, GraphQLFloat, GraphQLID, GraphQLInt, GraphQLString } from "graphql";
import { checkText } from "../../schema/product/read-text.ts";
import { meshScalars, type ScalarName, type ScalarValue } from "../../schema/product/scalar.ts";
import type { Column, Entity, Neighbour, Reference } from "../product.ts";
import type { Key } from "../sql/among-keys.ts";
import type { Row } from "../sql/engine.ts";
import { byKeyStatement } from "../sql/list-statement.ts";
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
import { neededColumns } from "./read-arguments.ts";
import { returnedType, type Selected, selectedFields } from "./selection.ts";

/** One statement for all representations of the entity in a request, in whatever order, however often, known or not. */
export function resolveReference(port: Port, entity: Entity): unknown {
  const scalars = new Map(entity.key.map(({ name, scalar }) => [name, scalar]));
  return answered((representation, context, info) =>
    loadEntity(port, entity, Object.values(readKey(representation, scalars)), context, info, checkKeys),
  );
}

/** A neighbour's entity as far as it is known here: its key. Whether it exists is its owner's to say. */
export function resolveNeighbour({ name, key }: Neighbour): unknown {
  return answered(async (representation) => ({ __typename: name, ...readKey(representation, key) }));
}

type ResolveReference = (
  representation: Row,
  context: PortContext,
  info: GraphQLResolveInfo,
) => Promise<Row | null>;

/**
 * The same, with failures returned: GraphQL takes an Error for the representation's own. Thrown ones would fail all
 * representations, and a rejection that nobody awaits, because another one threw, would end the process.
 */
function answered(resolve: ResolveReference) {
  return async (...question: Parameters<ResolveReference>): Promise<Row | null | Error> => {
    try {
      return await resolve(...question);
    } catch (failure) {
      return failure as Error;
    }
  };
}

/** To-one fields: a stub of the key, or, where more is selected of an entity of our own, its row. */
export function referenceResolvers(port: Port, entity: Entity): Record<string, Resolver<Row>> {
  return Object.fromEntries(
    [...entity.references.values()].map((reference) => [reference.name, referenceResolver(port, reference)]),
  );
}

function referenceResolver(port: Port, { target, key }: Reference): Resolver<Row> {
  const own = port.product.entities.get(target);
  return (row, _, context, info) => {
    const values = key.map(({ column }) => row[column.name] ?? null);
    if (!isKey(values)) return null;
    const stub = Object.fromEntries(key.map(({ field }, i) => [field, values[i]]));
    const inKey = ({ name }: Selected) => name === "__typename" || Object.hasOwn(stub, name);
    if (!own || selectedFields(info, returnedType(info)).every(inKey)) return { __typename: target, ...stub };
    return loadEntity(port, own, values, context, info);
  };
}

/** Keys that somebody sent are checked by `check`; those of our own rows are asked in batches. */
function loadEntity(
  port: Port,
  entity: Entity,
  key: Key,
  context: PortContext,
  info: GraphQLResolveInfo,
  check: typeof checkKeys = () => {},
): Promise<Row | null> {
  return loadAt(context, `${loaderPlace(info)}:${entity.name}`, key, async (keys) => {
    const at = placeOf(info);
    check(keys, entity, at);
    const type = info.schema.getType(entity.name);
    const columns = neededColumns(entity, selectedFields(info, type as never));
    const rows = await inBatches(keys, entity, at, (batch) =>
      context.run(byKeyStatement({ ...port, entity, at }, columns, batch)),
    );
    const byKey = new Map(rows.map((row) => [keyText(keyOf(row, entity.key)), row]));
    return keys.map((each) => {
      const row = byKey.get(keyText(each));
      return row ? { __typename: entity.name, ...row } : null;
    });
  });
}

export function keyOf(row: Row, key: readonly Column[]): Key {
  return key.map(({ name }) => row[name] as ScalarValue);
}

const inputs: Readonly<Record<string, GraphQLScalarType | undefined>> = {
  ...meshScalars,
  Int: GraphQLInt,
  Float: GraphQLFloat,
  String: GraphQLString,
  Boolean: GraphQLBoolean,
  ID: GraphQLID,
};

/**
 * The key in a representation, checked and made canonical.
 * @throws GraphQLError BAD_USER_INPUT for a value that its scalar does not take, asking.TEXT_MALFORMED
 */
function readKey(
  representation: Row,
  key: ReadonlyMap<string, ScalarName>,
): Readonly<Record<string, ScalarValue>> {
  return Object.fromEntries(
    [...key].map(([name, scalar]) => {
      const value = readKeyField(name, scalar, representation);
      checkText(value, `_entities.${name}`);
      return [name, value];
    }),
  );
}

function readKeyField(name: string, scalar: ScalarName, representation: Row): ScalarValue {
  try {
    return inputs[scalar]?.parseValue(representation[name]) as ScalarValue;
  } catch (cause) {
    const message = `The key field ${name} of a representation: ${(cause as Error).message}`;
    throw new GraphQLError(message, { extensions: { code: "BAD_USER_INPUT" } });
  }
}

function isKey(values: readonly (ScalarValue | null)[]): values is Key {
  return values.every((value) => value !== null);
}
