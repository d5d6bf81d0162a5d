// Which nulls need an error of their own.
import type { GraphQLError } from "graphql";
import { isObject, type Json, reader } from "./own.ts";

type Path = readonly (string | number)[];

/**
 * Errors of the projection that tell something new. A null that an error of a subgraph stands at, above or below is
 * explained; and null for an entity that its owner does not know is an answer, as long as exactly the entity is null.
 */
export function unexplained(
  projected: readonly GraphQLError[],
  fetched: readonly GraphQLError[],
  data: Json | null,
): readonly GraphQLError[] {
  return projected.filter(({ path = [] }) => {
    const at = path as Path;
    return !fetched.some((error) => isAlong((error.path ?? []) as Path, at)) && !isUnknownEntity(data, at);
  });
}

/** Is one path the beginning of the other? An error without a path stands at the root, above all. */
function isAlong(one: Path, other: Path): boolean {
  const length = Math.min(one.length, other.length);
  for (let i = 0; i < length; i++) if (one[i] !== other[i]) return false;
  return true;
}

function isUnknownEntity(data: Json | null, path: Path): boolean {
  const holder = path.slice(0, -1).reduce<unknown>((value, key) => {
    if (Array.isArray(value)) return value[key as number];
    return isObject(value) ? reader(String(key))(value) : undefined;
  }, data);
  return path.length > 2 && holder === null;
}
