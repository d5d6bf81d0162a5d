// Brings the demo mesh up once for all tests of the whole mesh, as `npm start` does, and tells them where it is.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { temporaryDirectory } from "./temporary-directory.ts";
import { root, weftProcess } from "./weft-process.ts";
import { writeMeshConfig } from "./write-mesh-config.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** `http://127.0.0.1:4000`, without a path. */
    readonly meshUrl: string;
    /** Where each product answers GraphQL, by name. */
    readonly productUrls: Readonly<Record<string, string>>;
  }
}

/** Vitest's hook: what it returns ends the mesh. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (!existsSync(join(root, "dist/console/index.html"))) buildConsole();
  const directory = await temporaryDirectory();
  const mesh = weftProcess(["up", "--config", await writeMeshConfig(directory.path)], {
    env: { WEFT_PORT: "0" },
  });
  const end = async () => {
    await mesh[Symbol.asyncDispose]();
    await directory[Symbol.asyncDispose]();
  };
  try {
    const [, url] = await mesh.said(/^Weft is ready at (\S+)$/, 60_000);
    project.provide("meshUrl", url as string);
    project.provide("productUrls", productUrls(mesh.output));
  } catch (failure) {
    await end();
    throw failure;
  }
  return end;
}

/** By the lines in which the products say where they listen. */
function productUrls(output: readonly string[]): Record<string, string> {
  const pairs = output.flatMap((line) => {
    const [, name, url] = line.match(/^(\w+) +\| listening at (\S+)$/) ?? [];
    return name && url && name !== "gateway" ? [[name, url] as const] : [];
  });
  return Object.fromEntries(pairs);
}

function buildConsole(): void {
  console.log("Building the console, which is not in dist/ yet.");
  const vite = join(root, "node_modules/vite/bin/vite.js");
  execFileSync(process.execPath, [vite, "build", "console", "--logLevel", "warn"], {
    cwd: root,
    stdio: "inherit",
  });
}
