// Puts the gateway together: the one place that constructs its parts.
import { Agent } from "undici";
import type { CacheEvent } from "../cache/cache-event.ts";
import type { StreamEvent } from "../cache/invalidation/stream.ts";
import { httpApp } from "../http/app.ts";
import type { ReportFailure } from "../http/error-answer.ts";
import { mountGraphql } from "../http/graphql-endpoint.ts";
import { type Listening, listen } from "../http/listen.ts";
import type { Fault } from "../schema/product/fault.ts";
import type { Mesh } from "../schema/product/mesh.ts";
import { loadSdl } from "../schema/registry/load-sdl.ts";
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
import { openSdlMemory } from "./federation/sdl-memory.ts";
import { openSupergraph } from "./federation/supergraph.ts";
import { type FetchEvent, openSubgraphs } from "./fetch/open-subgraphs.ts";
import type { Rule } from "./plan/rule.ts";
import { followEvents } from "./remember/follow-events.ts";
import { type JoinCache, openJoinCache } from "./remember/join-cache.ts";
import { mountAdmin } from "./server/admin.ts";
import { mountCachePage, mountConsole } from "./server/console.ts";
import { type EventsEvent, mountEvents } from "./server/events.ts";
import { openGraphqlServer } from "./server/graphql-server.ts";
import { mountHealth } from "./server/health.ts";
import { readRegistered } from "./server/registered.ts";
import { openUsedOperations } from "./server/used-operations.ts";

export type GatewayEvent =
  | CacheEvent
  | EventsEvent
  | StreamEvent
  | FetchEvent
  | MeshEvent
  /** Which operations were used could not be written. */
  | { readonly kind: "operations.unkept"; readonly problem: string }
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
  /** Left out = in a thread of its own. */
  readonly compose?: FollowDependencies["compose"];
};

export type Gateway = Listening & {
  /** Where those who run it look, without a path; left out = nowhere. */
  readonly adminUrl?: string;
};

/**
 * Starts the gateway and listens at once, whatever the state of the subgraphs: `/graphql`, `/healthz`, `/readyz`
 * and the console; apart from these, what `admin` configures. Disposing drains it.
 * @throws federating.SUPERGRAPH_REFUSED for a supergraph file that cannot be served
 * @throws configuring.CONFIG_INVALID for examples and registered documents that cannot be read, addresses that cannot be listened at
 */
export async function startGateway(
  { observe, rules, compose = composeInThread }: GatewayDependencies,
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
  const subgraphs = openSubgraphs({ observe }, config.fetch);
  const open = (sdl: string, mesh?: Mesh) => openSupergraph(sdl, config.operation, mesh);
  let mesh: FollowedMesh | undefined;
  let draining = false;

  const missing = () =>
    (mesh?.status().subgraphs ?? []).filter(({ status }) => status === "missing").map(({ name }) => name);
  const isKey = (id: string, entity: string, key: object) => {
    const { product, keys: [primary = []] = [] } = mesh?.current()?.mesh.entities.get(entity) ?? {};
    const isPrimary = primary.length === Object.keys(key).length && primary.every((field) => field in key);
    return product?.id === id && isPrimary;
  };
  const cache = config.cache.enabled ? openJoinCache({ observe, isKey }, config.cache) : undefined;
  const used = openUsedOperations(
    { failed: (problem) => observe({ kind: "operations.unkept", problem }) },
    source.kind === "mesh" ? config.schema.stateDirectory : undefined,
    config.operation,
  );
  const graphql = openGraphqlServer(
    { report, missing, registered, used, rules, cache, ask: subgraphs.ask, keep: subgraphs.keep },
    config,
  );
  const app = httpApp(server, report);
  mountHealth(
    app,
    () => mesh,
    () => draining,
  );
  await mountGraphql(app, graphql.handler);
  if (cache) {
    const { invalidation } = cache;
    const knows = (id: string) =>
      [...(mesh?.current()?.mesh.entities.values() ?? [])].some(({ product }) => product?.id === id);
    await mountEvents(app, { invalidation, knows, observe, now: Date.now }, config.events);
  }
  const following = cache && (await followEvents({ cache, observe }, config).catch(refuse("events")));
  if (config.console.enabled) await mountConsole(app, config.console.examples).catch(refuse("console"));

  const sdlAgent = new Agent({ maxResponseSize: config.schema.sdlBytesMax });
  if (source.kind === "supergraph") {
    mesh = await fixedMesh({ open }, source.file);
    await graphql.take(mesh.current() as NonNullable<ReturnType<FollowedMesh["current"]>>);
  } else
    mesh = followMesh(
      {
        loadSdl: (subgraph, options) => loadSdl({ dispatcher: sdlAgent }, subgraph, options),
        compose,
        open,
        memory: openSdlMemory(config.schema.stateDirectory),
        announce: graphql.take,
        observe,
      },
      config.subgraphs,
      config.schema,
    );
  const followed = mesh;
  const release = async () => {
    await followed[Symbol.asyncDispose]();
    await graphql[Symbol.asyncDispose]();
    await following?.[Symbol.asyncDispose]();
    await cache?.[Symbol.asyncDispose]();
    await subgraphs[Symbol.asyncDispose]();
    await sdlAgent.close();
  };
  const listening = await listen(app, server, release).catch(async (cause: Error) => {
    await release();
    return refuse("server")(cause);
  });
  const admin = await listenForAdmin({ cache, report }, config).catch(async (cause: Error) => {
    await listening[Symbol.asyncDispose]();
    return refuse("admin")(cause);
  });
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
  { cache, report }: { readonly cache: JoinCache | undefined; readonly report: ReportFailure },
  { admin, server, console: page }: Config,
): Promise<Listening | undefined> {
  if (!admin.enabled) return undefined;
  const app = httpApp(server, report);
  mountAdmin(app, { cache }, admin);
  if (page.enabled) await mountCachePage(app);
  return listen(app, { ...admin, drainMs: server.drainMs }, async () => {});
}

/** For a section of the configuration that turns out wrong only when it is put to use. */
function refuse(section: string) {
  return (cause: Error): never => {
    throw configuring.CONFIG_INVALID({ problems: [`${section}: ${cause.message}`] }, cause);
  };
}
