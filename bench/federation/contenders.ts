// Who is measured, and how each is started.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type PinnedProcess, startPinned } from "./pinned-process.ts";
import { startHive } from "./start-hive.ts";

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

/** As the gateway is shipped: compiled. @throws Error where it does not compile */
export function buildWeft(): void {
  execFileSync("npm", ["run", "--silent", "build:server"], { cwd: here("../.."), stdio: "inherit" });
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
