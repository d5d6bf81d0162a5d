// A server on bare sockets, which can do on the wire what an HTTP server would never do.
import type { AddressInfo } from "node:net";
import { createServer, type Socket } from "node:net";

export type Fault = (socket: Socket, request: { readonly turn: number; readonly body: string }) => unknown;

export type FaultServer = AsyncDisposable & {
  readonly url: string;
  /** Bodies of whole requests, in the order of their coming. */
  readonly bodies: readonly string[];
  /** Sockets that are open now. */
  readonly open: () => number;
  readonly opened: () => number;
};

/** Calls `fault` for every whole request; `turn` counts them from 0. */
export async function faultServer(fault: Fault): Promise<FaultServer> {
  const bodies: string[] = [];
  const sockets = new Set<Socket>();
  let opened = 0;
  const server = createServer((socket) => {
    opened++;
    sockets.add(socket);
    let read = "";
    socket.on("close", () => sockets.delete(socket)).on("error", () => {});
    socket.on("data", (bytes) => {
      read += bytes.toString();
      for (;;) {
        const head = read.indexOf("\r\n\r\n");
        const end = head + 4 + Number(/content-length: (\d+)/i.exec(read)?.[1] ?? 0);
        if (head < 0 || read.length < end) return;
        const body = read.slice(head + 4, end);
        read = read.slice(end);
        fault(socket, { turn: bodies.push(body) - 1, body });
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    bodies,
    open: () => sockets.size,
    opened: () => opened,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A whole answer. */
export function http(status: number, body: string, headers: Readonly<Record<string, string>> = {}): string {
  const lines = Object.entries({ "content-length": String(Buffer.byteLength(body)), ...headers });
  return `HTTP/1.1 ${status} X\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n${body}`;
}

export const well = http(200, '{"data":{"a":1}}');
