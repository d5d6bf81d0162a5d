// My product and the mesh in one place: my port restarted at each save, a gateway that follows it and the mesh.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import getPort from "get-port";
import { type Config, configSchema } from "../../gateway/config.ts";
import { type GatewayEvent, startGateway } from "../../gateway/main.ts";
import { readConfig } from "../../gateway/read-config.ts";
import { meshing } from "../product/mesh-faults.ts";
import type { DevEvent } from "./dev-event.ts";
import { developing } from "./developing-faults.ts";
import { forwardPort } from "./forward-port.ts";
import { openComposer } from "./open-composer.ts";
import { openOwnPort } from "./own-port.ts";
import { watchFolder } from "./watch-folder.ts";

export type DevOptions = {
  /** The product's folder, as `openFolder` reads it, or as much of it as `weft.yaml` says. */
  readonly product: {
    readonly name: string;
    readonly folder: string;
    readonly file: string;
    readonly url: string;
    readonly run?: string | undefined;
  };
  /** Configuration of the mesh; left out = my product is alone. */
  readonly mesh?: string | undefined;
  /** Left out = its first. */
  readonly variant?: string | undefined;
  /** Of the gateway; left out = 4400, or the next that is free. */
  readonly port?: number | undefined;
  readonly observe: (event: DevEvent) => void;
};

export type Dev = AsyncDisposable & {
  /** The gateway, without a path. */
  readonly url: string;
};

/** The gateway looks so often at what was saved. */
const pollOwnMs = 50;

/** Returns once the gateway listens; the rest is told as events. @throws developing.*, meshing.VARIANT_UNKNOWN, configuring.* */
export async function startDev({ product, observe, ...options }: DevOptions): Promise<Dev> {
  const { name, folder, file, run } = product;
  if (run === undefined) throw developing.DEV_WITHOUT_RUN({ file });
  const config = await meshConfig(options);
  const state = await mkdtemp(join(tmpdir(), "weft-dev-"));
  const undo: (() => unknown)[] = [() => rm(state, { recursive: true, force: true })];
  const end = async () => {
    for (const step of undo.toReversed()) await step();
  };
  try {
    const forwarded = await forwardPort(product.url);
    undo.push(() => forwarded[Symbol.asyncDispose]());
    const sdlFile = join(state, "own.graphql");
    const own = openOwnPort({ forwarded, sdlFile, observe }, { run, folder });
    undo.push(() => own[Symbol.asyncDispose]());
    await own.begin();
    const port = await gatewayPort(options.port);
    const url = `http://127.0.0.1:${port}`;
    const composer = openComposer(name);
    undo.push(() => composer[Symbol.asyncDispose]());
    let ready = false;
    let ending = false;
    const heard = (event: GatewayEvent) => {
      if (ending) return;
      if (event.kind === "supergraph.refused") own.refused(composer.latest(), event.problems);
      if (event.kind !== "supergraph.taken") return;
      own.taken(composer.latest());
      if (!ready) observe({ kind: "ready", url, port: forwarded.url, subgraphs: event.subgraphs });
      ready = true;
    };
    const gateway = await startGateway(
      {
        observe: heard,
        compose: composer.compose,
        pollIntervalMsOf: (subgraph) => (subgraph === name ? pollOwnMs : undefined),
      },
      devConfig(config, { name, url: forwarded.url, sdl: sdlFile }, join(state, "gateway"), port),
      { kind: "mesh" },
    );
    undo.push(() => gateway[Symbol.asyncDispose]());
    // The gateway waits for a composition that runs, so that is ended first.
    undo.push(() => {
      ending = true;
      return composer[Symbol.asyncDispose]();
    });
    const watching = watchFolder(folder, () => void own.restart());
    undo.push(() => watching[Symbol.dispose]());
    return { url, [Symbol.asyncDispose]: end };
  } catch (failure) {
    await end();
    throw failure;
  }
}

/** Only the variant that is wanted. @throws meshing.VARIANT_UNKNOWN */
async function meshConfig({ mesh, variant }: Pick<DevOptions, "mesh" | "variant">): Promise<Config> {
  const config = mesh === undefined ? configSchema.parse({}) : await readConfig(mesh);
  const { registry } = config;
  const variants = registry?.variants ?? ["current"];
  const wanted = variant ?? (variants[0] as string);
  if (!variants.includes(wanted)) throw meshing.VARIANT_UNKNOWN({ variant: wanted, variants });
  return { ...config, ...(registry && { registry: { ...registry, variants: [wanted] } }) };
}

/** What the mesh's own gateway keeps is left alone, and nothing is remembered: what is saved is what is answered. */
function devConfig(
  config: Config,
  own: { readonly name: string; readonly url: string; readonly sdl: string },
  stateDirectory: string,
  port: number,
): Config {
  return {
    ...config,
    subgraphs: [...config.subgraphs.filter(({ name }) => name !== own.name), own],
    server: { ...config.server, host: "127.0.0.1", port },
    admin: { ...config.admin, enabled: false },
    cache: { ...config.cache, enabled: false },
    use: { ...config.use, enabled: false },
    operation: { ...config.operation, registeredOnly: false },
    schema: { ...config.schema, stateDirectory },
    console: { ...config.console, enabled: true },
  };
}

function gatewayPort(wanted: number | undefined): Promise<number> {
  if (wanted !== undefined && wanted > 0) return Promise.resolve(wanted);
  const host = "127.0.0.1";
  const usual = Array.from({ length: 50 }, (_, i) => 4400 + i);
  return getPort(wanted === 0 ? { host } : { host, port: usual });
}
