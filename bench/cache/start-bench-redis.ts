// A Redis of the bench's own, on the core where the rest runs, and before it: it would have a core of its own elsewhere. Nothing on
// disk, gone with it.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import getPort from "get-port";
import { pinning } from "../federation/pinned-process.ts";

export type BenchRedis = AsyncDisposable & {
  readonly url: string;
  /** Stops it in its tracks, its connections open; and lets it go on. */
  readonly freeze: () => void;
  readonly thaw: () => void;
};

/** @throws Error where there is no `redis-server` on the path, nor at WEFT_TEST_REDIS */
export async function startBenchRedis(): Promise<BenchRedis> {
  const directory = await mkdtemp(join(tmpdir(), "weft-bench-"));
  const port = await getPort({ host: "127.0.0.1" });
  const program = process.env.WEFT_TEST_REDIS ?? "redis-server";
  const [command = "", ...flags] = [
    ...(pinning ? ["taskset", "-c", "1", "nice", "-n", "-10"] : []),
    ...[program, "--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
    ...["--maxmemory", "512mb", "--maxmemory-policy", "allkeys-lru"],
  ];
  const server = spawn(command, flags, { cwd: directory, stdio: "ignore" });
  const failed = new Promise<never>((_, reject) => {
    server.once("error", reject);
    server.once("exit", (code) => reject(new Error(`${program} ended with code ${code}`)));
  });
  failed.catch(() => {});
  const endWithUs = () => server.kill("SIGKILL");
  process.on("exit", endWithUs);
  await Promise.race([answers(port), failed]);
  return {
    url: `redis://127.0.0.1:${port}`,
    freeze: () => void server.kill("SIGSTOP"),
    thaw: () => void server.kill("SIGCONT"),
    [Symbol.asyncDispose]: async () => {
      process.off("exit", endWithUs);
      server.kill("SIGKILL");
      await failed.catch(() => {});
      await rm(directory, { recursive: true });
    },
  };
}

async function answers(port: number): Promise<void> {
  for (;;) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = createConnection(port, "127.0.0.1", () => {
        socket.destroy();
        resolve(true);
      });
      socket.once("error", () => resolve(false));
    });
    if (isOpen) return;
    await new Promise((next) => setTimeout(next, 20));
  }
}
