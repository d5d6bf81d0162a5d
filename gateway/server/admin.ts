// `GET /admin/cache`: what is remembered, in numbers. On the admin listener alone, never on the public one.
import type { FastifyInstance } from "fastify";
import type { Config } from "../config.ts";
import type { JoinCache } from "../remember/join-cache.ts";
import type { CacheReport } from "../remember/report-cache.ts";
import { administering } from "./admin-faults.ts";

/** Edges in a report where nobody says how many. */
const usualLimit = 100;

/** Answers `?limit=` of the hottest edges. @param cache - undefined = nothing is remembered */
export function mountAdmin(
  app: FastifyInstance,
  { cache }: { readonly cache: Pick<JoinCache, "report"> | undefined },
  { edgesMax }: Pick<Config["admin"], "edgesMax">,
): void {
  app.get("/admin/cache", async ({ query }, reply): Promise<CacheReport | { readonly enabled: false }> => {
    reply.header("cache-control", "no-store").header("x-content-type-options", "nosniff");
    const { limit } = query as { readonly limit?: unknown };
    const wanted = limit === undefined ? Math.min(usualLimit, edgesMax) : readLimit(String(limit), edgesMax);
    return cache ? cache.report(wanted) : { enabled: false };
  });
}

/** @throws administering.ADMIN_LIMIT */
function readLimit(limit: string, edgesMax: number): number {
  const wanted = /^\d{1,9}$/.test(limit) ? Number(limit) : 0;
  if (wanted < 1 || wanted > edgesMax) throw administering.ADMIN_LIMIT({ limit, edgesMax });
  return wanted;
}
