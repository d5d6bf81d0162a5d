// Composes subgraphs into a supergraph. The only importer of @apollo/composition.
import { composeServices } from "@apollo/composition";
import { parse } from "graphql";
import type { Fault } from "../product/fault.ts";
import { composing } from "./composing-faults.ts";
import { readMesh, type SubgraphSdl } from "./read-mesh.ts";

export type ComposedSubgraph = SubgraphSdl & { readonly url: string };

export type Composition =
  | { readonly kind: "composed"; readonly supergraphSdl: string }
  | { readonly kind: "refused"; readonly problems: readonly Fault[] };

/**
 * Composition with the checks of the mesh: refused with all problems at once, federation's first.
 * Takes seconds of processor time for large meshes: keep it off a thread that answers.
 */
export function compose(subgraphs: readonly ComposedSubgraph[]): Composition {
  const services = [];
  for (const { name, url, sdl } of subgraphs)
    try {
      services.push({ name, url, typeDefs: parse(sdl) });
    } catch (cause) {
      return {
        kind: "refused",
        problems: [composing.SDL_INVALID({ subgraph: name, problem: String(cause) })],
      };
    }
  const { supergraphSdl, errors } = composeServices(services);
  if (supergraphSdl === undefined)
    return {
      kind: "refused",
      problems: (errors ?? []).map((error) =>
        composing.COMPOSITION_FAILED(
          { problem: error.message, federationCode: String(error.extensions.code ?? "UNKNOWN") },
          error,
        ),
      ),
    };
  const { problems } = readMesh(subgraphs, supergraphSdl);
  return problems.length > 0 ? { kind: "refused", problems } : { kind: "composed", supergraphSdl };
}
