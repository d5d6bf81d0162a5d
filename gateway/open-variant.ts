// A variant of the mesh: its supergraph as it is followed, the server that answers it, and who uses what of it.
import { join } from "node:path";
import type { Mesh } from "../schema/product/mesh.ts";
import type { PinnedAddresses } from "../schema/registry/pinned-addresses.ts";
import type { Registry } from "../schema/registry/registry.ts";
import type { Config } from "./config.ts";
import { fixedMesh } from "./federation/fixed-mesh.ts";
import {
  type FollowDependencies,
  type FollowedMesh,
  type FollowOptions,
  followMesh,
  type MeshEvent,
} from "./federation/follow-mesh.ts";
import type { openPlanner } from "./federation/planner.ts";
import { openPublishedProducts } from "./federation/published-products.ts";
import { openSdlMemory } from "./federation/sdl-memory.ts";
import { openSupergraph, type Supergraph } from "./federation/supergraph.ts";
import {
  type GraphqlServer,
  type GraphqlServerDependencies,
  openGraphqlServer,
} from "./server/graphql-server.ts";
import { openUsedOperations } from "./server/used-operations.ts";
import { interruptUse, openUse, type Use } from "./use/open-use.ts";

export type VariantEvent =
  /** Of the variant; left out = of the first or only one. */
  | (MeshEvent & { readonly variant?: string })
  /** Which operations were used could not be written. */
  | { readonly kind: "operations.unkept"; readonly problem: string }
  /** Who uses what, or a quality report, could not be read or written. */
  | { readonly kind: "use.unkept"; readonly problem: string };

/** A mesh of its own, with a route of its own. */
export type Variant = {
  /** Undefined where there is no registry. */
  readonly name: string | undefined;
  readonly path: string;
  readonly graphql: GraphqlServer;
  /** Undefined where it is not recorded. */
  readonly use: Use | undefined;
  readonly mesh: () => FollowedMesh | undefined;
  /** Begins; a fixed supergraph is taken when it resolves. */
  readonly follow: () => Promise<void>;
};

/** What all variants share. */
export type VariantDependencies = Omit<GraphqlServerDependencies, "missing" | "used" | "use"> &
  Pick<FollowDependencies, "loadSdl" | "compose"> &
  Pick<FollowOptions, "pollIntervalMsOf"> & {
    /** Left out = in a thread of its own. */
    readonly openPlanner: typeof openPlanner | undefined;
    readonly observe: (event: VariantEvent) => void;
    readonly published: { readonly registry: Registry; readonly pins: PinnedAddresses } | undefined;
    /** The file of the one supergraph that is served; undefined = the mesh of the configuration is followed. */
    readonly supergraph: string | undefined;
  };

/** The first has the plain route and the state directory itself; it alone may have no name. */
export async function openVariant(
  dependencies: VariantDependencies,
  { name, isFirst }: { readonly name: string | undefined; readonly isFirst: boolean },
  config: Config,
): Promise<Variant> {
  const { observe, published, supergraph, loadSdl, compose, openPlanner, pollIntervalMsOf, ...serving } =
    dependencies;
  const { stateDirectory, sdlBytesMax } = config.schema;
  const variant = name ?? "";
  const directory = isFirst ? stateDirectory : join(stateDirectory, "variants", variant);
  const open = (sdl: string, composed?: Mesh) => openSupergraph(sdl, config.operation, composed, openPlanner);
  let mesh: FollowedMesh | undefined;
  const missing = () =>
    (mesh?.status().subgraphs ?? []).filter(({ status }) => status === "missing").map((each) => each.name);
  const kept = supergraph === undefined ? directory : undefined;
  const used = openUsedOperations(
    { failed: (problem) => observe({ kind: "operations.unkept", problem }) },
    kept,
    config.operation,
  );
  const recording = {
    failed: (problem: string) => observe({ kind: "use.unkept", problem }),
    directory: kept,
  };
  if (!config.use.enabled) await interruptUse(recording);
  const use = config.use.enabled ? await openUse({ ...recording, now: Date.now }, config.use) : undefined;
  const graphql = openGraphqlServer({ ...serving, missing, used, use }, config);
  const followed = (): FollowedMesh => {
    const place = { variant, directory, sdlBytesMax };
    return followMesh(
      {
        ...{ loadSdl, compose, open },
        memory: openSdlMemory(directory),
        ...(published && { published: openPublishedProducts(published, place) }),
        announce: graphql.take,
        observe: (event) => observe(isFirst ? event : { ...event, variant }),
      },
      config.subgraphs,
      { ...config.schema, pollIntervalMsOf },
    );
  };
  return {
    name,
    path: isFirst ? "/graphql" : `/${variant}/graphql`,
    graphql,
    use,
    mesh: () => mesh,
    follow: async () => {
      if (supergraph === undefined) {
        mesh = followed();
        return;
      }
      mesh = await fixedMesh({ open }, supergraph);
      await graphql.take(mesh.current() as Supergraph);
    },
  };
}
