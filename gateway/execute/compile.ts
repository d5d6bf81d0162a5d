// Compiles a plan to an operator that runs it.
import type { Asking } from "../fetch/open-subgraphs.ts";
import type { Plan } from "../plan/plan.ts";
import type { PermittedOperation } from "../policy/permit.ts";
import type { Answer } from "./answer.ts";

/** Runs a compiled plan for one caller. */
export type Operator = (asking: Asking) => Promise<Answer>;

/** What operators stand on: how an operation of plain federation is run. */
export type Runtime = {
  readonly runFederated: (operation: PermittedOperation, asking: Asking) => Promise<Answer>;
};

export function compile(plan: Plan, runtime: Runtime): Operator {
  switch (plan.kind) {
    case "federated":
      return (asking) => runtime.runFederated(plan.operation, asking);
  }
}
