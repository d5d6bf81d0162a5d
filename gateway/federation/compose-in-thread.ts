// Composes in a thread of its own: seconds of work for a large mesh, none of it, nor its libraries, where answers are made.
import type { ComposedSubgraph } from "../../schema/compose/compose.ts";
import type { ComposedElsewhere, ComposingThreadData } from "./compose-thread.ts";
import { startThread } from "./start-thread.ts";

export function composeInThread(subgraphs: readonly ComposedSubgraph[]): Promise<ComposedElsewhere> {
  return new Promise((resolve, reject) => {
    const worker = startThread("./compose-thread", import.meta.url, {
      workerData: { composedSubgraphs: subgraphs } satisfies ComposingThreadData,
    });
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.once("exit", (code) => reject(new Error(`the composing thread ended with code ${code}`)));
  });
}
