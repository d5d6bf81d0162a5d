// Asks a port or a gateway one question, within its time.

import { workSignal } from "../../http/deadline.ts";
import { isObject } from "../../schema/product/is-object.ts";
import { reasonOf } from "../reason-of.ts";

/** Rejects with what went wrong, in one sentence without its full stop. */
export type AskGraphql = (query: string) => Promise<Readonly<Record<string, unknown>>>;

export type AskOptions = { readonly url: string; readonly timeoutMs: number; readonly signal: AbortSignal };

/** Live answers alone: a remembered one would tell of rows as they were. */
const extensions = { maxStalenessMs: 0 };

export function askGraphql({ url, timeoutMs, signal }: AskOptions): AskGraphql {
  return async (query) => {
    const within = workSignal(signal, timeoutMs);
    const { status, text } = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify({ query, extensions }),
      redirect: "error",
      signal: within,
    })
      .then(async (response) => ({ status: response.status, text: await textWithin(response) }))
      .catch((failure: unknown) => {
        throw new Error(
          within.aborted ? `${url} did not answer in ${timeoutMs} ms` : `${url}: ${reasonOf(failure)}`,
        );
      });
    const answer = parsed(text);
    if (!answer) throw new Error(`${url} is no GraphQL (status ${status})`);
    const [first] = Array.isArray(answer.errors) ? answer.errors : [];
    if (first !== undefined)
      throw new Error(String(isObject(first) ? first.message : first).replace(/\.$/, ""));
    if (!isObject(answer.data)) throw new Error(`${url} answers no data (status ${status})`);
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
