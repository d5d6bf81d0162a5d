// Opens the mesh that a product belongs to: its configuration, its registry, and what all its subgraphs offer.
import { join, resolve } from "node:path";
import { Agent } from "undici";
import type { Config } from "../../gateway/config.ts";
import { openSdlMemory } from "../../gateway/federation/sdl-memory.ts";
import { readConfig } from "../../gateway/read-config.ts";
import type { ComposedSubgraph } from "../../schema/compose/compose.ts";
import { Fault } from "../../schema/product/fault.ts";
import { loadSdl } from "../../schema/registry/load-sdl.ts";
import { openRegistry } from "../../schema/registry/open-registry.ts";
import { registering } from "../../schema/registry/registering-faults.ts";
import type { Placed, ProductVersion, Registry, Revision } from "../../schema/registry/registry.ts";
import { meshing } from "./mesh-faults.ts";
import { variantOf } from "./variant-of.ts";

export type MeshQuestion = {
  readonly file: string;
  /** Left out = the first. */
  readonly variant?: string | undefined;
  readonly signal: AbortSignal;
};

/** A variant of a mesh, as it is at this moment. */
export type OpenedMesh = AsyncDisposable & {
  readonly file: string;
  readonly config: Config;
  /** Undefined where the mesh has no registry. */
  readonly registry: Registry | undefined;
  readonly variant: string;
  /** The newest revision that can be read; undefined where there is none. */
  readonly head: Revision | undefined;
  /** Number of the newest revision, readable or not, which the next one is made after; 0 = there is none. */
  readonly newest: number;
  /** The configured subgraphs. */
  readonly configured: readonly ComposedSubgraph[];
  /** Those of them that are down, so that what they last composed with stands for them. */
  readonly lastKnown: readonly string[];
  /** All of the variant: those that are configured, and those of `head`. */
  readonly subgraphs: readonly ComposedSubgraph[];
  /** The same with other products published. @throws registering.VERSION_BROKEN */
  readonly subgraphsOf: (products: Readonly<Record<string, Placed>>) => Promise<readonly ComposedSubgraph[]>;
  /** The version of the product that the variant has; undefined where it has none, or the product is configured. */
  readonly published: (name: string) => Promise<ProductVersion | undefined>;
};

/** Where the mesh's configuration is: as said, else as the environment says, else as the product's folder says. */
export function meshFileOf(said: string | undefined, folder?: string | undefined): string {
  return resolve(said ?? (process.env.WEFT_MESH || folder || "mesh.yaml"));
}

export type MeshRegistry = Pick<OpenedMesh, "config" | "registry" | "variant">;

/**
 * The registry alone: no subgraph is asked.
 * @throws configuring.CONFIG_UNREADABLE, CONFIG_INVALID, meshing.VARIANT_UNKNOWN
 */
export async function openMeshRegistry({
  file,
  variant: wanted,
}: Omit<MeshQuestion, "signal">): Promise<MeshRegistry> {
  const config = await readConfig(file);
  const { name: variant } = variantOf(config, wanted);
  return { config, variant, registry: config.registry && (await openRegistry(config.registry)) };
}

/**
 * Asks each configured subgraph for its SDL; for one that is down, the SDL that a gateway kept stands in.
 * @throws configuring.CONFIG_UNREADABLE, CONFIG_INVALID, meshing.*, registering.*
 */
export async function openMesh({ file, variant: wanted, signal }: MeshQuestion): Promise<OpenedMesh> {
  const { config, variant, registry } = await openMeshRegistry({ file, variant: wanted });
  try {
    const newest = (await registry?.newest(variant, { signal })) ?? 0;
    const [[head] = [], { configured, lastKnown }] = await Promise.all([
      registry?.history(variant, { limit: 1, signal }),
      loadConfigured(config, stateOf(config, variant), signal),
    ]);
    const versionOf = async (name: string, version: string): Promise<ProductVersion> => {
      const read = await registry?.version(name, version, { signal });
      if (!read) throw registering.VERSION_BROKEN({ name, version, problem: "it is not there" });
      return read;
    };
    const isConfigured = (name: string) => configured.some((each) => each.name === name);
    const subgraphsOf = async (products: Readonly<Record<string, Placed>>) => {
      const published = Object.entries(products).filter(([name]) => !isConfigured(name));
      const read = await Promise.all(
        published.map(async ([name, { version, url }]) => ({
          name,
          url,
          sdl: (await versionOf(name, version)).sdl,
        })),
      );
      return [...configured, ...read.sort((one, other) => (one.name < other.name ? -1 : 1))];
    };
    return {
      file,
      config,
      registry,
      variant,
      head,
      newest: Math.max(newest, head?.number ?? 0),
      configured,
      lastKnown,
      subgraphs: await subgraphsOf(head?.products ?? {}),
      subgraphsOf,
      published: async (name) => {
        const placed = head?.products[name];
        return placed && !isConfigured(name) ? versionOf(name, placed.version) : undefined;
      },
      [Symbol.asyncDispose]: async () => registry?.[Symbol.asyncDispose](),
    };
  } catch (failure) {
    await registry?.[Symbol.asyncDispose]();
    throw failure;
  }
}

function stateOf(config: Config, variant: string): string {
  const { stateDirectory } = config.schema;
  return variantOf(config, variant).isFirst ? stateDirectory : join(stateDirectory, "variants", variant);
}

/** @throws meshing.SUBGRAPHS_UNKNOWN */
async function loadConfigured(
  { subgraphs, schema }: Config,
  state: string,
  signal: AbortSignal,
): Promise<Pick<OpenedMesh, "configured" | "lastKnown">> {
  const dispatcher = new Agent({ maxResponseSize: schema.sdlBytesMax });
  try {
    const kept = await openSdlMemory(state).recall();
    const lastKnown: string[] = [];
    const problems: string[] = [];
    const loaded = await Promise.all(
      subgraphs.map(async (subgraph) => {
        const { name, url } = subgraph;
        const within = AbortSignal.any([signal, AbortSignal.timeout(schema.sdlTimeoutMs)]);
        try {
          return { name, url, sdl: await loadSdl({ dispatcher }, subgraph, { signal: within }) };
        } catch (failure) {
          if (!(failure instanceof Fault) || signal.aborted) throw failure;
          const sdl = kept.get(name);
          if (sdl === undefined) problems.push(failure.message);
          else lastKnown.push(name);
          return { name, url, sdl: sdl ?? "" };
        }
      }),
    );
    if (problems.length > 0) throw meshing.SUBGRAPHS_UNKNOWN({ problems });
    return { configured: loaded, lastKnown: lastKnown.sort() };
  } finally {
    await dispatcher.close();
  }
}
