// The lock of an outbox's folder: one process has it at a time, and none keeps it beyond its end.
import { type ChildProcess, spawn } from "node:child_process";
import { readdir, readFile, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { lockFolder } from "../../../sdk/changes/folder-lock.ts";
import { temporaryDirectory } from "../../setup/temporary-directory.ts";

const script = fileURLToPath(new URL("support/open-folder.ts", import.meta.url));
const root = fileURLToPath(new URL("../../..", import.meta.url));

type Opening = {
  readonly pid: number;
  /** The next line that it writes. */
  readonly says: () => Promise<string>;
  readonly tell: () => void;
  /** Asks it to end, or ends it as a crash does; resolves when it has. */
  readonly end: (how: "orderly" | "SIGKILL") => Promise<void>;
};

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
});

function open(directory: string): Opening {
  const args = ["--conditions=weft-source", "--import", "tsx", script, directory];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ["pipe", "pipe", "inherit"] });
  started.push(child);
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return {
    pid: child.pid as number,
    says: async () => (await lines.next()).value ?? "",
    tell: () => void child.stdin.write("tell\n"),
    end: async (how) => {
      if (how === "orderly") child.stdin.end();
      else child.kill(how);
      await ended;
    },
  };
}

const locksIn = async (directory: string) =>
  (await readdir(directory)).filter((name) => name.startsWith("lock."));

describe("a folder that a process has open", () => {
  it("is refused to another, which names folder and process; the first goes on", async () => {
    await using directory = await temporaryDirectory();
    const first = open(directory.path);
    expect(await first.says()).toBe("open");
    const second = await open(directory.path).says();
    expect(second).toMatch(/^OUTBOX_LOCKED Product harbour: /);
    expect(second).toContain(`folder ${directory.path} is used by another process (pid ${first.pid})`);
    first.tell();
    expect(await first.says()).toBe("told");
    await first.end("orderly");
  });

  it.each(["orderly", "SIGKILL"] as const)("is another's at once after its end (%s)", async (how) => {
    await using directory = await temporaryDirectory();
    const first = open(directory.path);
    expect(await first.says()).toBe("open");
    await first.end(how);
    expect(await locksIn(directory.path)).toHaveLength(how === "orderly" ? 0 : 1);
    const second = open(directory.path);
    expect(await second.says()).toBe("open");
    expect(await locksIn(directory.path)).toHaveLength(1);
    expect(await open(directory.path).says()).toContain(`(pid ${second.pid})`);
    await second.end("orderly");
    expect(await locksIn(directory.path)).toEqual([]);
  });

  it.each([
    ["nobody", false],
    ["a process that was killed", true],
  ])(
    "is got by one of several that open it at once after %s",
    async (_, isStale) => {
      await using directory = await temporaryDirectory();
      if (isStale) {
        const dead = open(directory.path);
        await dead.says();
        await dead.end("SIGKILL");
      }
      const said = await Promise.all(Array.from({ length: 5 }, () => open(directory.path).says()));
      expect(said.filter((line) => line === "open")).toHaveLength(1);
      expect(said.filter((line) => line.startsWith("OUTBOX_LOCKED"))).toHaveLength(4);
    },
    40_000,
  );
});

describe("a lock", () => {
  const options = (directory: string) => ({ product: "harbour", directory, beatMs: 20, silenceMs: 400 });
  const written = async (directory: string, holder: object | string) => {
    const path = join(directory, "lock.7");
    await writeFile(path, typeof holder === "string" ? holder : JSON.stringify(holder));
    return path;
  };

  it("keeps the same process from opening the folder twice", async () => {
    await using directory = await temporaryDirectory();
    await using _ = await lockFolder(options(directory.path));
    await expect(lockFolder(options(directory.path))).rejects.toMatchObject({
      code: "OUTBOX_LOCKED",
      extensions: { directory: directory.path, pid: process.pid },
    });
  });

  it("of a process whose number another one has now is taken over", async () => {
    await using directory = await temporaryDirectory();
    const first = await lockFolder(options(directory.path));
    const [name = ""] = await locksIn(directory.path);
    const holder = JSON.parse(await readFile(join(directory.path, name), "utf8"));
    await first[Symbol.asyncDispose]();
    await written(directory.path, { ...holder, startedAt: "1" });
    await using _ = await lockFolder(options(directory.path));
    expect(await locksIn(directory.path)).toEqual(["lock.8"]);
  });

  const elsewhere = { pid: 1, startedAt: "5", machine: "another" };
  it.each([
    ["of another machine", elsewhere],
    ["that is not written to its end", '{"pid"'],
  ])("%s is respected while it gives signs of life, and taken over when there are none", async (_, holder) => {
    await using directory = await temporaryDirectory();
    const path = await written(directory.path, holder);
    let beats = 0;
    const beating = setInterval(() => void utimes(path, new Date(), ++beats + 1e6).catch(() => {}), 50);
    await expect(lockFolder(options(directory.path))).rejects.toMatchObject({ code: "OUTBOX_LOCKED" });
    clearInterval(beating);
    const askedMs = performance.now();
    await using _lock = await lockFolder(options(directory.path));
    expect(performance.now() - askedMs).toBeGreaterThan(390);
    expect(await locksIn(directory.path)).toEqual(["lock.8"]);
  });

  it("gives signs of life", async () => {
    await using directory = await temporaryDirectory();
    await using _ = await lockFolder(options(directory.path));
    const changed = async () => (await stat(join(directory.path, "lock.1"))).mtimeMs;
    const before = await changed();
    await expect.poll(changed).toBeGreaterThan(before);
  });
});
