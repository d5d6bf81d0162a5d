// Which objects have one representation: told by the few values it is made of, before it is made.
import type { Needed } from "../../plan/fetch-tree.ts";
import { isObject, type Json, reader } from "./own.ts";

type Read = (source: Json) => unknown;

/** Finds what was kept for an object of the same type and values. */
export type Identity<T> = {
  /** Undefined also where a value is a list or JSON. */
  readonly find: (source: Json) => T | undefined;
  readonly keep: (source: Json, kept: T) => void;
};

/** A tree of maps, a level for each value: entities repeat a lot, and this is all that a repeated one costs. */
export function compileIdentity<T>(needed: readonly Needed[]): () => Identity<T> {
  const byType = new Map<unknown, readonly Read[]>();
  const leavesOf = (type: unknown): readonly Read[] => {
    const known = byType.get(type);
    if (known) return known;
    const leaves = readLeaves(needed, type);
    byType.set(type, leaves);
    return leaves;
  };
  return () => {
    const root: Level<T> = new Map();
    return {
      find: (source) => {
        let at: unknown = root.get(source.__typename);
        for (const read of leavesOf(source.__typename)) {
          if (at === undefined) return undefined;
          at = (at as Level<T>).get(read(source));
        }
        return at as T | undefined;
      },
      keep: (source, kept) => {
        const values = [source.__typename, ...leavesOf(source.__typename).map((read) => read(source))];
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
  };
}

type Level<T> = Map<unknown, T | Level<T>>;

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
