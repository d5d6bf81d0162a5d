// Sends an operation to the gateway; stopping it in the editor closes the request.
import type { Fetcher, FetcherParams } from "@graphiql/toolkit";
import { chosenOperation } from "./chosen-operation.ts";

type Result = {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string }[];
  readonly extensions?: Readonly<Record<string, unknown>>;
};
type Observer = { next: (result: Result) => void; complete: () => void };

const saying = (message: string): Result => ({ errors: [{ message }] });

const resultOf = async (response: Response): Promise<Result> => {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return saying(`The gateway answered with status ${response.status} and no JSON: ${text.slice(0, 200)}`);
  }
};

/** One answer; what fails on the way becomes an error in it, never a throw. */
export const answerOf = async (
  operation: FetcherParams & { readonly extensions?: object },
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<Result> => {
  try {
    const response = await fetch("/graphql", {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "application/graphql-response+json, application/json",
        "x-client-name": "weft-console",
        ...headers,
      },
      body: JSON.stringify({
        ...operation,
        operationName: chosenOperation(operation.query, operation.operationName),
      }),
      signal,
    });
    return await resultOf(response);
  } catch (thrown) {
    return saying(
      `The gateway cannot be reached: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
    );
  }
};

/** The editor's fetcher: one result per operation. What fails on the way becomes a result with an error, never a throw. */
export const askGateway = ((operation, options) => ({
  subscribe: ({ next, complete }: Observer) => {
    const stopped = new AbortController();
    const answer = async (): Promise<void> => {
      const result = await answerOf(operation, options?.headers ?? {}, stopped.signal);
      if (stopped.signal.aborted) return;
      next(result);
      complete();
    };
    void answer();
    return { unsubscribe: () => stopped.abort() };
  },
})) as Fetcher;
