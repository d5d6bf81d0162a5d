// What the kernel knows of a process: its processor time, all threads together, and its memory.
import { readdirSync, readFileSync } from "node:fs";

/**
 * Milliseconds of processor time, user and system, of all threads that the process has. It is what /proc/PID/stat has
 * in steps of 10 ms, counted in nanoseconds.
 */
export function processorMs(pid: number): number {
  return readdirSync(`/proc/${pid}/task`)
    .map((thread) => threadNs(`/proc/${pid}/task/${thread}/schedstat`) / 1e6)
    .reduce((sum, ms) => sum + ms, 0);
}

/** Nothing for a thread that ended meanwhile. */
function threadNs(file: string): number {
  try {
    return Number(readFileSync(file, "utf8").split(" ")[0]);
  } catch {
    return 0;
  }
}

/** Megabytes (10⁶ bytes) resident now, and the most there ever were. */
export function memoryMb(pid: number): { readonly resident: number; readonly peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const read = (name: string) =>
    (Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) * 1_024) / 1e6;
  return { resident: read("VmRSS"), peak: read("VmHWM") };
}
