// What is known of the mesh that a product is to join: from its configuration and registry, or from its gateway.
import { openMesh } from "../product/open-mesh.ts";
import type { KnownMesh } from "./mesh-entity.ts";
import { meshOfGateway } from "./mesh-of-gateway.ts";
import { meshOfSubgraphs } from "./mesh-of-subgraphs.ts";

/** Undefined where neither is given. @throws initializing.INIT_MESH, configuring.*, meshing.*, registering.* */
export async function openKnownMesh(
  { mesh: file, gateway }: { readonly mesh?: string | undefined; readonly gateway?: string | undefined },
  { signal }: { readonly signal: AbortSignal },
): Promise<KnownMesh | undefined> {
  if (gateway !== undefined) return meshOfGateway(gateway, { signal });
  if (file === undefined) return undefined;
  await using mesh = await openMesh({ file, signal });
  const configured = mesh.configured.map(({ name }) => name);
  return meshOfSubgraphs(mesh.subgraphs, configured);
}
