// `/healthz`: the process lives. `/readyz`: it can answer, and how each subgraph is.
import type { FastifyInstance } from "fastify";
import type { FollowedMesh } from "../federation/follow-mesh.ts";

export function mountHealth(
  app: FastifyInstance,
  mesh: () => FollowedMesh | undefined,
  draining: () => boolean,
): void {
  app.get("/healthz", async () => ({ healthy: true }));
  app.get("/readyz", async (_, reply) => {
    const ready = mesh()?.current() !== undefined && !draining();
    reply.code(ready ? 200 : 503).header("cache-control", "no-store");
    return { ready, ...(mesh()?.status() ?? { subgraphs: [], problems: [] }) };
  });
}
