// The meshes that are measured on: each data product a process of its own, on both cores like all others.
import { fileURLToPath } from "node:url";
import { type PinnedProcess, startPinned } from "../federation/pinned-process.ts";
import { type Scale, tradeDomains } from "./trade-tables.ts";

export type Mesh = AsyncDisposable & {
  /** Address by name. */
  readonly subgraphs: Readonly<Record<string, string>>;
};

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const listening = /listening at (http:\/\/[\w.:]+\/graphql)/;

export async function startTrade(scale: Scale): Promise<Mesh> {
  const flags = ["--import", "tsx", "--conditions=weft-source"];
  return started(
    tradeDomains.map((domain) => [domain, [...flags, here("port-process.ts"), domain, String(scale)]]),
  );
}

/** The demo mesh, compiled, as `weft up` runs it. */
export async function startAviation(): Promise<Mesh> {
  const names = ["flights", "airports", "places", "safety"];
  return started(names.map((name) => [name, [here(`../../dist/subgraphs/${name}/main.js`)]]));
}

async function started(programs: readonly (readonly [string, readonly string[]])[]): Promise<Mesh> {
  const processes: PinnedProcess[] = [];
  const end = async () => {
    await Promise.all(processes.map((each) => each[Symbol.asyncDispose]()));
  };
  const subgraphs: Record<string, string> = {};
  try {
    for (const [name, program] of programs) {
      const process_ = await startPinned("both", [process.execPath, ...program], {
        pattern: listening,
        env: { PORT: "0", NODE_ENV: "production" },
        waitMs: 120_000,
      });
      processes.push(process_);
      subgraphs[name] = process_.printed;
    }
  } catch (failure) {
    await end();
    throw failure;
  }
  return { subgraphs, [Symbol.asyncDispose]: end };
}
