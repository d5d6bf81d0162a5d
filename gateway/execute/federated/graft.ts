// Joins what was received onto the answer.
import { isObject } from "../../../schema/product/is-object.ts";
import type { Received, Rewrite } from "../../plan/fetch-tree.ts";
import { type Json, reader, writer } from "./own.ts";

/**
 * Adds the fields of `source` to `target`, and takes over objects as they are where the target has none. Only fields
 * that were asked for are joined, whatever else was sent.
 */
export type Graft = (target: Json, source: Json) => void;

/** `isObjectType` tells the names of object types from those of interfaces, which some subgraphs take for types. */
export function compileGraft(receives: readonly Received[], isObjectType: (name: unknown) => boolean): Graft {
  const fields = receives.map(({ name, fields: inner }) => {
    const read = reader(name);
    const write = writer(name);
    const deeper = inner && compileGraft(inner, isObjectType);
    const isTypename = name === "__typename";
    return (target: Json, source: Json): void => {
      const value = read(source);
      if (value === undefined) return;
      const before = read(target);
      if (before === value) return;
      if (before === undefined || before === null) write(target, value);
      else if (deeper && isObject(value) && isObject(before)) deeper(before, value);
      else if (deeper && Array.isArray(value) && Array.isArray(before) && value.length === before.length)
        graftItems(before, value, deeper);
      else if (!isTypename || isObjectType(value)) write(target, value);
    };
  });
  return (target, source) => {
    for (const join of fields) join(target, source);
  };
}

function graftItems(target: unknown[], source: readonly unknown[], deeper: Graft): void {
  source.forEach((value, i) => {
    const before = target[i];
    if (isObject(value) && isObject(before)) deeper(before, value);
    else if (Array.isArray(value) && Array.isArray(before) && value.length === before.length)
      graftItems(before, value, deeper);
    else target[i] = value;
  });
}

/** What was received, by the names that it has after its rewrites. */
export function afterRewrites(
  receives: readonly Received[],
  rewrites: readonly Rewrite[],
): readonly Received[] {
  return rewrites.reduce((fields, rewrite) => {
    const path = rewrite.path.flatMap((step) => (step.kind === "field" ? [step.name] : []));
    return withName(fields, path, rewrite.field, rewrite.kind === "rename" ? rewrite.to : rewrite.field);
  }, receives);
}

function withName(
  receives: readonly Received[],
  [first, ...rest]: readonly string[],
  field: string,
  name: string,
): readonly Received[] {
  if (first !== undefined)
    return receives.map((each) =>
      each.name === first && each.fields
        ? { ...each, fields: withName(each.fields, rest, field, name) }
        : each,
    );
  if (receives.some((each) => each.name === name)) return receives;
  return [...receives, { ...receives.find((each) => each.name === field), name }];
}
