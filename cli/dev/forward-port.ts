// One address for a port that is restarted: connections go to the process that serves now.
import { connect, createServer, type Socket } from "node:net";
import { developing } from "./developing-faults.ts";

export type ForwardedPort = AsyncDisposable & {
  readonly url: string;
  /** New connections go to this local port; those that are there stay. Undefined = nobody serves, they are refused. */
  readonly lead: (port: number | undefined) => void;
};

/** Listens at the host and port of the URL; where that port is taken, at any. @throws developing.DEV_PORT_TAKEN */
export async function forwardPort(wanted: string): Promise<ForwardedPort> {
  const url = new URL(wanted);
  const sockets = new Set<Socket>();
  let target: number | undefined;
  const server = createServer((incoming) => {
    if (target === undefined) {
      incoming.destroy();
      return;
    }
    const outgoing = connect({ host: "127.0.0.1", port: target });
    for (const [one, other] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      sockets.add(one);
      one.setNoDelay(true);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen({ host: url.hostname, port }, () => {
        server.off("error", reject);
        resolve();
      });
    });
  await listen(Number(url.port))
    .catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === "EADDRINUSE") return listen(0);
      throw cause;
    })
    .catch((cause: Error) => {
      throw developing.DEV_PORT_TAKEN({ url: wanted, problem: cause.message }, cause);
    });
  const bound = server.address();
  if (bound && typeof bound === "object") url.port = String(bound.port);
  return {
    url: url.href,
    lead: (port) => {
      target = port;
    },
    [Symbol.asyncDispose]: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
