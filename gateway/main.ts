// Puts the gateway together: the one place that constructs its parts.
import { Agent } from "undici";
import type { CacheEvent } from "../cache/cache-event.ts";
import type { StreamEvent } from "../cache/invalidation/stream.ts";
import { httpApp } from "../http/app.ts";
import type { ReportFailure } from "../http/error-answer.ts";
import { mountGraphql } from "../http/graphql-endpoint.ts";
import { type Listening, listen } from "../http/listen.ts";
import { answerOwnHostAlone } from "../http/own-host.ts";
import type { Fault } from "../schema/product/fault.ts";
import { loadSdl } from "../schema/registry/load-sdl.ts";
import { openRegistry } from "../schema/registry/open-registry.ts";
import { openPinnedAddresses, type Resolved } from "../schema/registry/pinned-addresses.ts";
import type { Config } from "./config.ts";
import { configuring } from "./config-faults.ts";
import { composeInThread } from "./federation/compose-in-thread.ts";
import type { FollowDependencies } from "./federation/follow-mesh.ts";
import type { openPlanner } from "./federation/planner.ts";
import { type FetchEvent, openSubgraphs } from "./fetch/open-subgraphs.ts";
import { openVariant, type Variant, type VariantDependencies, type VariantEvent } from "./open-variant.ts";
import type { Rule } from "./plan/rule.ts";
import { followEvents } from "./remember/follow-events.ts";
import { type JoinCache, openJoinCache } from "./remember/join-cache.ts";
import { redisPlace } from "./remember/redis-place.ts";
import { mountAdmin } from "./server/admin.ts";
import { mountQuality, mountUse } from "./server/admin-use.ts";
import { mountCachePage, mountConsole } from "./server/console.ts";
import { type EventsEvent, mountEvents } from "./server/events.ts";
import { mountHealth } from "./server/health.ts";
import { readRegistered } from "./server/registered.ts";
import { openQualityShelf, type QualityShelf } from "./use/quality-shelf.ts";

export type GatewayEvent =
  | CacheEvent
  | EventsEvent
  | StreamEvent
  | FetchEvent
  | VariantEvent
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
  /** Left out = in a thread of its own. */
  readonly openPlanner?: typeof openPlanner;
  /** Subgraphs that are looked at more often than `schema.pollIntervalMs` says: in milliseconds. */
  readonly pollIntervalMsOf?: (subgraph: string) => number | undefined;
};

export type Gateway = Listening & {
  /** Where those who run it look, without a path; left out = nowhere. */
  readonly adminUrl?: string;
};

/**
 * Starts the gateway and listens at once, whatever the state of the subgraphs: `/graphql` and the routes of further variants,
 * `/healthz`, `/readyz` and the console; apart from these, what `admin` configures. Disposing drains it.
 * @throws federating.SUPERGRAPH_REFUSED for a supergraph file that cannot be served
 * @throws configuring.CONFIG_INVALID for examples, registered documents and certificates that cannot be read, addresses that cannot
 * be listened at
 */
export async function startGateway(
  { observe, rules, compose = composeInThread, openPlanner, resolve, pollIntervalMsOf }: GatewayDependencies,
  config: Config,
  source: GatewaySource,
): Promise<Gateway> {
  const { server } = config;
  const { registered: path } = config.operation;
  const registered =
    path === undefined
      ? []
      : await readRegistered(path, config.operation).catch(refuse("operation.registered"));
  const redis =
    config.cache.enabled && config.cache.redis
      ? await redisPlace(config.cache.redis).catch(refuse("cache.redis"))
      : undefined;
  const report = (fault: Fault, cause: unknown) => observe({ kind: "request.failed", fault, cause });
  const pins = openPinnedAddresses(resolve ? { resolve } : {}, config.registry?.allow ?? []);
  const subgraphs = openSubgraphs({ observe, lookupOf: pins.lookupOf }, config.fetch);
  const registry =
    config.registry && source.kind === "mesh" ? await openRegistry(config.registry) : undefined;
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
  const cache = config.cache.enabled ? openJoinCache({ observe, isKey, redis }, config.cache) : undefined;
  const sdlAgent = new Agent({ maxResponseSize: config.schema.sdlBytesMax });

  const names = (registry && config.registry?.variants) ?? [undefined];
  const shared: VariantDependencies = {
    ...{ observe, report, registered, rules, cache, compose, openPlanner, pollIntervalMsOf },
    ask: subgraphs.ask,
    keep: subgraphs.keep,
    loadSdl: (subgraph, options) => loadSdl({ dispatcher: sdlAgent }, subgraph, options),
    published: registry && { registry, pins },
    supergraph: source.kind === "supergraph" ? source.file : undefined,
  };
  const opening = names.map((name, i) => openVariant(shared, { name, isFirst: i === 0 }, config));
  const variants = (await Promise.all(opening)) as [Variant, ...Variant[]];
  const quality = await openQualityShelf(
    {
      failed: (problem) => observe({ kind: "use.unkept", problem }),
      directory: source.kind === "mesh" ? config.schema.stateDirectory : undefined,
    },
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
  const following = cache && (await followEvents({ cache, redis, observe }, config).catch(refuse("events")));
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
