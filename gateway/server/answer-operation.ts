// The way of a question: Operation → PermittedOperation → Plan → Answer.
import type { Answer } from "../execute/answer.ts";
import { compile } from "../execute/compile.ts";
import type { Supergraph } from "../federation/supergraph.ts";
import type { Asking } from "../fetch/open-subgraphs.ts";
import type { Operation } from "../operation/operation.ts";
import { buildPlan } from "../plan/build.ts";
import { type Policy, permit } from "../policy/permit.ts";

/** Answers one operation on one supergraph, the one it was validated against. @throws the faults of each stage */
export function answerOperation(
  supergraph: Supergraph,
  operation: Operation,
  policy: Policy,
  asking: Asking,
): Promise<Answer> {
  const permitted = permit(operation, policy);
  const operator = compile(buildPlan(permitted), { runFederated: supergraph.run });
  return operator(asking);
}
