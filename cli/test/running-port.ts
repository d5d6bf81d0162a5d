// The port of a product folder: the one that answers at its URL, or one started for the time of the test.
import { type ChildProcess, fork } from "node:child_process";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import getPort from "get-port";
import { readDeclared } from "../../schema/contract/declared-product.ts";
import { askGraphql, Unanswered } from "../ask-graphql.ts";
import { reasonOf } from "../reason-of.ts";
import { testing } from "./testing-faults.ts";

export type RunningPort = AsyncDisposable & {
  readonly url: string;
  /** Was it started for this? Disposing ends it. */
  readonly started: boolean;
};

export type PortOfFolder = {
  readonly name: string;
  readonly url: string;
  readonly run?: string;
  readonly productId?: string;
};

type Options = {
  readonly signal: AbortSignal;
  readonly startingMaxMs?: number;
  /** Told what is begun, for who waits. */
  readonly begins?: (step: string) => void;
};

const lookingMs = 3_000;
const endingMaxMs = 10_000;
/** Its last words, for the message. */
const linesMax = 20;

/** @throws testing.PORT_UNREACHABLE, testing.PORT_FAILED, testing.PORT_FOREIGN */
export async function openPort(
  folder: PortOfFolder,
  { signal, startingMaxMs = 60_000, begins }: Options,
): Promise<RunningPort> {
  const { url, run } = folder;
  try {
    await checkIsOurs(folder, await sdlAt(url, signal));
    return { url, started: false, [Symbol.asyncDispose]: async () => {} };
  } catch (failure) {
    if (!(failure instanceof Silent)) throw failure;
    if (run === undefined) throw testing.PORT_UNREACHABLE({ url, problem: failure.message }, failure);
  }
  begins?.(`Starting ${run}`);
  return start(folder, run, signal, startingMaxMs);
}

/** Nothing, or no port, answers. */
class Silent extends Error {}

async function sdlAt(url: string, signal: AbortSignal): Promise<string> {
  try {
    const { _service: service } = await askGraphql({ url, timeoutMs: lookingMs, signal })(
      "{ _service { sdl } }",
    );
    const { sdl } = service as { readonly sdl?: unknown };
    if (typeof sdl === "string") return sdl;
    throw new Error("it answers no SDL");
  } catch (failure) {
    signal.throwIfAborted();
    throw new Silent(failure instanceof Unanswered ? failure.problem : reasonOf(failure));
  }
}

async function checkIsOurs({ name, url, productId }: PortOfFolder, sdl: string): Promise<void> {
  const found = readDeclared({ name, sdl })?.id;
  if (productId === undefined || found === productId) return;
  throw testing.PORT_FOREIGN({ url, found: found ?? "no data product", product: productId });
}

async function start(
  folder: PortOfFolder,
  run: string,
  signal: AbortSignal,
  startingMaxMs: number,
): Promise<RunningPort> {
  const address = new URL(folder.url);
  address.hostname = "127.0.0.1";
  address.port = String(await getPort({ host: "127.0.0.1" }));
  const url = address.href;
  const said: string[] = [];
  // By the channel it notices when this process is gone.
  const child = fork(run, [], {
    env: { ...process.env, HOST: address.hostname, PORT: address.port },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  for (const stream of [child.stdout, child.stderr])
    if (stream)
      createInterface({ input: stream }).on("line", (line) => {
        said.push(line.slice(0, 500));
        if (said.length > linesMax) said.shift();
      });
  const ended = new Promise<string>((resolve) => {
    child.once("error", ({ message }) => resolve(message));
    child.once("exit", (code, how) => resolve(`it ended (${how ?? `exit status ${code}`})`));
  });
  const end = () => endChild(child, ended);
  const late = AbortSignal.any([signal, AbortSignal.timeout(startingMaxMs)]);
  try {
    for (;;) {
      const first = await Promise.race([ended, sdlAt(url, late).catch(() => undefined)]);
      if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined)
        throw testing.PORT_FAILED({ run, problem: await ended, said: [...said] });
      if (first !== undefined) break;
      signal.throwIfAborted();
      if (late.aborted)
        throw testing.PORT_FAILED({
          run,
          problem: `it did not answer in ${startingMaxMs} ms`,
          said: [...said],
        });
      await sleep(100);
    }
  } catch (failure) {
    await end();
    throw failure;
  }
  return { url, started: true, [Symbol.asyncDispose]: end };
}

/** Asked first, then by force. */
async function endChild(child: ChildProcess, ended: Promise<string>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  child.kill("SIGTERM");
  const cut = setTimeout(() => child.kill("SIGKILL"), endingMaxMs);
  await ended;
  clearTimeout(cut);
}
