// The load: so many connections, each asking again once it is answered; every answer is checked.
import { isDeepStrictEqual } from "node:util";
import { Client } from "undici";

export type LoadOptions = {
  readonly connections: number;
  /** No request is started after this time, once there were the fewest; none at all after the most. */
  readonly forMs: number;
  readonly requestsMin: number;
  readonly requestsMax: number;
  /** The body of the request of this number, and the whole answer that it must get. */
  readonly request: (number: number) => {
    readonly body: string;
    readonly expected: Buffer;
    readonly headers?: Readonly<Record<string, string>>;
  };
};

export type LoadResult = {
  readonly requests: number;
  readonly tookMs: number;
  /** From the first byte sent to the last byte got, one for each request, sorted. */
  readonly latenciesMs: readonly number[];
  readonly bytes: number;
};

/** @throws Error for the first answer that is not what it must be */
export async function load(url: string, options: LoadOptions): Promise<LoadResult> {
  const { origin, pathname } = new URL(url);
  const { connections, forMs, requestsMin, requestsMax, request } = options;
  const latenciesMs: number[] = [];
  let started = 0;
  let bytes = 0;
  const startedMs = performance.now();
  const oneConnection = async () => {
    const client = new Client(origin, { headersTimeout: 30_000, bodyTimeout: 30_000 });
    try {
      while (started < requestsMax && (started < requestsMin || performance.now() - startedMs < forMs)) {
        const { body, expected, headers } = request(started++);
        const askedMs = performance.now();
        const answer = await ask(client, pathname, body, headers);
        latenciesMs.push(performance.now() - askedMs);
        bytes += check(answer, expected, body);
      }
    } finally {
      await client.close();
    }
  };
  await Promise.all(Array.from({ length: connections }, oneConnection));
  return {
    requests: latenciesMs.length,
    tookMs: performance.now() - startedMs,
    latenciesMs: latenciesMs.sort((a, b) => a - b),
    bytes,
  };
}

/** @param share - 0.5 for the median */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Without streams and copies: the load is not to be what is measured. */
function ask(
  client: Client,
  path: string,
  body: string,
  given: Readonly<Record<string, string>> = {},
): Promise<readonly Buffer[]> {
  const headers = { "content-type": "application/json", accept: "application/json", ...given };
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    client.dispatch(
      { method: "POST", path, headers, body },
      {
        onConnect: () => {},
        onHeaders: () => true,
        onData: (chunk) => {
          chunks.push(chunk);
          return true;
        },
        onComplete: () => resolve(chunks),
        onError: reject,
      },
    );
  });
}

/** By its bytes; by its data where those differ, for a gateway may add spaces, or `extensions`. Tells how many bytes it has. */
function check(answer: readonly Buffer[], expected: Buffer, body: string): number {
  let at = 0;
  let isSame = true;
  for (const chunk of answer) {
    isSame &&= chunk.equals(expected.subarray(at, at + chunk.length));
    at += chunk.length;
  }
  if (isSame && at === expected.length) return at;
  const text = Buffer.concat(answer).toString();
  const { data, errors } = parsed(text);
  if (!errors && isDeepStrictEqual(data, parsed(expected.toString()).data)) return at;
  throw new Error(`wrong answer to ${body}: ${text.slice(0, 400)}`);
}

function parsed(text: string): { readonly data?: unknown; readonly errors?: unknown } {
  try {
    return JSON.parse(text);
  } catch {
    return { errors: "no JSON" };
  }
}
