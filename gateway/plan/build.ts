// Builds the plan of a permitted operation.
import type { PermittedOperation } from "../policy/permit.ts";
import type { Plan } from "./plan.ts";

/** Every operation is one of plain federation: relationships beyond it are not in the published schema yet. */
export function buildPlan(operation: PermittedOperation): Plan {
  return { kind: "federated", operation };
}
