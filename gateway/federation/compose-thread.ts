// Composes in a thread of its own: seconds of work for a large mesh, none of it on the thread that answers.
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { type ComposedSubgraph, type Composition, compose } from "../../schema/compose/compose.ts";

/** A Composition as it crosses the thread: faults as their messages. */
export type ComposedElsewhere =
  | { readonly kind: "composed"; readonly supergraphSdl: string }
  | { readonly kind: "refused"; readonly problems: readonly string[] };

export function composeInThread(subgraphs: readonly ComposedSubgraph[]): Promise<ComposedElsewhere> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: { subgraphs } });
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.once("exit", (code) => reject(new Error(`the composing thread ended with code ${code}`)));
  });
}

/** A Composition with its faults as messages. */
export function spoken(composition: Composition): ComposedElsewhere {
  return composition.kind === "composed"
    ? composition
    : { kind: "refused", problems: composition.problems.map(({ message }) => message) };
}

if (!isMainThread && workerData?.subgraphs) parentPort?.postMessage(spoken(compose(workerData.subgraphs)));
