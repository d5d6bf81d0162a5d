// A mesh that never changes: one supergraph from a file, whose SDL names the subgraphs and their addresses.
import { readFile } from "node:fs/promises";
import { federating } from "./federation-faults.ts";
import type { FollowedMesh } from "./follow-mesh.ts";
import type { Supergraph } from "./supergraph.ts";

/** @throws federating.SUPERGRAPH_REFUSED */
export async function fixedMesh(
  { open }: { readonly open: (supergraphSdl: string) => Promise<Supergraph> },
  file: string,
): Promise<FollowedMesh> {
  let supergraph: Supergraph;
  try {
    supergraph = await open(await readFile(file, "utf8"));
  } catch (cause) {
    throw federating.SUPERGRAPH_REFUSED({ problem: `${file}: ${(cause as Error).message}` }, cause);
  }
  return {
    current: () => supergraph,
    status: () => ({ subgraphs: [], problems: [] }),
    [Symbol.asyncDispose]: async () => {},
  };
}
