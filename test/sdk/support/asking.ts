// Asking a port over HTTP, and counting the statements that an answer took.
import { type PortEvent, type PortOptions, type Product, startPort } from "weft/sdk";

export type Refusal = { readonly message: string; readonly extensions: { readonly code: string } };
// biome-ignore lint/suspicious/noExplicitAny: an answer is whatever the question selected
export type Answer = { readonly data: any; readonly errors?: readonly Refusal[] };
export type Variables = Readonly<Record<string, unknown>>;

export type AskedPort = AsyncDisposable & {
  readonly url: string;
  /** What the port reported since it started. */
  readonly events: readonly PortEvent[];
  /** The data of an answer that must have no errors. */
  readonly ask: (query: string, variables?: Variables) => Promise<Answer["data"]>;
  readonly answer: (query: string, variables?: Variables) => Promise<Answer>;
  /** The codes of an answer's errors. */
  readonly codes: (query: string, variables?: Variables) => Promise<readonly string[]>;
  /** Where each statement stood that a question took, in alphabetical order. */
  readonly statements: (query: string, variables?: Variables) => Promise<readonly string[]>;
};

export async function askedPort(product: Product, options: PortOptions = {}): Promise<AskedPort> {
  const events: PortEvent[] = [];
  const port = await startPort(product, { ...options, observe: (event) => events.push(event) });
  const answer = async (query: string, variables: Variables = {}): Promise<Answer> => {
    const response = await fetch(`${port.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as Answer;
  };
  const ask = async (query: string, variables?: Variables) => {
    const { data, errors } = await answer(query, variables);
    if (errors) throw new Error(`${query}\n${JSON.stringify(errors, undefined, 2)}`);
    return data;
  };
  return {
    url: port.url,
    events,
    ask,
    answer,
    codes: async (query, variables) =>
      ((await answer(query, variables)).errors ?? []).map(({ extensions }) => extensions.code),
    statements: async (query, variables) => {
      const before = events.length;
      await ask(query, variables);
      return events
        .slice(before)
        .map((event) => (event.kind === "statement.ran" ? event.at : event.kind))
        .sort();
    },
    [Symbol.asyncDispose]: () => port[Symbol.asyncDispose](),
  };
}
