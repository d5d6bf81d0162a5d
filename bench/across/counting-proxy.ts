// Stands between a gateway and its subgraphs and counts what travels.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Agent, request } from "undici";
import type { Mesh } from "./start-mesh.ts";

export type Travelled = {
  readonly requests: number;
  /** Of questions and answers, without headers. */
  readonly bytes: number;
  /** Objects in lists. */
  readonly rows: number;
};

export type Counted = Mesh & {
  /** Since the last look. Looks at an SDL, which come every few seconds, are not counted. */
  readonly take: () => Travelled;
};

export async function startCounting({ subgraphs }: Pick<Mesh, "subgraphs">): Promise<Counted> {
  const agent = new Agent({ connections: 64, bodyTimeout: 60_000, headersTimeout: 60_000 });
  let travelled: Travelled = { requests: 0, bytes: 0, rows: 0 };
  const forward = async (url: string, incoming: IncomingMessage, response: ServerResponse) => {
    const asked = await bodyOf(incoming);
    const answer = await request(url, {
      dispatcher: agent,
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: asked,
    });
    const answered = Buffer.from(await answer.body.arrayBuffer());
    if (!asked.includes("_service"))
      travelled = {
        requests: travelled.requests + 1,
        bytes: travelled.bytes + asked.length + answered.length,
        rows: travelled.rows + rowsIn(JSON.parse(answered.toString()).data),
      };
    response.writeHead(answer.statusCode, { "content-type": "application/json" }).end(answered);
  };
  const servers = await Promise.all(
    Object.entries(subgraphs).map(async ([name, url]) => {
      const server = createServer((incoming, response) => {
        forward(url, incoming, response).catch((failure: Error) =>
          response.writeHead(502).end(failure.message),
        );
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      return { name, server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql` };
    }),
  );
  return {
    subgraphs: Object.fromEntries(servers.map(({ name, url }) => [name, url])),
    take: () => {
      const taken = travelled;
      travelled = { requests: 0, bytes: 0, rows: 0 };
      return taken;
    },
    [Symbol.asyncDispose]: async () => {
      for (const { server } of servers) {
        server.closeAllConnections();
        server.close();
      }
      await agent.close();
    },
  };
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Objects in lists, at any depth. */
export function rowsIn(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  let rows = 0;
  for (const each of Object.values(value)) rows += rowsIn(each);
  if (Array.isArray(value)) for (const each of value) if (typeof each === "object" && each !== null) rows++;
  return rows;
}
