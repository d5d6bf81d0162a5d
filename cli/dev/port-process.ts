// Processes of a product's port: each started at a free local port, asked for its SDL, ended when asked.
import { type ChildProcess, fork } from "node:child_process";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import getPort from "get-port";
import { isObject } from "../../schema/product/is-object.ts";

export type PortProcess = AsyncDisposable & {
  readonly port: number;
  readonly sdl: string;
  /** Resolves when it has ended, whoever ended it. */
  readonly ended: Promise<void>;
};

export type Started =
  | { readonly kind: "serving"; readonly process: PortProcess }
  /** `place` = `file:line:column` of the first place in the folder that the failure names. */
  | { readonly kind: "failed"; readonly problem: string; readonly place?: string };

/** A port that takes longer to answer is given up. */
const startMaxMs = 60_000;
const askEveryMs = 20;
const drainMaxMs = 5_000;
const linesMax = 200;

export type PortStarter = AsyncDisposable & {
  /** Has a process wait loaded for the next start. */
  readonly prepare: () => void;
  /** Starts a process of what the folder holds now. Aborting gives it up. */
  readonly start: (options: { readonly signal: AbortSignal }) => Promise<Started>;
};

type PortPlace = { readonly run: string; readonly folder: string; readonly print: (line: string) => void };

/** `print` gets what ports say, line by line. */
export function openPortStarter(place: PortPlace): PortStarter {
  let spare: Promise<Spare> | undefined;
  return {
    prepare: () => {
      spare ??= forkSpare(place);
    },
    start: async ({ signal }) => {
      const ready = await spare;
      spare = undefined;
      const taken = ready && isAlive(ready) ? ready : await forkSpare(place);
      taken.child.send(place.run, () => {}); // one that died is noticed by its end
      const { port, ended, said } = taken;
      const end = () => endChild(taken);
      const sdl = await firstSdl(`http://127.0.0.1:${port}/graphql`, ended, signal);
      if (sdl !== undefined)
        return { kind: "serving", process: { port, sdl, ended, [Symbol.asyncDispose]: end } };
      await end();
      return { kind: "failed", ...failureOf(said, place.folder) };
    },
    [Symbol.asyncDispose]: async () => {
      if (spare) await endChild(await spare);
    },
  };
}

type Spare = {
  readonly child: ChildProcess;
  readonly port: number;
  readonly ended: Promise<void>;
  /** What it wrote to standard error. */
  readonly said: readonly string[];
};

function isAlive({ child }: Spare): boolean {
  return child.exitCode === null && child.signalCode === null;
}

async function forkSpare({ run, print }: PortPlace): Promise<Spare> {
  const port = await getPort({ host: "127.0.0.1" });
  const child = fork(spareModule, [], {
    cwd: dirname(run),
    env: { ...process.env, HOST: "127.0.0.1", PORT: String(port) },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    execArgv: [],
  });
  const said: string[] = [];
  const hear = (line: string) => {
    if (said.push(line) > linesMax) said.shift();
  };
  if (child.stdout) createInterface({ input: child.stdout }).on("line", print);
  if (child.stderr) createInterface({ input: child.stderr }).on("line", hear);
  const ended = new Promise<void>((resolve) => {
    child.once("error", (error) => {
      hear(error.message);
      resolve();
    });
    child.once("close", () => resolve());
  });
  return { child, port, ended, said };
}

const spareModule = fileURLToPath(new URL("./spare-process.js", import.meta.url));

/** Undefined where the process ends or is given up before it answers. */
async function firstSdl(url: string, ended: Promise<void>, signal: AbortSignal): Promise<string | undefined> {
  const giving = new AbortController();
  const over = AbortSignal.any([signal, giving.signal, AbortSignal.timeout(startMaxMs)]);
  void ended.then(() => giving.abort());
  while (!over.aborted) {
    const sdl = await askSdl(url, over);
    if (sdl !== undefined) return sdl;
    await sleep(askEveryMs, undefined, { signal: over }).catch(() => {});
  }
  return undefined;
}

async function askSdl(url: string, signal: AbortSignal): Promise<string | undefined> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: "{ _service { sdl } }" }),
      signal,
    });
    const answer: unknown = await response.json();
    const service = isObject(answer) && isObject(answer.data) ? answer.data._service : undefined;
    return isObject(service) && typeof service.sdl === "string" ? service.sdl : undefined;
  } catch {
    return undefined;
  }
}

async function endChild({ child, ended }: Spare): Promise<void> {
  child.kill("SIGTERM");
  const cut = setTimeout(() => child.kill("SIGKILL"), drainMaxMs);
  await ended;
  clearTimeout(cut);
}

/** Of what Node writes when a process dies of an error: its message, and where it was raised. */
function failureOf(
  lines: readonly string[],
  folder: string,
): { readonly problem: string; readonly place?: string } {
  const problem =
    lines.find((line) => /^(\w+ )?\w*(Error|Fault)\b.*?:/.test(line)) ??
    lines.find((line) => line.trim() !== "");
  const places = lines.flatMap((line) => placeIn(line, folder) ?? []);
  const place = places.find((each) => /:\d+:\d+$/.test(each)) ?? places[0];
  return { problem: problem ?? "it ended without a word", ...(place !== undefined && { place }) };
}

/** A place in the folder, its packages left out. */
function placeIn(line: string, folder: string): string | undefined {
  const [, file, at] = /((?:file:\/\/)?\/[^\s()]+?\.[cm]?js):(\d+(?::\d+)?)/.exec(line) ?? [];
  if (!file || !at) return undefined;
  const path = file.startsWith("file:") ? fileURLToPath(file) : file;
  return path.startsWith(`${folder}/`) && !path.includes("/node_modules/") ? `${path}:${at}` : undefined;
}
