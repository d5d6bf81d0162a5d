// Arguments of entity fields that come from objects above the entity (`@fromContext`).
import { isObject } from "../../../schema/product/is-object.ts";
import type { ContextArgument, RewriteStep } from "../../plan/fetch-tree.ts";
import { type Json, reader } from "./own.ts";
import type { Standing } from "./places.ts";

export type ContextValues = Readonly<Record<string, unknown>>;

/** The values for an entity where it stands: of each variable the first that is there, else null. */
export function compileContext(context: readonly ContextArgument[]): (standing: Standing) => ContextValues {
  const reads = context.map(({ variable, up, path }) => ({ variable, up, read: compileRead(path) }));
  return ({ target, above }) => {
    const values: Record<string, unknown> = {};
    for (const { variable, up, read } of reads)
      values[variable] ??= read(up === 0 ? target : above[above.length - up]) ?? null;
    return values;
  };
}

function compileRead(path: readonly RewriteStep[]): (value: unknown) => unknown {
  return path.reduceRight<(value: unknown) => unknown>(
    (next, step) => {
      if (step.kind === "field") {
        const read = reader(step.name);
        return eachItem((value) => next(read(value)));
      }
      const types = new Set<unknown>(step.types);
      return eachItem((value) =>
        value.__typename === undefined || types.has(value.__typename) ? next(value) : undefined,
      );
    },
    (value) => value,
  );
}

function eachItem(read: (value: Json) => unknown): (value: unknown) => unknown {
  const each = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(each);
    return isObject(value) ? read(value) : undefined;
  };
  return each;
}
