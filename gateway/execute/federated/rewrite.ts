// Rewrites of what is sent and received, as the planner asks for them.
import { isObject } from "../../../schema/product/is-object.ts";
import type { Rewrite, RewriteStep } from "../../plan/fetch-tree.ts";
import { type Json, reader, writer } from "./own.ts";

export type Apply = (value: unknown) => void;

/** Undefined where there is nothing to rewrite. */
export function compileRewrites(rewrites: readonly Rewrite[]): Apply | undefined {
  if (rewrites.length === 0) return undefined;
  const all = rewrites.map((rewrite) => atPath(rewrite.path, 0, compileChange(rewrite)));
  return (value) => {
    for (const apply of all) apply(value);
  };
}

function compileChange(rewrite: Rewrite): (target: Json) => void {
  const read = reader(rewrite.field);
  switch (rewrite.kind) {
    case "set": {
      const write = writer(rewrite.field);
      return (target) => write(target, rewrite.value);
    }
    case "rename": {
      const write = writer(rewrite.to);
      return (target) => {
        const value = read(target);
        if (value === undefined) return;
        write(target, value);
        delete target[rewrite.field];
      };
    }
  }
}

function atPath(path: readonly RewriteStep[], from: number, change: (target: Json) => void): Apply {
  const step = path[from];
  const next = step ? atPath(path, from + 1, change) : undefined;
  const enter = step && next ? compileStep(step, next) : change;
  const apply: Apply = (value) => {
    if (Array.isArray(value)) for (const item of value) apply(item);
    else if (isObject(value)) enter(value);
  };
  return apply;
}

function compileStep(step: RewriteStep, next: Apply): (value: Json) => void {
  if (step.kind === "field") {
    const read = reader(step.name);
    return (value) => next(read(value));
  }
  const types = new Set(step.types);
  return (value) => {
    // What does not say its type was asked for as one of these.
    if (typeof value.__typename !== "string" || types.has(value.__typename)) next(value);
  };
}
