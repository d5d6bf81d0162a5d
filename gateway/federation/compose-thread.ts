// The composing thread: one mesh, composed or refused, then it ends. Its other end is `compose-in-thread.ts`.
import { isMainThread, parentPort, workerData } from "node:worker_threads";
import { type ComposedSubgraph, type Composition, compose } from "../../schema/compose/compose.ts";
import type { Mesh } from "../../schema/product/mesh.ts";

/** A Composition as it crosses the thread: faults as their messages. */
export type ComposedElsewhere =
  | { readonly kind: "composed"; readonly supergraphSdl: string; readonly mesh: Mesh }
  | { readonly kind: "refused"; readonly problems: readonly string[] };

export type ComposingThreadData = { readonly composedSubgraphs: readonly ComposedSubgraph[] };

/** A Composition with its faults as messages, and without what federation remarks. */
export function spoken(composition: Composition): ComposedElsewhere {
  const { kind } = composition;
  return kind === "composed"
    ? { kind, supergraphSdl: composition.supergraphSdl, mesh: composition.mesh }
    : { kind, problems: composition.problems.map(({ message }) => message) };
}

if (!isMainThread && workerData?.composedSubgraphs)
  parentPort?.postMessage(spoken(compose((workerData as ComposingThreadData).composedSubgraphs)));
