// Builds the plan of a permitted operation.
import type { PermittedOperation } from "../policy/permit.ts";
import type { Federated, Plan } from "./plan.ts";

/** What planning knows beside the operation itself. */
export type Facts = {
  /** How federation would fetch it. */
  readonly fetches: Pick<Federated, "tree" | "aliases">;
};

/** Every operation is one of plain federation: relationships beyond it are not in the published schema yet. */
export function buildPlan(operation: PermittedOperation, { fetches }: Facts): Plan {
  return { kind: "federated", operation, tree: fetches.tree, aliases: fetches.aliases };
}
