// The four subgraphs, in one process of their own: `tsx subgraphs.ts` prints where they listen, and counts for who asks.
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { openCatalogue } from "./catalogue.ts";
import { type Answering, compileQuery, type Fields, type Variables } from "./compile-query.ts";
import { type SubgraphName, subgraphNames } from "./sdls.ts";
import { serviceFields, subgraphFields, typeOf } from "./subgraph-fields.ts";

export type Counts = { calls: number; bytesIn: number; bytesOut: number };
export type SubgraphsReady = {
  readonly urls: Readonly<Record<SubgraphName, string>>;
  /** GET: what each was asked since the last GET. */
  readonly countsUrl: string;
};

type GraphqlRequest = {
  readonly query: string;
  readonly operationName?: string | null;
  readonly variables?: Variables | null;
};

const counts = Object.fromEntries(subgraphNames.map((name) => [name, noCounts()])) as Record<
  SubgraphName,
  Counts
>;
const fields = subgraphFields(openCatalogue());

const urls = Object.fromEntries(
  await Promise.all(
    subgraphNames.map(async (name) => [
      name,
      await listen(subgraph(name, { ...fields[name], ...serviceFields })),
    ]),
  ),
);
const countsUrl = await listen((_, response) => {
  response.end(JSON.stringify(counts));
  for (const name of subgraphNames) counts[name] = noCounts();
});
console.log(JSON.stringify({ urls, countsUrl } satisfies SubgraphsReady));

function subgraph(name: SubgraphName, known: Fields): RequestListener {
  const answerings = new Map<string, Answering>();
  const answer = (body: string): string => {
    const { query, operationName, variables } = JSON.parse(body) as GraphqlRequest;
    const key = `${operationName ?? ""} ${query}`;
    const answering = answerings.get(key) ?? compileQuery(known, typeOf, query, operationName ?? undefined);
    answerings.set(key, answering);
    return `{"data":${answering(variables ?? {})}}`;
  };
  return async (request, response) => {
    const body = await textOf(request);
    const answered = answerOrError(answer, body);
    const bytes = Buffer.from(answered.text);
    counts[name].calls++;
    counts[name].bytesIn += Buffer.byteLength(body);
    counts[name].bytesOut += bytes.length;
    response.writeHead(answered.status, {
      "content-type": "application/json",
      "content-length": bytes.length,
    });
    response.end(bytes);
  };
}

function answerOrError(answer: (body: string) => string, body: string) {
  try {
    return { status: 200, text: answer(body) };
  } catch (error) {
    return { status: 400, text: JSON.stringify({ errors: [{ message: String(error) }] }) };
  }
}

function noCounts(): Counts {
  return { calls: 0, bytesIn: 0, bytesOut: 0 };
}

function textOf(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    request.on("data", (piece: Buffer) => pieces.push(piece));
    request.on("end", () => resolve(Buffer.concat(pieces).toString()));
    request.on("error", reject);
  });
}

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer({ keepAliveTimeout: 600_000 }, listener);
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
}
