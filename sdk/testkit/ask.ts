// Asking a port: GraphQL over HTTP, errors as they came.
export type Variables = Readonly<Record<string, unknown>>;
export type Question = { readonly query: string; readonly variables: Variables };

export type Refusal = { readonly message: string; readonly extensions?: { readonly code?: unknown } };
/** Whatever a question selected. */
// biome-ignore lint/suspicious/noExplicitAny: the shape of an answer is the question's
export type Tree = any;
export type Answer = { readonly data: Tree; readonly errors: readonly Refusal[] };

export type Ask = (question: Question, options: { readonly signal: AbortSignal }) => Promise<Answer>;

export type Endpoint = {
  /** Where GraphQL is answered, path included. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** Rejects where the port cannot be reached, or answers with something that is no GraphQL response. */
export function asking({ url, headers = {} }: Endpoint): Ask {
  return async (question, { signal }) => {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json", ...headers },
      body: JSON.stringify(question),
      signal: AbortSignal.any([signal]), // one of its own: a signal keeps its listeners until they are collected
    });
    const text = await response.text();
    const answer = parsed(text);
    if (answer === undefined)
      throw new Error(`no GraphQL response (status ${response.status}): ${text.slice(0, 200)}`);
    return { data: answer.data ?? null, errors: answer.errors ?? [] };
  };
}

function parsed(text: string): Partial<Answer> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Is it an error that says what it is? A crash of the port is not. */
export function isTyped({ extensions }: Refusal): boolean {
  return typeof extensions?.code === "string" && extensions.code !== "INTERNAL_SERVER_ERROR";
}
