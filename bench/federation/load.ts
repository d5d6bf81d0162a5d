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
        bytes += answer.length;
        check(answer, expected, body);
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

async function ask(
  client: Client,
  path: string,
  body: string,
  given: Readonly<Record<string, string>> = {},
): Promise<Buffer> {
  const headers = { "content-type": "application/json", accept: "application/json", ...given };
  const answer = await client.request({ method: "POST", path, headers, body });
  return Buffer.from(await answer.body.arrayBuffer());
}

/** By its bytes; by its data where those differ, for a gateway may add spaces, or `extensions`. */
function check(answer: Buffer, expected: Buffer, body: string): void {
  if (answer.equals(expected)) return;
  const { data, errors } = parsed(answer);
  if (!errors && isDeepStrictEqual(data, parsed(expected).data)) return;
  throw new Error(`wrong answer to ${body}: ${answer.toString("utf8", 0, 400)}`);
}

function parsed(answer: Buffer): { readonly data?: unknown; readonly errors?: unknown } {
  try {
    return JSON.parse(answer.toString());
  } catch {
    return { errors: "no JSON" };
  }
}
