// Errors of objects that are moved: told where the objects are in the end.
import { GraphQLError } from "graphql";
import { Fault } from "../../../schema/product/fault.ts";
import { isObject } from "../../../schema/product/is-object.ts";

type Path = readonly (string | number)[];

/**
 * Call before lists are arranged; what is returned tells the errors of `after`. An error of an object that is in no list
 * any more is none of the answer's.
 */
export function followErrors(
  errors: readonly GraphQLError[],
  before: unknown,
): (after: unknown) => readonly GraphQLError[] {
  const followed = errors.map((error) => ({ error, steps: stepsOf(error.path ?? [], before) }));
  return (after) =>
    followed.flatMap(({ error, steps }) => {
      if (steps.length === 0) return [error];
      const path = retold(steps, after);
      return path ? [at(error, path)] : [];
    });
}

/** The error at another path. */
export function at({ message, originalError, extensions }: GraphQLError, path: Path): GraphQLError {
  return new GraphQLError(message, { path, originalError, extensions });
}

/** A failure at a root field. @throws what is no fault and no subgraph's error */
export function asError(failure: unknown, name: string): GraphQLError {
  if (failure instanceof GraphQLError) return at(failure, [name]);
  if (!(failure instanceof Fault)) throw failure;
  const { message, extensions } = failure;
  return new GraphQLError(message, { path: [name], originalError: failure, extensions });
}

/** A step into an object by name, or into a list by what stood there. */
type Step = { readonly key: string | number; readonly item?: unknown };

function stepsOf(path: Path, root: unknown): readonly Step[] {
  let value = root;
  return path.map((key) => {
    const isList = Array.isArray(value);
    value = isList || isObject(value) ? (value as never)[key] : undefined;
    return isList && isObject(value) ? { key, item: value } : { key };
  });
}

function retold(steps: readonly Step[], root: unknown): Path | undefined {
  let value = root;
  const path: (string | number)[] = [];
  for (const { key, item } of steps) {
    const found: string | number = item !== undefined && Array.isArray(value) ? value.indexOf(item) : key;
    if (found === -1) return undefined;
    path.push(found);
    value = isObject(value) || Array.isArray(value) ? (value as never)[found] : undefined;
  }
  return path;
}
