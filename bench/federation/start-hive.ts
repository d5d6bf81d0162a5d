// Hive Gateway: whether it is there, and how it is started.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import getPort from "get-port";
import { type PinnedProcess, startPinned } from "./pinned-process.ts";

const folder = fileURLToPath(new URL("hive", import.meta.url));
const program = `${folder}/node_modules/@graphql-hive/gateway/dist/bin.js`;

/** Installs what the folder's package.json names, unless it is there. False = it can't be had. */
export function hasHive({ install }: { readonly install: boolean }): boolean {
  if (!existsSync(program) && install)
    try {
      const flags = ["--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts", "--loglevel=error"];
      execFileSync("npm", ["install", ...flags], { cwd: folder, timeout: 180_000, stdio: "ignore" });
    } catch {
      return false;
    }
  return existsSync(program);
}

/**
 * `printed` is where it answers GraphQL. It does not say so in words of its own: it is asked until it answers.
 * @throws Error where it does not within ten seconds
 */
export async function startHive(
  supergraphFile: string,
  flags: readonly string[] = [],
): Promise<PinnedProcess> {
  const port = await getPort();
  const listening = ["--host", "127.0.0.1", "--port", String(port)];
  const started = await startPinned(
    "gateway",
    [process.execPath, program, "supergraph", supergraphFile, ...listening, ...flags],
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
