// A Redis of the test's own: nothing on disk, gone with the test.
import { type ChildProcess, spawn } from "node:child_process";
import getPort from "get-port";
import { Redis } from "ioredis";
import { findRedis } from "../../setup/find-redis.ts";
import { temporaryDirectory } from "../../setup/temporary-directory.ts";

export type RedisServer = AsyncDisposable & {
  readonly port: number;
  readonly url: string;
  /** Asks it as an administrator would. */
  readonly ask: (command: string, ...args: (string | number | Buffer)[]) => Promise<unknown>;
  /** Ends it as a crash does. */
  readonly crash: () => Promise<void>;
  readonly start: () => Promise<void>;
  /** Stops it in its tracks, its connections open; and lets it go on. */
  readonly freeze: () => void;
  readonly thaw: () => void;
};

export async function startRedis(flags: readonly string[] = []): Promise<RedisServer> {
  const directory = await temporaryDirectory();
  const port = await getPort({ host: "127.0.0.1" });
  const url = `redis://127.0.0.1:${port}`;
  let server: ChildProcess | undefined;
  const client = new Redis(url, {
    lazyConnect: true,
    maxRetriesPerRequest: null,
    retryStrategy: () => 20,
  });
  client.on("error", () => {});
  const start = async () => {
    const usual = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--dir", directory.path];
    server = spawn(findRedis(), [...usual, ...flags], { stdio: "ignore" });
    await client.ping();
  };
  const crash = async () => {
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const ended = new Promise((resolve) => server?.once("exit", resolve));
    server.kill("SIGKILL");
    await ended;
  };
  await start();
  return {
    port,
    url,
    ask: (command, ...args) => client.call(command, ...args),
    crash,
    start,
    freeze: () => void server?.kill("SIGSTOP"),
    thaw: () => void server?.kill("SIGCONT"),
    [Symbol.asyncDispose]: async () => {
      client.disconnect();
      await crash();
      await directory[Symbol.asyncDispose]();
    },
  };
}
