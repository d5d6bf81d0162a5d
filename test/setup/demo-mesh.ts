// Brings the demo mesh up once for all tests of the whole mesh, as `npm start` does, and tells them where it is.
import type { TestProject } from "vitest/node";
import { buildConsole } from "./build-console.ts";
import { temporaryDirectory } from "./temporary-directory.ts";
import { weftProcess } from "./weft-process.ts";
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
  buildConsole();
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
