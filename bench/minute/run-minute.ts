// A newcomer's minute, with the commands that a person would type: from a table to an answer that joins it to another domain.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { root } from "../../test/setup/weft-process.ts";

export type Minute = {
  readonly steps: readonly { readonly command: string; readonly tookMs: number }[];
  /** Time that the tools took; none is for reading or typing. */
  readonly tookMs: number;
  /** `data` of the question's answer. */
  readonly answer: unknown;
};

export type MinuteOptions = {
  /** An empty folder, where the commands are typed. */
  readonly folder: string;
  readonly name: string;
  /** As `--from` takes it. */
  readonly from: string;
  readonly mesh: string;
  /** The gateway's GraphQL. */
  readonly url: string;
  readonly query: string;
};

const weft = [process.execPath, join(root, "dist", "cli", "main.js")];
const answeredWithinMs = 30_000;

/** init, test, start, publish, ask. Rejects with what a command said where it failed. */
export async function runMinute({ folder, name, from, mesh, url, query }: MinuteOptions): Promise<Minute> {
  const steps: { command: string; tookMs: number }[] = [];
  const timed = async <T>(command: string, work: () => Promise<T>): Promise<T> => {
    const startedMs = performance.now();
    const result = await work();
    steps.push({ command, tookMs: Math.round(performance.now() - startedMs) });
    return result;
  };
  const product = join(folder, name);
  const who = ["--owner", "Newcomers", "--contact", "newcomers@weft.example"];
  await timed("weft init", () =>
    run([...weft, "init", name, "--from", from, "--mesh", mesh, "--yes", ...who], folder),
  );
  await timed("npm test", () => run(["npm", "test"], product));
  await using _port = await timed("npm start", () => startPort(product));
  await timed("weft publish", () => run([...weft, "publish", name], folder));
  const answer = await timed("the first answer", () => askUntilAnswered(url, query));
  return { steps, tookMs: steps.reduce((sum, { tookMs }) => sum + tookMs, 0), answer };
}

async function run([command = "", ...args]: readonly string[], cwd: string): Promise<string> {
  const child = spawn(command, args, { cwd, stdio: ["ignore", "pipe", "pipe"], env: typed() });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part: Buffer) => said.push(part));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  const text = Buffer.concat(said).toString();
  if (code !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${code}:\n${text}`);
  return text;
}

/** Resolves when it says that it listens. */
async function startPort(cwd: string): Promise<AsyncDisposable> {
  const child = spawn(process.execPath, ["serve.js"], {
    cwd,
    stdio: ["ignore", "pipe", "inherit"],
    env: typed(),
  });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const end = async () => {
    child.kill("SIGTERM");
    await ended;
  };
  try {
    await new Promise<void>((resolve, reject) => {
      void ended.then(() => reject(new Error("the port ended")));
      createInterface({ input: child.stdout }).on("line", (line) => {
        if (line.includes("listening at")) resolve();
      });
    });
  } catch (failure) {
    await end();
    throw failure;
  }
  return { [Symbol.asyncDispose]: end };
}

/** Of a person's terminal: not one that runs within a test runner. */
function typed(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _, NODE_TEST_CONTEXT: __, VITEST: ___, ...others } = process.env;
  return others;
}

async function askUntilAnswered(url: string, query: string): Promise<unknown> {
  const overMs = performance.now() + answeredWithinMs;
  for (;;) {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query }),
    });
    const { data, errors } = (await response.json()) as { data?: unknown; errors?: unknown };
    if (errors === undefined && data !== undefined) return data;
    if (performance.now() > overMs) throw new Error(`no answer: ${JSON.stringify(errors)}`);
    await sleep(50);
  }
}
