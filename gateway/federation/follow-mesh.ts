// Follows the subgraphs: watches each one's SDL, composes what is known, and announces each new supergraph.
import { setTimeout as sleep } from "node:timers/promises";
import { workSignal } from "../../http/deadline.ts";
import { Fault } from "../../schema/product/fault.ts";
import type { Mesh } from "../../schema/product/mesh.ts";
import type { ComposedElsewhere } from "./compose-thread.ts";
import type { SdlMemory } from "./sdl-memory.ts";
import type { Supergraph } from "./supergraph.ts";

export type WatchedSubgraph = {
  readonly name: string;
  readonly url: string;
  readonly sdl?: string | undefined;
};

/** live: what it says now is served. last-known: an earlier SDL of it is. missing: nothing of it is. */
export type SubgraphStatus = "live" | "last-known" | "missing";

export type MeshStatus = {
  readonly subgraphs: readonly {
    readonly name: string;
    readonly status: SubgraphStatus;
    /** Where it is not live: the code of the fault, or NOT_LOOKED_AT_YET, NOT_COMPOSED_YET. */
    readonly reason?: string;
  }[];
  /** Why the newest SDLs are not the ones that serve. */
  readonly problems: readonly string[];
};

export type MeshEvent =
  | { readonly kind: "subgraph.lost"; readonly subgraph: string; readonly fault: Fault }
  | { readonly kind: "subgraph.found"; readonly subgraph: string }
  | {
      readonly kind: "supergraph.taken";
      readonly id: string;
      readonly tookMs: number;
      readonly subgraphs: readonly string[];
    }
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
  readonly announce: (supergraph: Supergraph) => Promise<void>;
  readonly observe: (event: MeshEvent) => void;
};

export type FollowOptions = { readonly pollIntervalMs: number; readonly sdlTimeoutMs: number };

/** Time between two looks while something is missing: a mesh that is starting is followed closely. */
const eagerIntervalMs = 250;

/**
 * Starts to follow; returns at once. A supergraph is composed when every subgraph has been looked at, and after
 * each change. One that does not compose, or cannot be opened or announced, is never taken.
 */
export function followMesh(
  dependencies: FollowDependencies,
  subgraphs: readonly WatchedSubgraph[],
  { pollIntervalMs, sdlTimeoutMs }: FollowOptions,
): FollowedMesh {
  const { loadSdl, compose, open, memory, announce, observe } = dependencies;
  const stopping = new AbortController();
  const sdls = new Map<string, string>();
  const reasons = new Map<string, string>();
  const looked = new Set<string>();
  let current: Supergraph | undefined;
  let served: ReadonlyMap<string, string> = new Map();
  let tried: string | undefined;
  let problems: readonly string[] = [];
  let composing: Promise<void> | undefined;

  const known = () =>
    subgraphs.flatMap(({ name, url }) => {
      const sdl = sdls.get(name);
      return sdl === undefined ? [] : [{ name, url, sdl }];
    });

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

  /** Composes until what is known is what was last tried; a change meanwhile is one more round. */
  const composeKnown = async (): Promise<void> => {
    for (let parts = known(); parts.length > 0; parts = known()) {
      const key = JSON.stringify(parts);
      if (key === tried || stopping.signal.aborted) return;
      tried = key;
      const startedMs = performance.now();
      const taken = await attempt(parts);
      problems = taken.problems;
      if (taken.problems.length > 0) observe({ kind: "supergraph.refused", problems });
      if (!taken.supergraph) continue;
      current = taken.supergraph;
      served = new Map(parts.map(({ name, sdl }) => [name, sdl]));
      observe({
        kind: "supergraph.taken",
        id: current.id,
        tookMs: Math.round(performance.now() - startedMs),
        subgraphs: parts.map(({ name }) => name),
      });
      await memory.keep(served).catch(forgetting);
    }
  };

  const forgetting = ({ message }: Error) => observe({ kind: "memory.failed", problem: message });

  const attempt = async (
    parts: ReturnType<typeof known>,
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

  const watch = async (subgraph: WatchedSubgraph): Promise<void> => {
    while (!stopping.signal.aborted) {
      await lookAt(subgraph);
      if (looked.size === subgraphs.length)
        composing ??= composeKnown().finally(() => {
          composing = undefined;
        });
      const intervalMs = reasons.has(subgraph.name)
        ? Math.min(eagerIntervalMs, pollIntervalMs)
        : pollIntervalMs;
      await sleep(intervalMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
  };

  const watching = (async () => {
    for (const [name, sdl] of await memory.recall())
      if (subgraphs.some((each) => each.name === name)) sdls.set(name, sdl);
    await Promise.all(subgraphs.map(watch));
  })();

  const reasonNotLive = (name: string): string | undefined => {
    if (reasons.has(name)) return reasons.get(name);
    if (!looked.has(name)) return "NOT_LOOKED_AT_YET";
    return served.get(name) === sdls.get(name) ? undefined : "NOT_COMPOSED_YET";
  };

  return {
    current: () => current,
    status: () => ({
      subgraphs: subgraphs.map(({ name }) => {
        const reason = reasonNotLive(name);
        if (reason === undefined) return { name, status: "live" };
        return { name, status: served.has(name) ? "last-known" : "missing", reason };
      }),
      problems,
    }),
    [Symbol.asyncDispose]: async () => {
      stopping.abort();
      await watching;
      await composing;
    },
  };
}
