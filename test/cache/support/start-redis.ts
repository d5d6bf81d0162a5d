// A Redis of the test's own: nothing on disk, gone with the test.
import { type ChildProcess, spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
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

export async function startRedis(
  flags: readonly string[] = [],
  /** A Sentinel keeps what it knows in its configuration. */
  configuration?: string,
): Promise<RedisServer> {
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
    const file = join(directory.path, "redis.conf");
    if (configuration !== undefined) await writeFile(file, configuration);
    const usual = ["--port", String(port), "--bind", "127.0.0.1", "--dir", directory.path];
    const own = ["--save", "", "--repl-diskless-sync-delay", "0"];
    const first = configuration === undefined ? own : [file];
    server = spawn(findRedis(), [...first, ...usual, ...flags], { stdio: "ignore" });
    await client.ping();
  };
  const crash = async () => {
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const ended = new Promise((resolve) => server?.once("exit", resolve));
    server.kill("SIGKILL");
    await ended;
  };
  const orphaned = () => void server?.kill("SIGKILL");
  process.once("exit", orphaned);
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
      process.off("exit", orphaned);
      await crash();
      await directory[Symbol.asyncDispose]();
    },
  };
}

/** A Sentinel that alone decides when the master is down, which is soon. */
export async function startSentinel(name: string, masterPort: number): Promise<RedisServer> {
  const settings = [
    `monitor ${name} 127.0.0.1 ${masterPort} 1`,
    `down-after-milliseconds ${name} 500`,
    `failover-timeout ${name} 3000`,
  ];
  return startRedis(["--sentinel"], settings.map((line) => `sentinel ${line}\n`).join(""));
}
