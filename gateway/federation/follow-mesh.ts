// Follows the subgraphs: watches each one's SDL and what is published, composes what is known, and announces each new supergraph.
import { setTimeout as sleep } from "node:timers/promises";
import { workSignal } from "../../http/deadline.ts";
import { Fault } from "../../schema/product/fault.ts";
import type { Mesh } from "../../schema/product/mesh.ts";
import type { ComposedElsewhere } from "./compose-thread.ts";
import { type MeshStatus, meshStatus, type Part } from "./mesh-status.ts";
import { nothingPublished, type PublishedProducts, type PublishedRevision } from "./published-products.ts";
import type { SdlMemory } from "./sdl-memory.ts";
import type { Supergraph } from "./supergraph.ts";

export type WatchedSubgraph = {
  readonly name: string;
  readonly url: string;
  readonly sdl?: string | undefined;
};

export type MeshEvent =
  | { readonly kind: "subgraph.lost"; readonly subgraph: string; readonly fault: Fault }
  | { readonly kind: "subgraph.found"; readonly subgraph: string }
  | {
      readonly kind: "supergraph.taken";
      readonly id: string;
      readonly tookMs: number;
      readonly subgraphs: readonly string[];
      /** Where there is a registry. */
      readonly revision?: number;
    }
  | { readonly kind: "registry.lost"; readonly fault: Fault }
  | { readonly kind: "registry.found" }
  | { readonly kind: "supergraph.refused"; readonly problems: readonly string[] }
  | { readonly kind: "memory.failed"; readonly problem: string };

export type FollowedMesh = AsyncDisposable & {
  readonly current: () => Supergraph | undefined;
  readonly status: () => MeshStatus;
};

export type FollowDependencies = {
  readonly loadSdl: (subgraph: WatchedSubgraph, options: { readonly signal: AbortSignal }) => Promise<string>;
  readonly compose: (
    subgraphs: readonly { readonly name: string; readonly url: string; readonly sdl: string }[],
  ) => Promise<ComposedElsewhere>;
  readonly open: (supergraphSdl: string, mesh: Mesh) => Promise<Supergraph>;
  readonly memory: SdlMemory;
  /** Left out = the mesh is the subgraphs alone. */
  readonly published?: PublishedProducts;
  readonly announce: (supergraph: Supergraph) => Promise<void>;
  readonly observe: (event: MeshEvent) => void;
};

export type FollowOptions = {
  readonly pollIntervalMs: number;
  readonly sdlTimeoutMs: number;
  /** Of a subgraph that is looked at more often than the others. */
  readonly pollIntervalMsOf?: ((subgraph: string) => number | undefined) | undefined;
};

/** Time between two looks while something is missing: a mesh that is starting is followed closely. */
const eagerIntervalMs = 250;

/**
 * Starts to follow; returns at once. A supergraph is composed when every subgraph and the registry have been looked at, and
 * after each change. One that does not compose, or cannot be opened or announced, is never taken: where it is the newest
 * revision that is at fault, the last good one goes on, with what the subgraphs say now.
 *
 * A subgraph that is given here and published too is the one that is given here.
 */
export function followMesh(
  dependencies: FollowDependencies,
  subgraphs: readonly WatchedSubgraph[],
  { pollIntervalMs, sdlTimeoutMs, pollIntervalMsOf }: FollowOptions,
): FollowedMesh {
  const { loadSdl, compose, open, memory, published, announce, observe } = dependencies;
  const stopping = new AbortController();
  const sdls = new Map<string, string>();
  const reasons = new Map<string, string>();
  const looked = new Set<string>();
  let revision = nothingPublished;
  /** The last that was served. */
  let good = nothingPublished;
  let registryLooked = published === undefined;
  let registryFault: Fault | undefined;
  let current: Supergraph | undefined;
  let served: readonly Part[] = [];
  let tried: readonly Part[] = [];
  let problems: readonly string[] = [];
  let composing: Promise<void> | undefined;

  const isGiven = (name: string) => subgraphs.some((each) => each.name === name);
  const partsWith = ({ products }: PublishedRevision): readonly Part[] => [
    ...subgraphs.flatMap(({ name, url }) => {
      const sdl = sdls.get(name);
      return sdl === undefined ? [] : [{ name, url, sdl }];
    }),
    ...products.flatMap(({ name, url, sdl }) => (isGiven(name) ? [] : [{ name, url, sdl }])),
  ];

  const lookAt = async (subgraph: WatchedSubgraph): Promise<void> => {
    const { name } = subgraph;
    try {
      const sdl = await loadSdl(subgraph, { signal: workSignal(stopping.signal, sdlTimeoutMs) });
      if (reasons.delete(name) || !looked.has(name)) observe({ kind: "subgraph.found", subgraph: name });
      sdls.set(name, sdl);
    } catch (failure) {
      if (!(failure instanceof Fault) || stopping.signal.aborted) return;
      if (!reasons.has(name)) observe({ kind: "subgraph.lost", subgraph: name, fault: failure });
      reasons.set(name, failure.code);
    }
    looked.add(name);
  };

  const lookAtRegistry = async ({ load }: PublishedProducts): Promise<void> => {
    const signal = workSignal(stopping.signal, sdlTimeoutMs);
    try {
      const next = await load({ known: revision, served: good.number }, { signal });
      if (registryFault) observe({ kind: "registry.found" });
      registryFault = undefined;
      if (next) revision = next;
    } catch (failure) {
      if (!(failure instanceof Fault) || stopping.signal.aborted) return;
      if (registryFault?.message !== failure.message) observe({ kind: "registry.lost", fault: failure });
      registryFault = failure;
      if (isUnfounded()) revision = (await olderThan(Number.POSITIVE_INFINITY)) ?? revision;
    }
    registryLooked = true;
  };

  /** Composes until what is known is what was last tried; a change meanwhile is one more round. */
  const composeKnown = async (): Promise<void> => {
    for (let parts = partsWith(revision); parts.length > 0; parts = partsWith(revision)) {
      const isServed = sameParts(parts, served);
      const isTried = sameParts(parts, tried) && !(isServed && good !== revision);
      if (isTried || stopping.signal.aborted) return;
      tried = parts;
      const taking = revision;
      if (isServed) {
        good = taking;
        problems = [];
      } else {
        problems = await take(parts, taking);
        if (problems.length > 0) {
          observe({ kind: "supergraph.refused", problems });
          if (!(await fallBack(taking))) continue;
        }
      }
      const given = served.filter(({ name }) => isGiven(name));
      await memory.keep(new Map(given.map(({ name, sdl }) => [name, sdl]))).catch(forgetting);
      await published?.keep(good).catch(forgetting);
    }
  };

  /** Serves the last good revision, with what the subgraphs say now, instead of one that was refused. Is it served anew? */
  const fallBack = async (refused: PublishedRevision): Promise<boolean> => {
    if (!isUnfounded()) {
      const parts = refused === good ? [] : partsWith(good);
      return parts.length > 0 && !sameParts(parts, served) && (await take(parts, good)).length === 0;
    }
    for (let older = await olderThan(refused.number); older; older = await olderThan(older.number))
      if ((await take(partsWith(older), older)).length === 0) return true;
    return false;
  };

  /** Is nothing served, and no revision remembered that was? */
  const isUnfounded = () => !current && good === nothingPublished;
  const olderThan = (number: number) =>
    published?.older(number, { signal: workSignal(stopping.signal, sdlTimeoutMs) }).catch(() => undefined);

  /** Serves what is composed of the parts; otherwise says why not. */
  const take = async (parts: readonly Part[], taking: PublishedRevision): Promise<readonly string[]> => {
    const startedMs = performance.now();
    const { supergraph, problems: found } = await attempt(parts);
    if (!supergraph) return found;
    current = supergraph;
    served = parts;
    good = taking;
    observe({
      kind: "supergraph.taken",
      id: current.id,
      tookMs: Math.round(performance.now() - startedMs),
      subgraphs: parts.map(({ name }) => name),
      ...(published && { revision: taking.number }),
    });
    return [];
  };

  const forgetting = ({ message }: Error) => observe({ kind: "memory.failed", problem: message });

  const attempt = async (
    parts: readonly Part[],
  ): Promise<{ supergraph?: Supergraph; problems: readonly string[] }> => {
    try {
      const composition = await compose(parts);
      if (composition.kind === "refused") return { problems: composition.problems };
      const supergraph = await open(composition.supergraphSdl, composition.mesh);
      await announce(supergraph);
      return { supergraph, problems: [] };
    } catch (failure) {
      return { problems: [(failure as Error).message] };
    }
  };

  /** Looks again and again; more often while there is nothing to see. */
  const watch = async (
    look: () => Promise<void>,
    isMissing: () => boolean,
    everyMs = pollIntervalMs,
  ): Promise<void> => {
    while (!stopping.signal.aborted) {
      await look();
      if (looked.size === subgraphs.length && registryLooked)
        composing ??= composeKnown().finally(() => {
          composing = undefined;
        });
      const intervalMs = isMissing() ? Math.min(eagerIntervalMs, everyMs) : everyMs;
      await sleep(intervalMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
  };

  const watching = (async () => {
    for (const [name, sdl] of await memory.recall()) if (isGiven(name)) sdls.set(name, sdl);
    good = (await published?.recall()) ?? nothingPublished;
    revision = good;
    const watches = subgraphs.map((subgraph) =>
      watch(
        () => lookAt(subgraph),
        () => reasons.has(subgraph.name),
        pollIntervalMsOf?.(subgraph.name),
      ),
    );
    const isUnread = () => registryFault !== undefined;
    if (published) watches.push(watch(() => lookAtRegistry(published), isUnread));
    await Promise.all(watches);
  })();

  return {
    current: () => current,
    status: () =>
      meshStatus({
        given: subgraphs.map(({ name }) => name),
        ...{ sdls, reasons, looked, served, problems },
        registry: published && {
          looked: registryLooked,
          fault: registryFault,
          revision,
          served: current ? good.number : 0,
        },
      }),
    [Symbol.asyncDispose]: async () => {
      stopping.abort();
      await watching;
      await composing;
    },
  };
}

/** Nothing is copied: this is asked at every look, and an SDL may have a megabyte. */
function sameParts(one: readonly Part[], other: readonly Part[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ name, url, sdl }, i) => {
      const same = other[i];
      return name === same?.name && url === same.url && sdl === same.sdl;
    })
  );
}
