// A way to a Redis that can be made slow, and counts what goes through it.
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export type RedisProxy = AsyncDisposable & {
  readonly url: string;
  /** Scripts that were sent so far: what the store does is done by scripts. */
  readonly scripts: () => number;
  /** From now on each answer comes so much later, in milliseconds. */
  readonly slow: (ms: number) => void;
};

export async function openRedisProxy(port: number): Promise<RedisProxy> {
  const sockets = new Set<Socket>();
  let scripts = 0;
  let lateMs = 0;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.once("close", () => sockets.delete(socket));
  };
  const server = createServer((near) => {
    const far = connect(port, "127.0.0.1");
    keep(near);
    keep(far);
    near.on("data", (bytes: Buffer) => {
      scripts += bytes.toString("latin1").match(/\r\neval(sha)?\r\n/gi)?.length ?? 0;
      far.write(bytes);
    });
    far.on("data", (bytes: Buffer) => {
      if (lateMs === 0) near.write(bytes);
      else setTimeout(() => near.write(bytes), lateMs);
    });
    near.once("close", () => far.destroy());
    far.once("close", () => near.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    scripts: () => scripts,
    slow: (ms) => {
      lateMs = ms;
    },
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
