// One process of the mesh: started, watched, started again with back-off when it dies, ended when asked.
import { type ChildProcess, fork } from "node:child_process";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

export type ChildOptions = {
  readonly name: string;
  /** Module to run, and its arguments. */
  readonly module: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly print: (name: string, line: string) => void;
};

/** Disposing ends it for good: asked first, then by force. */
export type Child = AsyncDisposable;

const backOffMaxMs = 10_000;
const healthyAfterMs = 30_000;
const endingMaxMs = 15_000;

export function startChild({ name, module, args, env, print }: ChildOptions): Child {
  let ending = false;
  let current: ChildProcess | undefined;
  const waiting = new AbortController();

  const run = async (): Promise<void> => {
    let backOffMs = 250;
    while (!ending) {
      const startedMs = performance.now();
      const child = fork(module, [...args], {
        env: { ...process.env, ...env },
        stdio: ["ignore", "pipe", "pipe", "ipc"],
      });
      current = child;
      for (const stream of [child.stdout, child.stderr])
        if (stream) createInterface({ input: stream }).on("line", (line) => print(name, line));
      const how = await ended(child);
      if (ending) return;
      if (performance.now() - startedMs > healthyAfterMs) backOffMs = 250;
      print(name, `died (${how}); starting it again in ${backOffMs} ms`);
      await sleep(backOffMs, undefined, { signal: waiting.signal }).catch(() => {});
      backOffMs = Math.min(backOffMs * 2, backOffMaxMs);
    }
  };
  const running = run();

  return {
    [Symbol.asyncDispose]: async () => {
      ending = true;
      waiting.abort();
      current?.kill("SIGTERM");
      const cut = setTimeout(() => current?.kill("SIGKILL"), endingMaxMs);
      await running;
      clearTimeout(cut);
    },
  };
}

function ended(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) => resolve(signal ?? `exit status ${code}`));
  });
}
