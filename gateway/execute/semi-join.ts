// The semi-join: the keys of one domain's rows become the value of a variable in another's question.
import type { Plan } from "../plan/plan.ts";
import type { Answer } from "./answer.ts";
import type { Keys } from "./key-set.ts";
import type { Operator } from "./operator.ts";

type SemiJoin = Extract<Plan, { readonly kind: "semi-join" }>;

export function compileSemiJoin(
  { variable }: SemiJoin,
  keys: Operator<Keys>,
  into: Operator<Answer>,
): Operator<Answer> {
  return async (running) => {
    const bound = await keys(running);
    return into({ ...running, variables: { ...running.variables, [variable]: bound } });
  };
}
