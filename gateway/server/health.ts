// `/healthz`: the process lives. `/readyz`: it can answer, and how each subgraph of each variant is.
import type { FastifyInstance } from "fastify";
import type { FollowedMesh } from "../federation/follow-mesh.ts";
import type { MeshStatus } from "../federation/mesh-status.ts";

/** A variant of the mesh; one without a name is the only one. */
export type VariantHealth = {
  readonly name?: string | undefined;
  readonly mesh: () => FollowedMesh | undefined;
};

/** The gateway is ready when the first variant is; the others are shown with it, each with a `ready` of its own. */
export function mountHealth(
  app: FastifyInstance,
  [first, ...others]: readonly [VariantHealth, ...VariantHealth[]],
  draining: () => boolean,
): void {
  app.get("/healthz", async () => ({ healthy: true }));
  app.get("/readyz", async (_, reply) => {
    const shown = healthOf(first);
    const ready = shown.ready && !draining();
    reply.code(ready ? 200 : 503).header("cache-control", "no-store");
    return { ...shown, ready, ...(others.length > 0 && { variants: others.map(healthOf) }) };
  });
}

function healthOf({ name, mesh }: VariantHealth): { readonly ready: boolean } & MeshStatus {
  return {
    ...(name !== undefined && { variant: name }),
    ready: mesh()?.current() !== undefined,
    ...(mesh()?.status() ?? { subgraphs: [], problems: [] }),
  };
}
