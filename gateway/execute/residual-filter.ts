// The residual filter: what of a predicate is left to be checked here.
import type { RowsPlan } from "../plan/plan.ts";
import type { Operator } from "./operator.ts";
import type { Rows } from "./rows.ts";
import { compilePredicate } from "./three-valued.ts";

type ResidualFilter = Extract<RowsPlan, { readonly kind: "residual-filter" }>;

export function compileResidualFilter(
  { predicate, columns }: ResidualFilter,
  input: Operator<Rows>,
): Operator<Rows> {
  const holds = compilePredicate(predicate, columns);
  return async (running) => (await input(running)).filter((row) => holds(row) === true);
}
