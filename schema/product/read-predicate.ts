// Reads a `where` or `having`, already coerced by GraphQL, into a Predicate.
import { strict as assert } from "node:assert";
import { asking } from "./asking-faults.ts";
import {
  type Comparison,
  memberships,
  operators,
  type Pattern,
  type Predicate,
  patterns,
} from "./predicate.ts";
import { checkText } from "./read-text.ts";
import type { ScalarValue } from "./scalar.ts";
import type { Shape } from "./shape.ts";

type Input = Readonly<Record<string, unknown>>;

/** Objects that may stand inside one another within a predicate's outermost one. */
export const whereDepthMax = 64;

/**
 * The predicate of a `where` on `shape`. An object is the AND of its entries; `{}` is true.
 * `at` names the argument in faults (`flights.where`); `keysMax` is the longest list that `_in` and `_nin` take.
 * @throws asking.NULL_COMPARED, asking.FIELD_OF_OWNER, asking.PATTERN_INCOMPLETE, asking.TEXT_MALFORMED,
 * asking.WHERE_TOO_DEEP, asking.KEYS_MAX
 */
export function readPredicate(input: Input, shape: Shape, at: string, keysMax: number): Predicate {
  const predicate = readObject(input, at, whereDepthMax, (key, value, place, depth) =>
    readEntry(key, value, shape, place, depth),
  );
  checkKeys(predicate, at, keysMax);
  return predicate;
}

/**
 * The predicate of a `having`: its columns are aggregates, named as by `aggregateName` (`count`, `avg(delay)`).
 * @throws as `readPredicate`
 */
export function readHaving(input: Input, at: string, keysMax: number): Predicate {
  const predicate = readObject(input, at, whereDepthMax, readHavingEntry);
  checkKeys(predicate, at, keysMax);
  return predicate;
}

function checkKeys(predicate: Predicate, at: string, keysMax: number): void {
  switch (predicate.kind) {
    case "and":
    case "or":
      for (const part of predicate.of) checkKeys(part, at, keysMax);
      return;
    case "not":
      checkKeys(predicate.of, at, keysMax);
      return;
    case "exists":
      checkKeys(predicate.where, `${at}.${predicate.relationship}`, keysMax);
      return;
    case "member": {
      const keys = predicate.values.length;
      if (keys > keysMax)
        throw asking.KEYS_MAX({ at: `${at}.${predicate.column}.${predicate.operator}`, keys, keysMax });
      return;
    }
    case "compare":
    case "match":
    case "null":
      return;
  }
}

type ReadEntry = (key: string, value: Input, at: string, depth: number) => Predicate;

/** The entries of one object and of the `_and`, `_or` and `_not` in it. */
function readObject(input: Input, at: string, depth: number, readOther: ReadEntry): Predicate {
  if (depth < 0) throw asking.WHERE_TOO_DEEP({ at, whereDepthMax });
  const nested = (value: unknown, place: string) =>
    readObject(presentObject(value, place), place, depth - 1, readOther);
  const each = (value: unknown, place: string) =>
    presentList(value, place).map((part, i) => nested(part, `${place}[${i}]`));
  return conjunction(
    Object.entries(input).map(([key, value]): Predicate => {
      const place = `${at}.${key}`;
      if (key === "_and") return { kind: "and", of: each(value, place) };
      if (key === "_or") return { kind: "or", of: each(value, place) };
      if (key === "_not") return { kind: "not", of: nested(value, place) };
      return readOther(key, presentObject(value, place), place, depth - 1);
    }),
  );
}

function readEntry(key: string, value: Input, shape: Shape, at: string, depth: number): Predicate {
  if (shape.columns.has(key)) return readColumn(key, value, at);
  const target = shape.references.get(key) ?? shape.inverses.get(key);
  if (!target) throw asking.FIELD_OF_OWNER({ at });
  const { _is_null: isNull, ...where } = value;
  const exists = (): Predicate => ({
    kind: "exists",
    relationship: key,
    where: readObject(where, at, depth, (name, entry, place, left) =>
      readEntry(name, entry, target(), place, left),
    ),
  });
  if (!("_is_null" in value)) return exists();
  const isNullReference = readIsNull(key, isNull, `${at}._is_null`);
  return Object.keys(where).length === 0 ? isNullReference : conjunction([isNullReference, exists()]);
}

/** Under `having`: `count: { … }`, or a function and then its column: `avg: { delay: { … } }`. */
const readHavingEntry: ReadEntry = (key, value, at) =>
  key === "count"
    ? readColumn("count", value, at)
    : conjunction(
        Object.entries(value).map(([column, test]) =>
          readColumn(`${key}(${column})`, presentObject(test, `${at}.${column}`), `${at}.${column}`),
        ),
      );

function readColumn(column: string, tests: Input, at: string): Predicate {
  return conjunction(
    Object.entries(tests).map(([operator, value]) => readTest(column, operator, value, `${at}.${operator}`)),
  );
}

function readTest(column: string, operator: string, value: unknown, at: string): Predicate {
  assert((operators as readonly string[]).includes(operator), `${at}: GraphQL lets in only known operators`);
  if (operator === "_is_null") return readIsNull(column, value, at);
  if (isOneOf(memberships, operator)) {
    const values = presentList(value, at) as readonly ScalarValue[];
    for (const each of values) checkText(each, at);
    return { kind: "member", column, operator, values };
  }
  if (value === null) throw asking.NULL_COMPARED({ at });
  checkText(value, at);
  if (isOneOf(patterns, operator)) return readMatch(column, operator, value as string, at);
  return { kind: "compare", column, operator: operator as Comparison, value: value as ScalarValue };
}

function readMatch(column: string, operator: Pattern, pattern: string, at: string): Predicate {
  if (/(?<!\\)(\\\\)*\\$/.test(pattern)) throw asking.PATTERN_INCOMPLETE({ at });
  return { kind: "match", column, operator, pattern };
}

function readIsNull(column: string, value: unknown, at: string): Predicate {
  if (value === null) throw asking.NULL_COMPARED({ at });
  return { kind: "null", column, is: value as boolean };
}

function conjunction(of: readonly Predicate[]): Predicate {
  const [only, ...others] = of;
  return only && others.length === 0 ? only : { kind: "and", of };
}

function presentObject(value: unknown, at: string): Input {
  if (value === null) throw asking.NULL_COMPARED({ at });
  return value as Input;
}

function presentList(value: unknown, at: string): readonly unknown[] {
  if (value === null) throw asking.NULL_COMPARED({ at });
  return value as readonly unknown[];
}

function isOneOf<T extends string>(names: readonly T[], name: string): name is T {
  return (names as readonly string[]).includes(name);
}
