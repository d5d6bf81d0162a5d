// Composes subgraphs into a supergraph. The only importer of @apollo/composition.
import { composeServices } from "@apollo/composition";
import type { Fault } from "../product/fault.ts";
import type { Mesh } from "../product/mesh.ts";
import { attempts } from "./attempts.ts";
import { composing } from "./composing-faults.ts";
import { parseSdl } from "./parse-sdl.ts";
import { readMesh, type SubgraphSdl } from "./read-mesh.ts";

export type ComposedSubgraph = SubgraphSdl & { readonly url: string };

export type Composition =
  | { readonly kind: "composed"; readonly supergraphSdl: string; readonly mesh: Mesh }
  | { readonly kind: "refused"; readonly problems: readonly Fault[] };

/**
 * Composition with the checks of the mesh: refused with all problems at once, federation's first.
 * Takes seconds of processor time for large meshes: keep it off a thread that answers.
 */
export function compose(subgraphs: readonly ComposedSubgraph[]): Composition {
  const { attempt, problems: unreadable } = attempts();
  const services = subgraphs.flatMap(
    ({ name, url, sdl }) => attempt(() => ({ name, url, typeDefs: parseSdl(name, sdl) })) ?? [],
  );
  if (unreadable.length > 0) return { kind: "refused", problems: unreadable };
  const { supergraphSdl, errors } = composeServices(services);
  if (supergraphSdl === undefined)
    return {
      kind: "refused",
      problems: (errors ?? []).map((error) =>
        composing.COMPOSITION_FAILED(
          {
            problem: error.message.replace(/\.$/, ""),
            federationCode: String(error.extensions.code ?? "UNKNOWN"),
          },
          error,
        ),
      ),
    };
  const { mesh, problems } = readMesh(subgraphs, supergraphSdl);
  return problems.length > 0 ? { kind: "refused", problems } : { kind: "composed", supergraphSdl, mesh };
}
