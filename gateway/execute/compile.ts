// Compiles a plan to an operator that runs it.
import type { Plan } from "../plan/plan.ts";
import type { AcrossRuntime } from "./across/across-runtime.ts";
import { compileAcross } from "./across/compile-across.ts";
import { compileEither } from "./across/compile-either.ts";
import type { Answer } from "./answer.ts";
import { compileFederated } from "./federated/compile-federated.ts";
import type { Operator } from "./operator.ts";

export function compile(plan: Plan, runtime: AcrossRuntime): Operator<Answer> {
  switch (plan.kind) {
    case "federated":
      return compileFederated(plan, runtime);
    case "across":
      return compileAcross(plan, runtime);
    case "either":
      return compileEither(plan, runtime);
  }
}
