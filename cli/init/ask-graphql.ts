// Asks GraphQL over HTTP.
import { isObject } from "../../schema/product/is-object.ts";
import { reasonOf } from "../reason-of.ts";
import { initializing } from "./initializing-faults.ts";

/** The answer's `data`. @throws initializing.INIT_MESH where there is none, or errors with it */
export async function askGraphql(
  url: string,
  question: { readonly query: string; readonly variables?: object },
  { signal }: { readonly signal: AbortSignal },
): Promise<Readonly<Record<string, unknown>>> {
  const refuse = (problem: string, cause?: unknown) => initializing.INIT_MESH({ mesh: url, problem }, cause);
  const answer: unknown = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify(question),
    signal: AbortSignal.any([signal, AbortSignal.timeout(answerTimeoutMs)]),
  })
    .then((response) => response.json())
    .catch((cause: unknown) => {
      throw refuse(reasonOf(cause), cause);
    });
  if (!isObject(answer)) throw refuse("what answers is no GraphQL");
  const { data, errors } = answer;
  if (Array.isArray(errors) && errors.length > 0) throw refuse(String(errors[0]?.message).replace(/\.$/, ""));
  if (!isObject(data)) throw refuse("what answers is no GraphQL");
  return data;
}

const answerTimeoutMs = 10_000;
