// The plainest server there is, for contenders that bring none: a body in, JSON out, and the address printed.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export type GraphqlBody = {
  readonly query: string;
  readonly operationName?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
};

export function serveJson(answer: (body: GraphqlBody) => Promise<unknown>): void {
  const server = createServer({ keepAliveTimeout: 600_000 }, (request, response) => {
    const pieces: Buffer[] = [];
    request.on("data", (piece: Buffer) => pieces.push(piece));
    request.on("end", async () => {
      try {
        const text = JSON.stringify(await answer(JSON.parse(Buffer.concat(pieces).toString())));
        response.writeHead(200, {
          "content-type": "application/json",
          "content-length": Buffer.byteLength(text),
        });
        response.end(text);
      } catch (error) {
        response.writeHead(500).end(String(error));
      }
    });
  });
  server.listen(0, "127.0.0.1", () => {
    console.log(`listening at http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`);
  });
}
