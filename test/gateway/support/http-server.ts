// A server that answers as a test says, and remembers what it was sent.
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export type Received = {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Resolves when the one who asked has gone before the answer ended. */
  readonly abandoned: Promise<void>;
};

export type HttpServer = AsyncDisposable & {
  readonly url: string;
  readonly received: readonly Received[];
  /** The next request, once its body has arrived. */
  readonly next: () => Promise<Received>;
};

export type Handler = (response: ServerResponse, request: Received) => unknown;

export async function httpServer(handler: Handler, port = 0): Promise<HttpServer> {
  const received: Received[] = [];
  const waiting: ((request: Received) => void)[] = [];
  const server = createServer((request, response) => void take(request, response).catch(() => {}));
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    const abandoned = new Promise<void>((resolve) => {
      response.once("close", () => {
        if (!response.writableFinished) resolve();
      });
    });
    const { method, url: path, headers } = request;
    const one: Received = { method, path, headers, body: await text(request), abandoned };
    received.push(one);
    for (const resolve of waiting.splice(0)) resolve(one);
    await handler(response, one);
  };
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    received,
    next: () => new Promise((resolve) => waiting.push(resolve)),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function answerJson(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

/** An address where nobody listens. */
export async function deadUrl(): Promise<string> {
  await using server = await httpServer(() => {});
  return server.url;
}
