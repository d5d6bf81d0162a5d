// A mesh that never changes: one supergraph from a file, whose SDL names the subgraphs and their addresses.
import { readFile } from "node:fs/promises";
import { Fault } from "../../schema/product/fault.ts";
import { federating } from "./federation-faults.ts";
import type { FollowedMesh } from "./follow-mesh.ts";
import type { Supergraph } from "./supergraph.ts";

/** @throws federating.SUPERGRAPH_REFUSED, FEATURES_NOT_ENFORCED */
export async function fixedMesh(
  { open }: { readonly open: (supergraphSdl: string) => Promise<Supergraph> },
  file: string,
): Promise<FollowedMesh> {
  let supergraph: Supergraph;
  try {
    supergraph = await open(await readFile(file, "utf8"));
  } catch (cause) {
    if (!(cause instanceof Fault)) throw refused(file, (cause as Error).message, cause);
    if (cause.code !== "SUPERGRAPH_REFUSED") throw cause;
    throw refused(file, String(cause.extensions.problem), cause);
  }
  return {
    current: () => supergraph,
    status: () => ({ subgraphs: [], problems: [] }),
    [Symbol.asyncDispose]: async () => {},
  };
}

function refused(file: string, problem: string, cause: unknown): Fault {
  return federating.SUPERGRAPH_REFUSED({ problem: `${file}: ${problem}` }, cause);
}
