// Which answered entity belongs to which representation: by key where the answer repeats it, else by position.
import { isObject } from "../../../schema/product/is-object.ts";
import type { Echo } from "../../plan/fetch-tree.ts";
import { type Json, reader } from "./own.ts";

/** The answered entity of each representation, in their order; null = unknown to its owner. */
export type Matched = {
  readonly entities: readonly (Json | null)[];
  /** What is wrong with the answer as a whole; each representation left without its entity is null then. */
  readonly problem?: string;
};

export type Match = (sent: readonly Json[], answered: unknown) => Matched;

/**
 * An answer in the order of the question is taken at its word once every key in it has been compared. One that is not
 * is put together by key: what is missing, comes twice or was not asked for is a problem, and never another's row.
 */
export function compileMatch(echoes: readonly Echo[]): Match {
  const keys = new Map<unknown, KeyOf>();
  for (const echo of echoes) for (const type of echo.types) keys.set(type, compileKey(echo));
  return (sent, answered) => {
    if (!Array.isArray(answered))
      return { entities: sent.map(() => null), problem: "its `_entities` is no list" };
    if (answered.length === sent.length && sent.every((each, i) => isItsOwn(keys, each, answered[i])))
      return { entities: answered.map((each) => (isObject(each) ? each : null)) };
    return byKey(keys, sent, answered);
  };
}

type KeyOf = {
  readonly ofSent: (sent: Json) => string;
  /** Null where the entity does not tell; undefined where it is of a type that the representation can't be. */
  readonly ofAnswered: (answered: Json) => string | null | undefined;
};

function compileKey({ leaves, answeredAs }: Echo): KeyOf {
  const types = new Set<unknown>(answeredAs);
  const sent = leaves.map((leaf) => compilePath(leaf.sent));
  const answered = leaves.map((leaf) => compilePath(leaf.answered));
  return {
    ofSent: (each) => text(each, sent),
    ofAnswered: (each) => {
      if (each.__typename !== undefined && !types.has(each.__typename)) return undefined;
      return answered.every((read) => (read(each) ?? null) !== null) ? text(each, answered) : null;
    },
  };
}

type Read = (value: unknown) => unknown;

function compilePath(path: readonly string[]): Read {
  return path.reduceRight<Read>(
    (next, name) => {
      const read = reader(name);
      const step: Read = (value) =>
        Array.isArray(value) ? value.map(step) : isObject(value) ? next(read(value)) : value;
      return step;
    },
    (value) => value,
  );
}

/** Leaves as text: `1` and `"1"` are one ID. */
function text(value: Json, leaves: readonly Read[]): string {
  const [first] = leaves;
  if (first && leaves.length === 1) return leafText(first(value));
  return JSON.stringify(leaves.map((read) => leafText(read(value))));
}

function leafText(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "undefined");
}

function isItsOwn(keys: ReadonlyMap<unknown, KeyOf>, sent: Json, answered: unknown): boolean {
  if (answered === null) return true;
  if (!isObject(answered)) return false;
  const key = keys.get(sent.__typename);
  if (key === undefined) return true;
  const told = key.ofAnswered(answered);
  return told === null || told === key.ofSent(sent);
}

function byKey(
  keys: ReadonlyMap<unknown, KeyOf>,
  sent: readonly Json[],
  answered: readonly unknown[],
): Matched {
  const entities: (Json | null)[] = sent.map(() => null);
  const waiting = new Map<string, number>();
  sent.forEach((each, index) => {
    const key = keys.get(each.__typename);
    if (key) waiting.set(`${String(each.__typename)} ${key.ofSent(each)}`, index);
  });
  for (const entity of answered.filter(isObject)) {
    for (const [type, key] of keys) {
      const told = key.ofAnswered(entity) ?? undefined;
      const found = `${String(type)} ${told}`;
      const index = told === undefined ? undefined : waiting.get(found);
      if (index === undefined) continue;
      entities[index] = entity;
      waiting.delete(found);
      break;
    }
  }
  const missing = entities.filter((entity) => entity === null).length;
  if (missing === 0 && answered.length === sent.length) return { entities };
  const problem = `${sent.length} entities were asked for, ${answered.length} answered, and ${missing} are not among them`;
  return { entities, problem };
}
