// Why a server cannot be reached: ioredis keeps it to itself where it looks for a master or for the nodes of a Cluster.
import { connect } from "node:net";
import { type ConnectionOptions, connect as connectTls } from "node:tls";

export type ReachedServer = { readonly host: string; readonly port: number };

/** What the system or TLS says of a connection to it; undefined where it replies. Never rejects. */
export function whyUnreachable(
  { host, port }: ReachedServer,
  tls: ConnectionOptions | undefined,
  { withinMs }: { readonly withinMs: number },
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = tls ? connectTls({ host, port, ...tls }) : connect({ host, port });
    const end = (problem?: string) => {
      socket.destroy();
      resolve(problem === undefined ? undefined : `${host}:${port}: ${problem}`);
    };
    socket.unref();
    socket.setTimeout(withinMs, () => end(`no reply in ${withinMs} ms`));
    socket.on("error", ({ message }) => end(message));
    socket.on("close", () => end("it hangs up"));
    // A server that refuses our certificate says so only after the handshake.
    socket.on(tls ? "secureConnect" : "connect", () => socket.write("PING\r\n"));
    socket.once("data", () => end());
  });
}
