// The objects that stand at a place of the answer.
import { isObject } from "../../../schema/product/is-object.ts";
import { type Json, reader } from "./own.ts";

/**
 * Called for every object at a place, in order, with what holds it: a list and an index, or an object and a response
 * name. Both are the root itself and an empty name where that is the place.
 */
export type Found = (target: Json, holder: Json | unknown[], key: string | number) => void;

/** Lists are walked through, what is null or no object is passed over. */
export type Visit = (root: Json, found: Found) => void;

type VisitBelow = (value: unknown, found: Found, holder: Json | unknown[], key: string | number) => void;

/** `@` = each item of a list, else a response name. */
export function compilePlace(at: readonly string[]): Visit {
  const visit = at.reduceRight<VisitBelow>(
    (next, step) => {
      if (step === "@")
        return (value, found) => {
          if (Array.isArray(value)) for (let i = 0; i < value.length; i++) next(value[i], found, value, i);
        };
      const read = reader(step);
      return (value, found) => {
        if (isObject(value)) next(read(value), found, value, step);
      };
    },
    (value, found, holder, key) => {
      if (isObject(value)) found(value, holder, key);
    },
  );
  return (root, found) => visit(root, found, root, "");
}

/** Where the objects at a place stand: response names and indexes from the root, and the objects on the way, outermost first. */
export type Standing = {
  readonly target: Json;
  readonly path: readonly (string | number)[];
  readonly above: readonly Json[];
};

/** As `compilePlace`, with where each stands: dearer, for errors and for arguments from above. */
export function standings(root: Json, at: readonly string[]): readonly Standing[] {
  const found: Standing[] = [];
  const walk = (value: unknown, step: number, path: readonly (string | number)[], above: readonly Json[]) => {
    const name = at[step];
    if (name === "@") {
      if (Array.isArray(value)) value.forEach((item, i) => void walk(item, step + 1, [...path, i], above));
    } else if (isObject(value)) {
      if (name === undefined) found.push({ target: value, path, above });
      else walk(reader(name)(value), step + 1, [...path, name], [...above, value]);
    }
  };
  walk(root, 0, [], []);
  return found;
}
