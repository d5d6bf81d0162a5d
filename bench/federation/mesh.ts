// The mesh that is measured on: the subgraphs in a process of their own, and the supergraph of their SDLs in a file.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { compose } from "../../schema/compose/compose.ts";
import { startPinned } from "./pinned-process.ts";
import { type SubgraphName, sdls, subgraphNames } from "./sdls.ts";
import type { Counts, SubgraphsReady } from "./subgraphs.ts";

export type Mesh = AsyncDisposable & {
  readonly supergraphFile: string;
  readonly urls: Readonly<Record<SubgraphName, string>>;
  /** What all subgraphs together were asked since the last look. */
  readonly takeCounts: () => Promise<Counts>;
};

export async function openMesh(): Promise<Mesh> {
  const program = [
    process.execPath,
    "--import",
    "tsx",
    fileURLToPath(new URL("subgraphs.ts", import.meta.url)),
  ];
  const subgraphs = await startPinned("rest", program, { pattern: /^(\{.*\})$/m });
  const { urls, countsUrl }: SubgraphsReady = JSON.parse(subgraphs.printed);
  const directory = await mkdtemp(join(tmpdir(), "weft-bench-"));
  const supergraphFile = join(directory, "supergraph.graphql");
  await writeFile(supergraphFile, composed(urls));
  return {
    supergraphFile,
    urls,
    takeCounts: async () => {
      const each: readonly Counts[] = Object.values((await (await fetch(countsUrl)).json()) as object);
      return each.reduce((all, { calls, bytesIn, bytesOut }) => ({
        calls: all.calls + calls,
        bytesIn: all.bytesIn + bytesIn,
        bytesOut: all.bytesOut + bytesOut,
      }));
    },
    [Symbol.asyncDispose]: async () => {
      await subgraphs[Symbol.asyncDispose]();
      await rm(directory, { recursive: true });
    },
  };
}

function composed(urls: Mesh["urls"]): string {
  const composition = compose(subgraphNames.map((name) => ({ name, url: urls[name], sdl: sdls[name] })));
  if (composition.kind === "refused")
    throw new Error(`the mesh does not compose: ${composition.problems.join("; ")}`);
  return composition.supergraphSdl;
}
