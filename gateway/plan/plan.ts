// The plan: what will be done to answer, as plain data.
import type { PermittedOperation } from "../policy/permit.ts";

export type Plan =
  /** An operation of plain federation: fetches and entity joins as the federation planner lays them out. */
  { readonly kind: "federated"; readonly operation: PermittedOperation };
