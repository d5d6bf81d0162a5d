// A supergraph at work: one schema and one planner, unchangeable. Swapping is taking the next one.
import { createHash } from "node:crypto";
import { buildSchema, type GraphQLSchema } from "graphql";
import type { Mesh } from "../../schema/product/mesh.ts";
import { federating } from "./federation-faults.ts";
import { openPlanner, type Planner, type PlannerOptions } from "./planner.ts";

export type Supergraph = AsyncDisposable & {
  /** Hash of the SDL. */
  readonly id: string;
  readonly sdl: string;
  /** What callers see: the composed schema with the relationships of the mesh (`schema/publish/`). */
  readonly publishedSchema: GraphQLSchema;
  /** Empty where a supergraph came without its model. */
  readonly mesh: Mesh;
  /** Address by name. */
  readonly subgraphs: ReadonlyMap<string, string>;
  readonly plan: Planner["plan"];
};

/**
 * Starts the planner of a supergraph and builds its published schema.
 * @param open - left out = the planner has a thread of its own
 * @throws federating.SUPERGRAPH_REFUSED, FEATURES_NOT_ENFORCED
 */
export async function openSupergraph(
  sdl: string,
  options: PlannerOptions,
  mesh?: Mesh,
  open = openPlanner,
): Promise<Supergraph> {
  const planner = await open(sdl, options, mesh);
  const { publishedSdl, subgraphs, plan } = planner;
  const lost = [...subgraphs].find(([, url]) => !URL.canParse(url));
  if (lost) {
    await planner[Symbol.asyncDispose]();
    throw federating.SUPERGRAPH_REFUSED({ problem: `subgraph ${lost[0]} has no address` });
  }
  return {
    id: createHash("sha256").update(sdl).digest("base64url"),
    sdl,
    // Printed from a schema that was checked.
    publishedSchema: buildSchema(publishedSdl, { assumeValid: true, noLocation: true }),
    mesh: mesh ?? { entities: new Map(), collections: new Map() },
    subgraphs,
    plan,
    [Symbol.asyncDispose]: () => planner[Symbol.asyncDispose](),
  };
}
