// The directives that decide whether a selection is included.
import type { DirectiveNode } from "graphql";

/** Is it `@skip` or `@include`? */
export function isCondition({ name }: Pick<DirectiveNode, "name">): boolean {
  return name.value === "skip" || name.value === "include";
}
