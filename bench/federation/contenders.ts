// Who is measured, and how each is started.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import getPort from "get-port";
import { type PinnedProcess, startPinned } from "./pinned-process.ts";

export type ContenderName = "floor" | "weft" | "stock" | "tuned" | "hive";

export type Contender = AsyncDisposable & {
  readonly name: ContenderName;
  readonly pid: number;
  readonly url: string;
};

export type Mesh = {
  readonly supergraphFile: string;
  readonly urls: Readonly<Record<string, string>>;
};

export const contenderTitles: Readonly<Record<ContenderName, string>> = {
  floor: "floor (by hand)",
  weft: "weft",
  stock: "Apollo Gateway, stock",
  tuned: "Apollo Gateway, tuned",
  hive: "Hive Gateway",
};

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const listening = /listening at (http:\/\/[\w.:]+\/[\w]*)/;
const hiveProgram = here("hive/node_modules/@graphql-hive/gateway/dist/bin.js");

/** As the gateway is shipped: compiled. @throws Error where it does not compile */
export function buildWeft(): void {
  execFileSync("npm", ["run", "--silent", "build:server"], { cwd: here("../.."), stdio: "inherit" });
}

/** Installs what this folder's package.json names, unless it is there. False = it can't be had. */
export function hasHive({ install }: { readonly install: boolean }): boolean {
  if (!existsSync(hiveProgram) && install)
    try {
      const flags = ["--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts", "--loglevel=error"];
      execFileSync("npm", ["install", ...flags], { cwd: here("hive"), timeout: 180_000, stdio: "ignore" });
    } catch {
      return false;
    }
  return existsSync(hiveProgram);
}

export async function startContender(name: ContenderName, mesh: Mesh): Promise<Contender> {
  const started = await start(name, mesh);
  const { pid, printed } = started;
  return { name, pid, url: printed, [Symbol.asyncDispose]: () => started[Symbol.asyncDispose]() };
}

function start(name: ContenderName, { supergraphFile, urls }: Mesh): Promise<PinnedProcess> {
  const env = { WEFT_BENCH_SUBGRAPHS: JSON.stringify(urls), NODE_ENV: "production" };
  const script = (file: string) =>
    startPinned(
      "gateway",
      [process.execPath, "--import", "tsx", here(`contenders/${file}.ts`), supergraphFile],
      { pattern: listening, env },
    );
  switch (name) {
    case "floor":
      return script("floor");
    case "stock":
      return script("apollo-stock");
    case "tuned":
      return script("apollo-tuned");
    case "weft":
      return startPinned(
        "gateway",
        [
          process.execPath,
          here("../../dist/cli/main.js"),
          "serve",
          "--supergraph",
          supergraphFile,
          "--port",
          "0",
        ],
        { pattern: listening, env: { NODE_ENV: "production" } },
      );
    case "hive":
      return startHive(supergraphFile);
  }
}

/** It does not say where it listens in words of its own: it is asked until it answers. */
async function startHive(supergraphFile: string): Promise<PinnedProcess> {
  const port = await getPort();
  const started = await startPinned(
    "gateway",
    [
      process.execPath,
      hiveProgram,
      "supergraph",
      supergraphFile,
      "--host",
      "127.0.0.1",
      "--port",
      String(port),
    ],
    { pattern: /(Listening|listening|Starting|Serving)/, env: { NODE_ENV: "production", POLLING: "1h" } },
  );
  const url = `http://127.0.0.1:${port}/graphql`;
  for (let attempt = 0; attempt < 100; attempt++) {
    if (await answers(url)) return { ...started, printed: url };
    await new Promise((next) => setTimeout(next, 100));
  }
  await started[Symbol.asyncDispose]();
  throw new Error("Hive Gateway does not answer");
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: "{ __typename }" }),
    });
    return response.ok;
  } catch {
    return false;
  }
}
