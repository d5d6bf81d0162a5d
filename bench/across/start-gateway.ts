// Gateways on a mesh: as it is shipped, or one that plans with chosen rules.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { startPinned } from "../federation/pinned-process.ts";
import type { ChosenRules } from "./chosen-rules.ts";
import type { Mesh } from "./start-mesh.ts";

export type Gateway = AsyncDisposable & { readonly url: string; readonly pid: number };

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** `rules` left out = `weft serve`, compiled; `deadlineMs` = as it is configured by default. */
export async function startGateway(
  { subgraphs }: Pick<Mesh, "subgraphs">,
  { rules, deadlineMs }: { readonly rules?: ChosenRules; readonly deadlineMs?: number } = {},
): Promise<Gateway> {
  const directory = await mkdtemp(join(tmpdir(), "weft-bench-"));
  const file = join(directory, "mesh.yaml");
  const mesh = {
    subgraphs: Object.entries(subgraphs).map(([name, url]) => ({ name, url })),
    server: { port: 0, deadlineMs },
    schema: { stateDirectory: join(directory, "state") },
    console: { enabled: false },
    admin: { enabled: false },
  };
  await writeFile(file, JSON.stringify(mesh));
  const program =
    rules === undefined
      ? [here("../../dist/cli/main.js"), "serve", "--config", file]
      : ["--import", "tsx", "--conditions=weft-source", here("gateway-process.ts"), file, rules];
  const gateway = await startPinned("both", [process.execPath, ...program], {
    pattern: /listening at (http:\/\/[\w.:]+)\/graphql/,
    env: { NODE_ENV: "production" },
  });
  const end = async () => {
    await gateway[Symbol.asyncDispose]();
    await rm(directory, { recursive: true });
  };
  try {
    await live(gateway.printed);
  } catch (failure) {
    await end();
    throw failure;
  }
  return { url: `${gateway.printed}/graphql`, pid: gateway.pid, [Symbol.asyncDispose]: end };
}

async function live(origin: string): Promise<void> {
  for (let turn = 0; turn < 300; turn++) {
    const { ready, subgraphs } = (await (await fetch(`${origin}/readyz`)).json()) as {
      readonly ready: boolean;
      readonly subgraphs: readonly { readonly status: string }[];
    };
    if (ready && subgraphs.every(({ status }) => status === "live")) return;
    await sleep(100);
  }
  throw new Error("The mesh did not become live.");
}
