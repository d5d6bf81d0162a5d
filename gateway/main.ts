// Puts the gateway together: the one place that constructs its parts.
import { join } from "node:path";
import { Agent } from "undici";
import type { CacheEvent } from "../cache/cache-event.ts";
import type { StreamEvent } from "../cache/invalidation/stream.ts";
import { httpApp } from "../http/app.ts";
import type { ReportFailure } from "../http/error-answer.ts";
import { mountGraphql } from "../http/graphql-endpoint.ts";
import { type Listening, listen } from "../http/listen.ts";
import { answerOwnHostAlone } from "../http/own-host.ts";
import type { Fault } from "../schema/product/fault.ts";
import type { Mesh } from "../schema/product/mesh.ts";
import { loadSdl } from "../schema/registry/load-sdl.ts";
import { openRegistry } from "../schema/registry/open-registry.ts";
import { openPinnedAddresses, type Resolved } from "../schema/registry/pinned-addresses.ts";
import type { Config } from "./config.ts";
import { configuring } from "./config-faults.ts";
import { composeInThread } from "./federation/compose-in-thread.ts";
import { fixedMesh } from "./federation/fixed-mesh.ts";
import {
  type FollowDependencies,
  type FollowedMesh,
  followMesh,
  type MeshEvent,
} from "./federation/follow-mesh.ts";
import { openPublishedProducts } from "./federation/published-products.ts";
import { openSdlMemory } from "./federation/sdl-memory.ts";
import { openSupergraph } from "./federation/supergraph.ts";
import { type FetchEvent, openSubgraphs } from "./fetch/open-subgraphs.ts";
import type { Rule } from "./plan/rule.ts";
import { followEvents } from "./remember/follow-events.ts";
import { type JoinCache, openJoinCache } from "./remember/join-cache.ts";
import { mountAdmin } from "./server/admin.ts";
import { mountQuality, mountUse } from "./server/admin-use.ts";
import { mountCachePage, mountConsole } from "./server/console.ts";
import { type EventsEvent, mountEvents } from "./server/events.ts";
import { type GraphqlServer, openGraphqlServer } from "./server/graphql-server.ts";
import { mountHealth } from "./server/health.ts";
import { readRegistered } from "./server/registered.ts";
import { openUsedOperations } from "./server/used-operations.ts";
import { interruptUse, openUse, type Use } from "./use/open-use.ts";
import { openQualityShelf, type QualityShelf } from "./use/quality-shelf.ts";

export type GatewayEvent =
  | CacheEvent
  | EventsEvent
  | StreamEvent
  | FetchEvent
  /** Of the variant; left out = of the first or only one. */
  | (MeshEvent & { readonly variant?: string })
  /** Which operations were used could not be written. */
  | { readonly kind: "operations.unkept"; readonly problem: string }
  /** Who uses what, or a quality report, could not be read or written. */
  | { readonly kind: "use.unkept"; readonly problem: string }
  | { readonly kind: "request.failed"; readonly fault: Fault; readonly cause: unknown };

export type GatewaySource =
  /** Follow the subgraphs of the configuration. */
  | { readonly kind: "mesh" }
  /** One supergraph SDL, which names its subgraphs itself. */
  | { readonly kind: "supergraph"; readonly file: string };

export type GatewayDependencies = {
  readonly observe: (event: GatewayEvent) => void;
  /** By which questions across domains are planned; left out = all. None changes an answer. */
  readonly rules?: readonly Rule[];
  /** Addresses of a published host; left out = DNS. */
  readonly resolve?: (host: string) => Promise<readonly Resolved[]>;
  /** Left out = in a thread of its own. */
  readonly compose?: FollowDependencies["compose"];
  /** Subgraphs that are looked at more often than `schema.pollIntervalMs` says: in milliseconds. */
  readonly pollIntervalMsOf?: (subgraph: string) => number | undefined;
};

/** A mesh of its own, with a route of its own. */
type Variant = {
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

export type Gateway = Listening & {
  /** Where those who run it look, without a path; left out = nowhere. */
  readonly adminUrl?: string;
};

/**
 * Starts the gateway and listens at once, whatever the state of the subgraphs: `/graphql` and the routes of further variants,
 * `/healthz`, `/readyz` and the console; apart from these, what `admin` configures. Disposing drains it.
 * @throws federating.SUPERGRAPH_REFUSED for a supergraph file that cannot be served
 * @throws configuring.CONFIG_INVALID for examples and registered documents that cannot be read, addresses that cannot be listened at
 */
export async function startGateway(
  { observe, rules, compose = composeInThread, resolve, pollIntervalMsOf }: GatewayDependencies,
  config: Config,
  source: GatewaySource,
): Promise<Gateway> {
  const { server } = config;
  const { registered: path } = config.operation;
  const registered =
    path === undefined
      ? []
      : await readRegistered(path, config.operation).catch(refuse("operation.registered"));
  const report = (fault: Fault, cause: unknown) => observe({ kind: "request.failed", fault, cause });
  const pins = openPinnedAddresses(resolve ? { resolve } : {}, config.registry?.allow ?? []);
  const subgraphs = openSubgraphs({ observe, lookupOf: pins.lookupOf }, config.fetch);
  const registry =
    config.registry && source.kind === "mesh" ? await openRegistry(config.registry) : undefined;
  const open = (sdl: string, mesh?: Mesh) => openSupergraph(sdl, config.operation, mesh);
  let draining = false;

  const meshes = () => variants.flatMap(({ mesh }) => mesh()?.current()?.mesh ?? []);
  /** In every variant that has the entity: a key that is another in one of them may be any row of it. */
  const isKey = (id: string, entity: string, key: object) => {
    const owned = meshes().flatMap(({ entities }) => entities.get(entity) ?? []);
    const its = owned.filter(({ product }) => product?.id === id);
    const isPrimary = ({ keys: [primary = []] }: (typeof its)[number]) =>
      primary.length === Object.keys(key).length && primary.every((field) => field in key);
    return its.length > 0 && its.every(isPrimary);
  };
  const cache = config.cache.enabled ? openJoinCache({ observe, isKey }, config.cache) : undefined;
  const sdlAgent = new Agent({ maxResponseSize: config.schema.sdlBytesMax });

  const unkept = (problem: string) => observe({ kind: "use.unkept", problem });
  const openVariant = async (name: string | undefined, i: number): Promise<Variant> => {
    let mesh: FollowedMesh | undefined;
    const { stateDirectory } = config.schema;
    const directory = i === 0 ? stateDirectory : join(stateDirectory, "variants", name as string);
    const missing = () =>
      (mesh?.status().subgraphs ?? []).filter(({ status }) => status === "missing").map((each) => each.name);
    const kept = source.kind === "mesh" ? directory : undefined;
    const used = openUsedOperations(
      { failed: (problem) => observe({ kind: "operations.unkept", problem }) },
      kept,
      config.operation,
    );
    const recording = { failed: unkept, directory: kept };
    if (!config.use.enabled) await interruptUse(recording);
    const use = config.use.enabled ? await openUse({ ...recording, now: Date.now }, config.use) : undefined;
    const graphql = openGraphqlServer(
      { report, missing, registered, used, use, rules, cache, ask: subgraphs.ask, keep: subgraphs.keep },
      config,
    );
    return {
      name,
      path: i === 0 ? "/graphql" : `/${name}/graphql`,
      graphql,
      use,
      mesh: () => mesh,
      follow: async () => {
        if (source.kind === "supergraph") {
          mesh = await fixedMesh({ open }, source.file);
          await graphql.take(mesh.current() as NonNullable<ReturnType<FollowedMesh["current"]>>);
          return;
        }
        const { sdlBytesMax } = config.schema;
        const place = { variant: name as string, directory, sdlBytesMax };
        const published = registry && openPublishedProducts({ registry, pins }, place);
        mesh = followMesh(
          {
            loadSdl: (subgraph, options) => loadSdl({ dispatcher: sdlAgent }, subgraph, options),
            compose,
            open,
            memory: openSdlMemory(directory),
            ...(published && { published }),
            announce: graphql.take,
            observe: (event) => observe(i === 0 ? event : { ...event, variant: name as string }),
          },
          config.subgraphs,
          { ...config.schema, ...(pollIntervalMsOf && { pollIntervalMsOf }) },
        );
      },
    };
  };
  const names = (registry && config.registry?.variants) ?? [undefined];
  const variants = (await Promise.all(names.map(openVariant))) as [Variant, ...Variant[]];
  const quality = await openQualityShelf(
    { failed: unkept, directory: source.kind === "mesh" ? config.schema.stateDirectory : undefined },
    config.quality,
  );

  const app = httpApp(server, report);
  mountHealth(app, variants, () => draining);
  for (const { graphql, path } of variants) await mountGraphql(app, graphql.handler, path);
  if (cache) {
    const { invalidation } = cache;
    const knows = (id: string) =>
      meshes().some(({ entities }) => [...entities.values()].some(({ product }) => product?.id === id));
    await mountEvents(app, { invalidation, knows, observe, now: Date.now }, config.events);
  }
  const following = cache && (await followEvents({ cache, observe }, config).catch(refuse("events")));
  if (config.console.enabled) await mountConsole(app, config.console.examples).catch(refuse("console"));

  for (const { follow } of variants) await follow();
  const release = async () => {
    await Promise.all(variants.map(({ mesh }) => mesh()?.[Symbol.asyncDispose]()));
    await Promise.all(variants.map(({ graphql }) => graphql[Symbol.asyncDispose]()));
    await Promise.all(variants.map(({ use }) => use?.[Symbol.asyncDispose]()));
    await following?.[Symbol.asyncDispose]();
    await cache?.[Symbol.asyncDispose]();
    await subgraphs[Symbol.asyncDispose]();
    await sdlAgent.close();
    await registry?.[Symbol.asyncDispose]();
  };
  const listening = await listen(app, server, release).catch(async (cause: Error) => {
    await release();
    return refuse("server")(cause);
  });
  const admin = await listenForAdmin({ cache, report, variants, quality }, config).catch(
    async (cause: Error) => {
      await listening[Symbol.asyncDispose]();
      return refuse("admin")(cause);
    },
  );
  return {
    ...listening,
    ...(admin && { adminUrl: admin.url }),
    [Symbol.asyncDispose]: async () => {
      draining = true;
      await admin?.[Symbol.asyncDispose]();
      await listening[Symbol.asyncDispose]();
    },
  };
}

/** The listener of those who run the gateway, where one is wanted. */
async function listenForAdmin(
  {
    cache,
    report,
    variants,
    quality,
  }: {
    readonly cache: JoinCache | undefined;
    readonly report: ReportFailure;
    readonly variants: readonly Variant[];
    readonly quality: QualityShelf;
  },
  { admin, server, use: useOptions, console: page }: Config,
): Promise<Listening | undefined> {
  if (!admin.enabled) return undefined;
  const app = httpApp(server, report);
  answerOwnHostAlone(app, admin.hosts);
  mountAdmin(app, { cache }, admin);
  mountUse(
    app,
    variants.map(({ name, use, mesh }) => ({ name, use, supergraph: () => mesh()?.current() })),
    useOptions,
  );
  mountQuality(app, quality);
  if (page.enabled) await mountCachePage(app);
  return listen(app, { ...admin, drainMs: server.drainMs }, async () => {});
}

/** For a section of the configuration that turns out wrong only when it is put to use. */
function refuse(section: string) {
  return (cause: Error): never => {
    throw configuring.CONFIG_INVALID({ problems: [`${section}: ${cause.message}`] }, cause);
  };
}
