// Which nulls need an error of their own.
import type { GraphQLError } from "graphql";
import { isObject } from "../../../schema/product/is-object.ts";
import { responseNameOf } from "../../plan/field-signature.ts";
import { reader } from "./own.ts";
import type { Projected } from "./projection.ts";
import type { Making } from "./step-outcome.ts";

type Path = readonly (string | number)[];

/**
 * Errors of the projection that tell something new. A null that an error of a subgraph stands at, above or below is
 * explained; and null for an entity below a root field that its owner does not know is an answer, as long as exactly the
 * entity is null.
 */
export function unexplained(
  { data: text, errors }: Pick<Projected, "data" | "errors">,
  fetched: readonly GraphQLError[],
  isUnknown: (path: Path) => boolean,
): readonly GraphQLError[] {
  let data: unknown;
  const isNull = (path: Path): boolean => {
    data ??= JSON.parse(text.toString());
    return path.reduce<unknown>((value, key) => (value as never)?.[key], data) === null;
  };
  return errors.filter(({ path = [] }) => {
    const at = path as Path;
    if (fetched.some((error) => isAlong((error.path ?? []) as Path, at))) return false;
    const holder = at.slice(0, -1);
    return !(holder.length > 1 && isUnknown(holder) && isNull(holder));
  });
}

/** Is one path the beginning of the other? An error without a path stands at the root, above all. */
function isAlong(one: Path, other: Path): boolean {
  const length = Math.min(one.length, other.length);
  for (let i = 0; i < length; i++) if (one[i] !== other[i]) return false;
  return true;
}

/** Does an object stand at the path whose entity its owner does not know? */
export function unknownAt(
  { data, unknown }: Pick<Making, "data" | "unknown">,
  aliases: Readonly<Record<string, string>>,
): (path: Path) => boolean {
  if (unknown.size === 0) return () => false;
  const fetched = Object.entries(aliases);
  /** All that may stand under a response name: which of them was meant is not told by a path. */
  const step = (values: readonly unknown[], key: string | number): readonly unknown[] => {
    const others = fetched.flatMap(([signature, name]) => (responseNameOf(signature) === key ? [name] : []));
    return values.flatMap((value) => {
      if (Array.isArray(value)) return [value[key as number]];
      return isObject(value) ? [String(key), ...others].map((name) => reader(name)(value)) : [];
    });
  };
  return (path) =>
    path.reduce<readonly unknown[]>(step, [data]).some((found) => isObject(found) && unknown.has(found));
}
