// A question whose variables hold whole filters: federation's as it stands, or one across domains, by what they hold.
import type { Plan } from "../../plan/plan.ts";
import { isAcross } from "../../plan/variable-filters.ts";
import type { Answer } from "../answer.ts";
import { coerceOnce } from "../coerce-once.ts";
import { compileFederated } from "../federated/compile-federated.ts";
import type { Operator } from "../operator.ts";
import type { AcrossRuntime } from "./across-runtime.ts";
import { compileAcross } from "./compile-across.ts";
import { compileReading } from "./compile-reading.ts";

type Either = Extract<Plan, { readonly kind: "either" }>;

export function compileEither({ plain, across, fields }: Either, runtime: AcrossRuntime): Operator<Answer> {
  const { schema, facts } = runtime;
  const { operation } = plain;
  const readingWith = compileReading(operation, schema);
  const [runPlain, runAcross] = [compileFederated(plain, runtime), compileAcross(across, runtime)];
  return async (running) => {
    const { coerced, errors } = coerceOnce(running, operation.definition, runtime);
    if (errors) return { errors };
    const run = isAcross(facts, fields, readingWith(coerced)) ? runAcross : runPlain;
    return run({ ...running, coerced });
  };
}
