// Runs the built `weft` command as a process of its own, and reads what it says.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));
const command = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

export type Ending = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

export type WeftProcess = AsyncDisposable & {
  readonly pid: number;
  /** What it has said so far, line by line. */
  readonly output: readonly string[];
  readonly errors: readonly string[];
  /** The first line of its output that matches, as soon as there is one; rejects when it ends without. */
  readonly said: (pattern: RegExp, withinMs?: number) => Promise<RegExpMatchArray>;
  readonly end: (signal: NodeJS.Signals) => void;
  readonly ended: Promise<Ending>;
};

export type WeftProcessOptions = {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
};

/** Disposing ends it gracefully, and by force after ten seconds. */
export function weftProcess(args: readonly string[], options: WeftProcessOptions = {}): WeftProcess {
  if (!existsSync(command)) throw new Error("dist/ is missing: run `npm run build:server` first.");
  const child = spawn(process.execPath, [command, ...args], {
    cwd: options.cwd ?? root,
    env: { ...process.env, ...options.env },
    // By the channel it notices when this process is gone, and ends.
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const output: string[] = [];
  const errors: string[] = [];
  const heard = new Set<() => void>();
  const hear = (lines: string[]) => (line: string) => {
    lines.push(line);
    for (const listener of heard) listener();
  };
  for (const [stream, lines] of [
    [child.stdout, output],
    [child.stderr, errors],
  ] as const)
    if (stream) createInterface({ input: stream }).on("line", hear(lines));
  const ended = new Promise<Ending>((resolve) => {
    child.once("close", (code, signal) => resolve({ code, signal }));
  });

  const said = (pattern: RegExp, withinMs = 30_000) =>
    new Promise<RegExpMatchArray>((resolve, reject) => {
      const settle = (then: () => void) => {
        clearTimeout(late);
        heard.delete(look);
        then();
      };
      const transcript = () => [...output, ...errors].join("\n");
      const refuse = (why: string) =>
        settle(() => reject(new Error(`weft never said ${pattern}, ${why}:\n${transcript()}`)));
      const look = () => {
        for (const line of output) {
          const match = line.match(pattern);
          if (match) settle(() => resolve(match));
        }
      };
      const late = setTimeout(() => refuse(`in ${withinMs} ms`), withinMs);
      heard.add(look);
      void ended.then(() => refuse("and ended"));
      look();
    });

  return {
    pid: child.pid as number,
    output,
    errors,
    said,
    end: (signal) => void child.kill(signal),
    ended,
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGTERM");
      const cut = setTimeout(() => child.kill("SIGKILL"), 10_000);
      await ended;
      clearTimeout(cut);
    },
  };
}
