// Starts a process on a core of its own, waits for what it prints, and ends it.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { cpus } from "node:os";

export type PinnedProcess = AsyncDisposable & {
  readonly pid: number;
  /** The first group of the pattern, in what the process printed. */
  readonly printed: string;
};

export type Core = "gateway" | "rest" | "both";

const coreNumbers: Readonly<Record<Core, string>> = { gateway: "0", rest: "1", both: "0,1" };

/** Gateways have core 0 for themselves where the machine has a second one, and taskset is there. */
export const pinning: boolean = cpus().length > 1 && hasTaskset();

/** Moves the bench itself, its load and what it starts without a core of its own, off the gateways' core. */
export function pinHere(): void {
  if (pinning) execFileSync("taskset", ["-acp", coreNumbers.rest, String(process.pid)]);
}

/** @throws Error where the process ends, or has printed nothing that matches within `waitMs` */
export async function startPinned(
  core: Core,
  [program = "", ...args]: readonly string[],
  { pattern, env = {}, waitMs = 30_000 }: { pattern: RegExp; env?: Record<string, string>; waitMs?: number },
): Promise<PinnedProcess> {
  const pinned = pinning ? ["taskset", "-c", coreNumbers[core], program, ...args] : [program, ...args];
  const child = spawn(pinned[0] as string, pinned.slice(1), {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const endWithUs = () => child.kill("SIGKILL");
  process.on("exit", endWithUs);
  const end = async () => {
    process.off("exit", endWithUs);
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    const patience = setTimeout(() => child.kill("SIGKILL"), 3_000);
    await ended;
    clearTimeout(patience);
  };
  try {
    const printed = await firstMatch(child, pattern, waitMs);
    return { pid: child.pid as number, printed, [Symbol.asyncDispose]: end };
  } catch (failure) {
    await end();
    throw failure;
  }
}

function firstMatch(child: ChildProcess, pattern: RegExp, waitMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = "";
    const give = (why: string) => reject(new Error(`${child.spawnargs.join(" ")}: ${why}\n${output}`));
    const patience = setTimeout(() => give(`not ready after ${waitMs} ms`), waitMs);
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding("utf8").on("data", (text: string) => {
        if (output.length < 20_000) output += text;
        const found = pattern.exec(output)?.[1];
        if (found === undefined) return;
        clearTimeout(patience);
        resolve(found);
      });
    child.once("error", (error) => give(error.message));
    child.once("exit", (code) => give(`ended with code ${code}`));
  });
}

function hasTaskset(): boolean {
  try {
    execFileSync("taskset", ["-cp", String(process.pid)], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
