// The lock of a folder that one process may use: a file that says who, taken over from a process that is gone.
import { readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as rest } from "node:timers/promises";
import type { Fault } from "../../schema/product/fault.ts";
import { announcing } from "./changes-faults.ts";
import { startOf, thisMachine } from "./process-start.ts";

export type FolderLockOptions = {
  readonly product: string;
  readonly directory: string;
  /** Time between two signs of life, in milliseconds: for those who cannot see this process. */
  readonly beatMs?: number;
  /** Time without one after which the holder is gone. */
  readonly silenceMs?: number;
};

type Holder = { readonly pid: number; readonly startedAt: string; readonly machine: string };

const lookMs = 100;
const lockName = /^lock\.(\d+)$/;

/**
 * Holds the folder until it is disposed. A lock is made under a number that none has, which one alone can do. That of a
 * process that is gone is left behind by the next number, and then removed: to remove it first could hit one that was
 * made meanwhile. Whoever made one looks again whether there is another's.
 * @throws announcing.OUTBOX_LOCKED
 */
export async function lockFolder(options: FolderLockOptions): Promise<AsyncDisposable> {
  const { directory, beatMs = 2_000, silenceMs = 10_000 } = options;
  const machine = await thisMachine();
  const startedAt = (await startOf(process.pid)) as string;
  const gone = new Set<string>();
  const refuseWhereHeld = async (paths: readonly string[]) => {
    for (const path of paths) {
      const file = await identityOf(path);
      if (file === undefined || gone.has(file)) continue;
      if (await isHeld(path, machine, silenceMs)) throw await lockedFault(options, path);
      gone.add(file);
    }
  };
  for (;;) {
    const before = await locksIn(directory);
    await refuseWhereHeld(before);
    const path = join(directory, `lock.${Math.max(0, ...before.map(numberOf)) + 1}`);
    if (!(await makeFile(path, JSON.stringify({ pid: process.pid, startedAt, machine })))) continue;
    const others = (await locksIn(directory)).filter((other) => other !== path);
    try {
      await refuseWhereHeld(others);
    } catch (fault) {
      await rm(path, { force: true });
      throw fault;
    }
    for (const other of others) await rm(other, { force: true });
    const beating = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => {}), beatMs);
    beating.unref();
    return {
      [Symbol.asyncDispose]: async () => {
        clearInterval(beating);
        await rm(path, { force: true });
      },
    };
  }
}

async function locksIn(directory: string): Promise<readonly string[]> {
  const names = await readdir(directory);
  return names.filter((name) => lockName.test(name)).map((name) => join(directory, name));
}

function numberOf(path: string): number {
  return Number(path.slice(path.lastIndexOf(".") + 1));
}

/** A process of this machine is looked up; of another's, or where the file is not written to its end, a sign of life is awaited. */
async function isHeld(path: string, machine: string, silenceMs: number): Promise<boolean> {
  const first = await changedMs(path);
  const untilMs = performance.now() + silenceMs;
  for (;;) {
    const holder = await holderIn(path);
    if (holder?.machine === machine) return (await startOf(holder.pid)) === holder.startedAt;
    const changed = await changedMs(path);
    if (changed === undefined || changed !== first) return changed !== undefined;
    if (performance.now() >= untilMs) return false;
    await rest(Math.min(lookMs, silenceMs));
  }
}

async function holderIn(path: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as Holder;
  } catch {
    return undefined;
  }
}

/** Undefined where there is no such file. */
async function changedMs(path: string): Promise<number | undefined> {
  return (await stat(path).catch(() => undefined))?.mtimeMs;
}

/** Another for each file that ever had this path. */
async function identityOf(path: string): Promise<string | undefined> {
  const file = await stat(path).catch(() => undefined);
  return file && `${path} ${file.ino} ${file.birthtimeMs}`;
}

/** False where there is one already. */
async function makeFile(path: string, content: string): Promise<boolean> {
  try {
    await writeFile(path, content, { flag: "wx", flush: true });
    return true;
  } catch (failure) {
    if ((failure as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw failure;
  }
}

async function lockedFault({ product, directory }: FolderLockOptions, path: string): Promise<Fault> {
  return announcing.OUTBOX_LOCKED({ product, directory, pid: (await holderIn(path))?.pid });
}
