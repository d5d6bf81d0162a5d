// Compiles a plan to an operator that runs it.
import type { KeySet, Plan, RowsPlan } from "../plan/plan.ts";
import type { Answer } from "./answer.ts";
import { compileFederated } from "./federated/compile-federated.ts";
import { compileKeySet, type Keys } from "./key-set.ts";
import type { Operator } from "./operator.ts";
import { compileResidualFilter } from "./residual-filter.ts";
import { type Rows, readList } from "./rows.ts";
import type { Runtime } from "./runtime.ts";
import { compileSemiJoin } from "./semi-join.ts";

export function compile(plan: Plan, runtime: Runtime): Operator<Answer> {
  switch (plan.kind) {
    case "federated":
      return compileFederated(plan, runtime);
    case "semi-join":
      return compileSemiJoin(plan, compileKeys(plan.keys, runtime), compile(plan.into, runtime));
    case "rows": {
      const rows = compileRows(plan.rows, runtime);
      return async (running) => ({ data: Buffer.from(JSON.stringify({ [plan.name]: await rows(running) })) });
    }
  }
}

function compileRows(plan: RowsPlan, runtime: Runtime): Operator<Rows> {
  switch (plan.kind) {
    case "list": {
      const answer = compile(plan.of, runtime);
      return async (running) => readList(await answer(running), plan.name);
    }
    case "residual-filter":
      return compileResidualFilter(plan, compileRows(plan.input, runtime));
  }
}

function compileKeys(plan: KeySet, runtime: Runtime): Operator<Keys> {
  return compileKeySet(plan, compileRows(plan.rows, runtime), runtime.limits);
}
