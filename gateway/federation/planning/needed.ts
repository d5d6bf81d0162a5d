// What representations hold, of what the planner requires.
import type { QueryPlanSelectionNode } from "@apollo/query-planner";
import type { Needed, Rewrite, RewriteStep } from "../../plan/fetch-tree.ts";
import type { PossibleTypes } from "./possible-types.ts";
import type { WithRequiredFields } from "./required-arguments.ts";

type Requires = readonly QueryPlanSelectionNode[];

export function toNeeded(possible: PossibleTypes, requires: Requires): readonly Needed[] {
  return requires.flatMap((node): readonly Needed[] => {
    if (node.kind === "Field") {
      const name = node.alias ?? node.name;
      const inner = node.selections?.length ? { needed: toNeeded(possible, node.selections) } : {};
      return [{ kind: "field", name, ...inner }];
    }
    const needed = toNeeded(possible, node.selections);
    return node.typeCondition === undefined
      ? needed
      : [{ kind: "on", types: possible.named(node.typeCondition), needed }];
  });
}

/** Gives the fields that were made for `@requires` with arguments the name that their subgraph knows. */
export function renameRequired(
  { possible, required }: { possible: PossibleTypes; required: WithRequiredFields["required"] },
  requires: Requires,
  path: readonly RewriteStep[] = [],
): readonly Rewrite[] {
  return requires.flatMap((node): readonly Rewrite[] => {
    if (node.kind === "InlineFragment") {
      const step: readonly RewriteStep[] =
        node.typeCondition === undefined ? [] : [{ kind: "on", types: possible.named(node.typeCondition) }];
      return renameRequired({ possible, required }, node.selections, [...path, ...step]);
    }
    const field = node.alias ?? node.name;
    const real = required.get(node.name)?.name;
    const inside = renameRequired({ possible, required }, node.selections ?? [], [
      ...path,
      { kind: "field", name: field },
    ]);
    return real === undefined ? inside : [...inside, { kind: "rename", path, field, to: real }];
  });
}
