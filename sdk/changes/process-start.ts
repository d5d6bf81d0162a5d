// Which process a number means: machine and start tell one from another that got its number later.
import { readFile, readlink } from "node:fs/promises";
import { hostname } from "node:os";

/**
 * Where a number is of one process at a time.
 * Linux: this boot, and the namespace of numbers, which each container has for itself.
 */
export async function thisMachine(): Promise<string> {
  try {
    const boot = await readFile("/proc/sys/kernel/random/boot_id", "utf8");
    return `${boot.trim()} ${await readlink("/proc/self/ns/pid")}`;
  } catch {
    return hostname();
  }
}

/** When a process of this machine was started, or "running" where that cannot be known; undefined where there is none. */
export async function startOf(pid: number): Promise<string | undefined> {
  const status = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  if (status === undefined) return isRunning(pid) ? "running" : undefined;
  // proc(5): behind the name, which stands in parentheses, are the state and, 19 fields later, the start.
  const [state = "", ...fields] = status.slice(status.lastIndexOf(")") + 2).split(" ");
  return state === "Z" || state === "X" ? undefined : fields[18];
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (failure) {
    return (failure as NodeJS.ErrnoException).code === "EPERM";
  }
}
