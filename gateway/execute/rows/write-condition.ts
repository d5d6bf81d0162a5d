// Writes a condition as the `where` of a collection: the inverse of `readPredicate`, key sets and all.
import { strict as assert } from "node:assert";
import type { MeshCollection } from "../../../schema/product/mesh.ts";
import type { Among, Condition, Test } from "../../plan/condition.ts";
import { entityOf, type Facts, relationOf } from "../../plan/facts.ts";
import { alternativesOf, type Tuple } from "./key-alternatives.ts";
import type { BoundKeys } from "./key-ranges.ts";
import type { Keys } from "./keys.ts";

/** A value of an input type: what goes into a question's variables. */
export type Input = Readonly<Record<string, unknown>>;

/** What a condition is written with: the collection whose rows it is about, and the keys of its key sets. */
export type WrittenOn = {
  readonly facts: Facts;
  /** Undefined for an entity of which the key alone can be named. */
  readonly collection: MeshCollection | undefined;
  readonly keysOf: (among: Among) => BoundKeys;
};

/** `{}` for what is true of every row. */
export function writeCondition(condition: Condition, on: WrittenOn): Input {
  switch (condition.kind) {
    case "and":
      return conjunction(condition.of.map((each) => writeCondition(each, on)));
    case "or":
      return { _or: condition.of.map((each) => writeCondition(each, on)) };
    case "not":
      return { _not: writeCondition(condition.of, on) };
    case "exists": {
      const { relationship, where } = condition;
      return { [relationship]: writeCondition(where, { ...on, collection: endOf(relationship, on) }) };
    }
    case "among":
      return writeAmong(condition, on);
    case "compare":
    case "member":
    case "match":
    case "null":
      assert(!condition.column.includes("."), `${condition.column} is a column of the collection's own`);
      return { [condition.column]: writeTest(condition) };
  }
}

/** `_gte: 5`, in an object. */
export function writeTest(test: Test): Input {
  switch (test.kind) {
    case "compare":
      return { [test.operator]: test.value };
    case "member":
      return { [test.operator]: test.values };
    case "match":
      return { [test.operator]: test.pattern };
    case "null":
      return { _is_null: test.is };
  }
}

/** All in one object where no two would stand under one name; read again it is the same list, in the same order. */
export function conjunction(of: readonly Input[]): Input {
  if (of.length === 0) return {};
  const names = new Set(of.flatMap(Object.keys));
  const isFlat =
    of.length > 1 && names.size === of.length && of.every((each) => Object.keys(each).length === 1);
  return isFlat ? Object.assign({}, ...of) : { _and: of };
}

function endOf(relationship: string, { facts, collection }: WrittenOn): MeshCollection | undefined {
  return collection && relationOf(facts, collection, relationship)?.to;
}

/** No list is longer than the owner takes. */
function inLists(keys: Keys, keysMax: number): readonly Keys[] {
  const lists: Keys[] = [];
  for (let at = 0; at < keys.length; at += keysMax) lists.push(keys.slice(at, at + keysMax));
  return lists;
}

/**
 * On a reference the key stands beneath its name, which makes it two-valued. On a to-many it stands in the row's own
 * columns, of which those that may be null are tested for it.
 */
function writeAmong(among: Among, on: WrittenOn): Input {
  const { relationship, columns } = among;
  const prefix = `${relationship}.`;
  const keys = on.keysOf(among);
  const keysMax = on.collection?.keysMax ?? Number.POSITIVE_INFINITY;
  if (columns.every((column) => column.startsWith(prefix)))
    return {
      [relationship]: writeKeys(
        columns.map((column) => column.slice(prefix.length)),
        keys,
        keysMax,
      ),
    };
  const nullable = columns.filter((column) => !isRequired(column, on));
  const tests = nullable.map((column): Input => ({ [column]: { _is_null: false } }));
  const written = writeKeys(columns, keys, keysMax);
  return tests.length === 0 ? written : { _and: [...tests, written] };
}

function isRequired(column: string, { facts, collection }: WrittenOn): boolean {
  return (collection && entityOf(facts, collection).columns.get(column)?.required) ?? false;
}

function writeKeys(columns: readonly string[], { ranges, rest }: BoundKeys, keysMax: number): Input {
  const [column, second] = columns;
  assert(column !== undefined, "a key has columns");
  if (second !== undefined) return writeTuples(columns, rest as readonly Tuple[]);
  const written = ranges.map(([from, to]): Input => ({ [column]: { _gte: from, _lte: to } }));
  const lists = inLists(rest, keysMax).map((list): Input => ({ [column]: { _in: list } }));
  const all = [...written, ...lists];
  if (all.length === 0) return { [column]: { _in: [] } };
  return all.length === 1 ? (all[0] as Input) : { _or: all };
}

function writeTuples(columns: readonly string[], tuples: readonly Tuple[]): Input {
  const { listed, of } = alternativesOf(tuples);
  return {
    _or: of.map((alternative) =>
      Object.fromEntries(
        columns.map((column, i) => [
          column,
          i === listed ? { _in: alternative.map((tuple) => tuple[i]) } : { _eq: alternative[0]?.[i] },
        ]),
      ),
    ),
  };
}
