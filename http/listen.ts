// Listening, and stopping without losing what is in flight.
import type { AddressInfo, Socket } from "node:net";
import type { FastifyInstance } from "fastify";

export type Listening = AsyncDisposable & {
  /** `http://127.0.0.1:4001`, without a path. */
  readonly url: string;
  readonly port: number;
};

export type ListenOptions = {
  /** 127.0.0.1 unless told otherwise. */
  readonly host: string;
  /** 0 = any free one. */
  readonly port: number;
  /** How long requests in flight may take to end once stopping has begun. */
  readonly drainMs: number;
};

/** Browsers connect in advance, and Node waits for what was never used as for a request: after so long there is none on its way. */
const unusedMs = 200;

/** Listens. Disposing stops taking requests, waits for those in flight, then runs `release`. */
export async function listen(
  app: FastifyInstance,
  { host, port, drainMs }: ListenOptions,
  release: () => Promise<void>,
): Promise<Listening> {
  const sockets = new Set<Socket>();
  app.server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  const closeUnused = () => {
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
  };
  await app.listen({ host, port });
  const bound = (app.server.address() as AddressInfo).port;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${bound}`,
    port: bound,
    [Symbol.asyncDispose]: async () => {
      const ends = [
        setTimeout(closeUnused, Math.min(unusedMs, drainMs)),
        setTimeout(() => app.server.closeAllConnections(), drainMs),
      ];
      await app.close();
      for (const end of ends) clearTimeout(end);
      await release();
    },
  };
}

/** Resolves when the process is asked to end: SIGTERM, SIGINT, or a parent that has gone. */
export function askedToEnd(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, resolve);
    process.once("disconnect", () => resolve("parent gone"));
    process.channel?.unref(); // listening to the parent is no reason to outlive the server
  });
}
