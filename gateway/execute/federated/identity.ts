// Which objects have one representation: told by the few values it is made of, before it is made.
import { isObject } from "../../../schema/product/is-object.ts";
import type { Needed } from "../../plan/fetch-tree.ts";
import { type Json, reader } from "./own.ts";

type Read = (source: Json) => unknown;

/** Finds what was kept for an object of one type and the same values. */
export type Identity<T> = {
  /** Undefined also where a value is a list or JSON. */
  readonly find: (source: Json) => T | undefined;
  readonly keep: (source: Json, kept: T) => void;
};

/** By `__typename`, for one request. */
export type Identities<T> = (type: unknown) => Identity<T>;

/** A tree of maps, a level for each value: entities repeat a lot, and this is all that a repeated one costs. */
export function compileIdentity<T>(needed: readonly Needed[]): () => Identities<T> {
  const leavesByType = new Map<unknown, readonly Read[]>();
  const leavesOf = (type: unknown): readonly Read[] => {
    const known = leavesByType.get(type);
    if (known) return known;
    const leaves = readLeaves(needed, type);
    leavesByType.set(type, leaves);
    return leaves;
  };
  return () => {
    const byType = new Map<unknown, Identity<T>>();
    return (type) => {
      const known = byType.get(type);
      if (known) return known;
      const identity = openIdentity<T>(leavesOf(type));
      byType.set(type, identity);
      return identity;
    };
  };
}

type Level<T> = Map<unknown, T | Level<T>>;

function openIdentity<T>(leaves: readonly Read[]): Identity<T> {
  const [first = () => undefined, ...others] = leaves;
  const root: Level<T> = new Map();
  return {
    find: (source) => {
      let at: unknown = root.get(first(source));
      for (let i = 0; i < others.length && at !== undefined; i++)
        at = (at as Level<T>).get((others[i] as Read)(source));
      return at as T | undefined;
    },
    keep: (source, kept) => {
      const values = [first, ...others].map((read) => read(source));
      if (values.some((value) => typeof value === "object" && value !== null)) return;
      const last = values.pop();
      const level = values.reduce<Level<T>>((above, value) => {
        const below = (above.get(value) as Level<T> | undefined) ?? new Map();
        above.set(value, below);
        return below;
      }, root);
      level.set(last, kept);
    },
  };
}

/** Readers of all that decides what the representation of an object of this type is. */
function readLeaves(needed: readonly Needed[], type: unknown): readonly Read[] {
  return needed.flatMap((each): readonly Read[] => {
    if (each.kind === "on") return each.types.includes(String(type)) ? readLeaves(each.needed, type) : [];
    return each.name === "__typename" ? [] : readField(each);
  });
}

function readField({ name, needed }: Extract<Needed, { readonly kind: "field" }>): readonly Read[] {
  const read = reader(name);
  if (!needed) return [read];
  return [reader("__typename"), ...needed.flatMap(readAnyType)].map(
    (below): Read =>
      (source) => {
        const value = read(source);
        return isObject(value) ? below(value) : value;
      },
  );
}

/** Further down types differ from object to object: what is read under a condition that fails does no harm. */
function readAnyType(needed: Needed): readonly Read[] {
  return needed.kind === "on" ? needed.needed.flatMap(readAnyType) : readField(needed);
}
