// Asks the mesh that a new product is to join.
import { askGraphql, Unanswered } from "../ask-graphql.ts";
import { reasonOf } from "../reason-of.ts";
import { initializing } from "./initializing-faults.ts";

const timeoutMs = 10_000;

/** The answer's `data`. @throws initializing.INIT_MESH where there is none, or errors with it */
export function askMesh(
  url: string,
  question: { readonly query: string; readonly variables?: object },
  { signal }: { readonly signal: AbortSignal },
): Promise<Readonly<Record<string, unknown>>> {
  const asked = askGraphql({ url, timeoutMs, signal })(question.query, question.variables);
  return asked.catch((cause: unknown) => {
    const problem = cause instanceof Unanswered ? cause.problem : reasonOf(cause);
    throw initializing.INIT_MESH({ mesh: url, problem }, cause);
  });
}
