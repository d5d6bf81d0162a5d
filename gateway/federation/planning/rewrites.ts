// Apollo's rewrites, their paths resolved.
import type { FetchDataRewrite } from "@apollo/query-planner";
import type { Rewrite, RewriteStep } from "../../plan/fetch-tree.ts";
import type { PossibleTypes } from "./possible-types.ts";

/** The path's last step is the field that is written, those before it lead to its objects. */
export function toRewrite(possible: PossibleTypes, rewrite: FetchDataRewrite): Rewrite {
  const path = toSteps(possible, rewrite.path.slice(0, -1));
  const field = rewrite.path.at(-1) as string;
  switch (rewrite.kind) {
    case "ValueSetter":
      return { kind: "set", path, field, value: rewrite.setValueTo };
    case "KeyRenamer":
      return { kind: "rename", path, field, to: rewrite.renameKeyTo };
  }
}

export function toSteps(possible: PossibleTypes, path: readonly string[]): readonly RewriteStep[] {
  return path
    .filter((step) => step !== "@")
    .map((step) =>
      step.startsWith("... on ")
        ? { kind: "on", types: possible.named(step.slice("... on ".length)) }
        : { kind: "field", name: step },
    );
}
