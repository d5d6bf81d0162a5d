// A subgraph's answer from its text: checked by hand, since this is done for every request.
import { isObject } from "../../schema/product/is-object.ts";
import { fetching } from "./fetching-faults.ts";

export type SubgraphError = {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, unknown>>;
};

export type SubgraphAnswer = {
  data?: Record<string, unknown> | null;
  errors?: readonly SubgraphError[];
  extensions?: Record<string, unknown>;
};

type Json = Readonly<Record<string, unknown>>;

/**
 * A GraphQL answer, whatever its status: GraphQL over HTTP gives errors a 4xx in one media type. All objects of it are the
 * caller's own. A key `__proto__` in it is a property like any other.
 * @throws fetching.SUBGRAPH_ANSWER_INVALID
 */
export function readAnswer(subgraph: string, status: number, text: string): SubgraphAnswer {
  const invalid = (problem: string, cause?: unknown) =>
    fetching.SUBGRAPH_ANSWER_INVALID({ subgraph, status, problem }, cause);
  if (status >= 300 && status < 400) throw invalid("a redirect");
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw invalid("no JSON", cause);
  }
  const answer = isObject(json) ? asAnswer(json) : undefined;
  if (!answer) throw invalid("no GraphQL answer");
  return answer;
}

function asAnswer({ data, errors, extensions }: Json): SubgraphAnswer | undefined {
  const answer: SubgraphAnswer = {};
  if (data !== undefined) {
    if (data !== null && !isObject(data)) return undefined;
    answer.data = data;
  }
  if (errors !== undefined && errors !== null) {
    if (!Array.isArray(errors) || !errors.every(hasMessage)) return undefined;
    answer.errors = errors.map(asError);
  }
  if (isObject(extensions)) answer.extensions = extensions;
  return answer.data || answer.errors?.length ? answer : undefined;
}

function hasMessage(error: unknown): boolean {
  return isObject(error) && typeof error.message === "string";
}

/** What a caller may see of it: its place in the subgraph's document means nothing here. */
function asError({ message, path, extensions }: Json): SubgraphError {
  return {
    message: message as string,
    ...(isPath(path) ? { path } : undefined),
    ...(isObject(extensions) ? { extensions: withoutOwn(extensions) } : undefined),
  };
}

/**
 * Servers in development send their stack traces along, which are not the caller's to see. `http` is how a server tells itself
 * with what status and headers to answer: ours are not for a subgraph to choose.
 */
function withoutOwn({ stacktrace, exception, http, ...shown }: Json): Json {
  return shown;
}

function isPath(path: unknown): path is readonly (string | number)[] {
  return Array.isArray(path) && path.every((step) => typeof step === "string" || typeof step === "number");
}
