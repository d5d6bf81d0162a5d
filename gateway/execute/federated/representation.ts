// Representations: what a subgraph is told of an entity that it shall complete.
import { isObject } from "../../../schema/product/is-object.ts";
import type { Needed } from "../../plan/fetch-tree.ts";
import { type Json, reader, writer } from "./own.ts";

/**
 * Undefined where the object lacks a part, or nothing applies to its type. `type` is its `__typename`, for an object that
 * does not say it.
 */
export type Represent = (source: Json, type?: unknown) => Json | undefined;

export function compileRepresentation(needed: readonly Needed[]): Represent {
  const pieces = needed.map(compilePiece);
  return (source, type = source.__typename) => {
    const representation: Json = {};
    for (const add of pieces) if (!add(source, representation, type)) return undefined;
    return representation;
  };
}

/** Adds its piece to a representation; false where the source lacks it. */
type Add = (source: Json, representation: Json, type: unknown) => boolean;

function compilePiece(needed: Needed): Add {
  switch (needed.kind) {
    case "field": {
      if (needed.name === "__typename")
        return (_, representation, type) => {
          representation.__typename = type;
          return type !== undefined;
        };
      const read = reader(needed.name);
      const write = writer(needed.name);
      const inner = needed.needed && compileValue(compileRepresentation(needed.needed));
      return (source, representation) => {
        const value = read(source);
        if (value === undefined) return false;
        write(representation, inner ? inner(value) : value);
        return true;
      };
    }
    case "on": {
      const types = new Set<unknown>(needed.types);
      const inner = compileRepresentation(needed.needed);
      return (source, representation, type) => {
        if (!types.has(type)) return true;
        const piece = inner(source, type);
        if (piece) merge(representation, piece);
        return true;
      };
    }
  }
}

/** Lists item by item; a part that lacks something of its own is null. */
function compileValue(represent: Represent): (value: unknown) => unknown {
  const each = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(each);
    return isObject(value) ? (represent(value) ?? null) : null;
  };
  return each;
}

function merge(target: Json, source: Json): void {
  for (const name of Object.keys(source)) {
    const before = reader(name)(target);
    const value = source[name];
    if (isObject(before) && isObject(value)) merge(before, value);
    else if (Array.isArray(before) && Array.isArray(value) && before.length === value.length)
      value.forEach((item, i) => {
        if (isObject(item) && isObject(before[i])) merge(before[i], item);
        else before[i] = item;
      });
    else writer(name)(target, value);
  }
}
