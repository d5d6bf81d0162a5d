// Asks a port or a gateway questions, each within its time and its bytes.
import { workSignal } from "../http/deadline.ts";
import { isObject } from "../schema/product/is-object.ts";
import { reasonOf } from "./reason-of.ts";

/**
 * The answer's `data`.
 * @throws Unanswered, and an Error with the first of the answer's errors, without its full stop
 */
export type AskGraphql = (query: string, variables?: object) => Promise<Readonly<Record<string, unknown>>>;

export type AskOptions = { readonly url: string; readonly timeoutMs: number; readonly signal: AbortSignal };

/** What came is no answer of GraphQL, or nothing came. */
export class Unanswered extends Error {
  /** In one sentence without its full stop, and without the address. */
  readonly problem: string;

  constructor(url: string, problem: string) {
    super(`${url}: ${problem}`);
    this.problem = problem;
  }
}

/** Live answers alone: a remembered one would tell of rows as they were. */
const extensions = { maxStalenessMs: 0 };

export function askGraphql({ url, timeoutMs, signal }: AskOptions): AskGraphql {
  return async (query, variables) => {
    const within = workSignal(signal, timeoutMs);
    const { status, text } = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify({ query, variables, extensions }),
      redirect: "error",
      signal: within,
    })
      .then(async (response) => ({ status: response.status, text: await textWithin(response) }))
      .catch((failure: unknown) => {
        const problem = within.aborted ? `it did not answer in ${timeoutMs} ms` : reasonOf(failure);
        throw new Unanswered(url, problem);
      });
    const answer = parsed(text);
    if (!answer) throw new Unanswered(url, `what answers is no GraphQL (status ${status})`);
    const [first] = Array.isArray(answer.errors) ? answer.errors : [];
    if (first !== undefined)
      throw new Error(String(isObject(first) ? first.message : first).replace(/\.$/, ""));
    if (!isObject(answer.data)) throw new Unanswered(url, `it answers no data (status ${status})`);
    return answer.data;
  };
}

/** An answer of counts has some hundred bytes, one of groups a megabyte. */
const answerBytesMax = 64 * 1_024 * 1_024;

async function textWithin(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > answerBytesMax) throw new Error(`its answer has more than ${answerBytesMax} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
