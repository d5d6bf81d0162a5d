// Completes plain rows: what graphql-js would answer for them, by closures compiled from the selection.
import { type FieldNode, type GraphQLObjectType, type GraphQLResolveInfo, locatedError } from "graphql";
import type { Entity, Reference } from "../product.ts";
import type { Row } from "../sql/engine.ts";
import { type Selected, selectedFields } from "./selection.ts";

/** Like graphql-js's own: no prototype, so that every alias is an ordinary key. */
const Answered = function Answered() {} as unknown as new () => Record<string, unknown>;
Answered.prototype = Object.create(null);

type CompletedField = {
  readonly responseKey: string;
  readonly value: (row: Row) => unknown;
  /** The error where the value must not be null. */
  readonly missing: ((index: number) => Error) | undefined;
};

/**
 * The rows of a list field, each with what is selected of it.
 * @throws GraphQLError for a null where there must be none, as graphql-js would
 */
export function completeRows(
  rows: readonly Row[],
  entity: Entity,
  info: GraphQLResolveInfo,
): readonly unknown[] {
  const type = info.schema.getType(entity.name) as GraphQLObjectType;
  const fields = mergedFields(selectedFields(info, type)).map((merged) =>
    completedField(merged, entity, info),
  );
  return rows.map((row, index) => {
    const answered = new Answered();
    for (const { responseKey, value, missing } of fields) {
      const own = value(row);
      if (own === null && missing) throw missing(index);
      answered[responseKey] = own;
    }
    return answered;
  });
}

type Merged = readonly [Selected, ...Selected[]];

/** The fields by response key, in the order of the answer. */
function mergedFields(selected: readonly Selected[]): readonly Merged[] {
  const merged = new Map<string, [Selected, ...Selected[]]>();
  for (const field of selected) {
    const same = merged.get(field.responseKey);
    if (same) same.push(field);
    else merged.set(field.responseKey, [field]);
  }
  return [...merged.values()];
}

function completedField(merged: Merged, entity: Entity, info: GraphQLResolveInfo): CompletedField {
  const [{ name, responseKey }] = merged;
  if (name === "__typename") return { responseKey, value: () => entity.name, missing: undefined };
  const reference = entity.references.get(name);
  const required = (reference ?? entity.columns.get(name))?.required === true;
  const nodes = [...new Set(merged.map(({ node }) => node))];
  return {
    responseKey,
    value: reference ? referenceValue(reference, merged) : (row) => row[name] ?? null,
    missing: required
      ? (index) => nullError(entity.name, name, nodes, info, [index, responseKey])
      : undefined,
  };
}

/** A stub of the key, null where a part of it is. */
function referenceValue({ target, key }: Reference, merged: Merged): (row: Row) => unknown {
  const parts = mergedFields(merged.flatMap(({ fields }) => fields)).map(([{ name, responseKey }]) => ({
    responseKey,
    column: key.find(({ field }) => field === name)?.column.name,
  }));
  const columns = key.map(({ column }) => column.name);
  return (row) => {
    for (const column of columns) if ((row[column] ?? null) === null) return null;
    const stub = new Answered();
    for (const { responseKey, column } of parts)
      stub[responseKey] = column === undefined ? target : row[column];
    return stub;
  };
}

function nullError(
  type: string,
  name: string,
  nodes: readonly FieldNode[],
  { path }: GraphQLResolveInfo,
  inner: readonly (string | number)[],
): Error {
  const outer: (string | number)[] = [];
  for (let step: typeof path | undefined = path; step; step = step.prev) outer.unshift(step.key);
  const error = new Error(`Cannot return null for non-nullable field ${type}.${name}.`);
  return locatedError(error, nodes, [...outer, ...inner]);
}
