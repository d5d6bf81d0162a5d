// Composes subgraphs into a supergraph. The only importer of @apollo/composition.
import { type CompositionResult, composeServices } from "@apollo/composition";
import { GraphQLError } from "graphql";
import type { Fault } from "../product/fault.ts";
import type { Mesh } from "../product/mesh.ts";
import { attempts } from "./attempts.ts";
import { type Complaint, complaintOfError, complaintOfHint } from "./complaint.ts";
import { composing } from "./composing-faults.ts";
import { parseOnce } from "./parse-sdl.ts";
import { readMesh, type SubgraphSdl } from "./read-mesh.ts";

export type ComposedSubgraph = SubgraphSdl & { readonly url: string };

export type Composition =
  | {
      readonly kind: "composed";
      readonly supergraphSdl: string;
      readonly mesh: Mesh;
      /** What federation left out, changed or chose without being asked. */
      readonly complaints: readonly Complaint[];
    }
  | {
      readonly kind: "refused";
      readonly problems: readonly Fault[];
      /** What federation refused; where it refused nothing, as above. */
      readonly complaints: readonly Complaint[];
    };

/**
 * Composition with the checks of the mesh: refused with all problems at once, federation's first.
 * Takes seconds of processor time for large meshes: keep it off a thread that answers.
 * @param parse - of those who look at the same SDLs themselves, so that each is parsed once
 */
export function compose(subgraphs: readonly ComposedSubgraph[], parse = parseOnce()): Composition {
  const { attempt, problems: unreadable } = attempts();
  const services = subgraphs.flatMap(
    ({ name, url, sdl }) => attempt(() => ({ name, url, typeDefs: parse(name, sdl) })) ?? [],
  );
  if (unreadable.length > 0) return { kind: "refused", problems: unreadable, complaints: [] };
  const { supergraphSdl, errors, hints } = composeWhatever(services);
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
      complaints: (errors ?? []).map(complaintOfError),
    };
  const { mesh, problems } = readMesh(subgraphs, supergraphSdl, parse);
  const complaints = hints.map(complaintOfHint);
  return problems.length > 0
    ? { kind: "refused", problems, complaints }
    : { kind: "composed", supergraphSdl, mesh, complaints };
}

type Services = Parameters<typeof composeServices>[0];

/** Some schemas that are wrong make composition throw, such as a `@link` without a URL: that is a refusal, too. */
function composeWhatever(services: Services): CompositionResult {
  try {
    return composeServices(services);
  } catch (cause) {
    const { message } = cause as Error;
    const error = new GraphQLError(`Composition cannot read the schemas: ${message}`, {
      extensions: { code: "COMPOSITION_STOPPED" },
      originalError: cause as Error,
    });
    return { errors: [error] };
  }
}
