// Processes of this machine, as `ps` lists them.
import { execFile } from "node:child_process";
import { promisify } from "node:util";

export type Listed = { readonly pid: number; readonly command: string };

/** The processes that this one started. */
export async function childrenOf(parent: number): Promise<readonly Listed[]> {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pid=,ppid=,args="]);
  return stdout.split("\n").flatMap((line) => {
    const [, pid, ppid, command = ""] = line.match(/^\s*(\d+)\s+(\d+)\s+(.*)$/) ?? [];
    return Number(ppid) === parent && !command.startsWith("ps ") ? [{ pid: Number(pid), command }] : [];
  });
}

/** Those of the processes that still run. One that has ended and only waits to be noticed does not. */
export async function alive(processes: readonly Listed[]): Promise<readonly Listed[]> {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pid=,stat="]);
  const running = new Set(
    stdout.split("\n").flatMap((line) => {
      const [pid, state] = line.trim().split(/\s+/);
      return state?.startsWith("Z") ? [] : [Number(pid)];
    }),
  );
  return processes.filter(({ pid }) => running.has(pid));
}
