// Composes the mesh with my product in it, in a thread that stays.
import type { Worker } from "node:worker_threads";
import type { ComposedElsewhere } from "../../gateway/federation/compose-thread.ts";
import { startThread } from "../../gateway/federation/start-thread.ts";
import type { Finding } from "../../schema/check/finding.ts";
import type { ComposedSubgraph } from "../../schema/compose/compose.ts";
import type { ComposedOnce, ComposingData } from "./composing-thread.ts";

/** What was composed last. */
export type Composed = {
  /** My SDL in it; undefined = I had none yet. */
  readonly sdl: string | undefined;
  readonly findings: readonly Finding[];
};

export type Composer = AsyncDisposable & {
  /** As the gateway is to compose: one after another. */
  readonly compose: (subgraphs: readonly ComposedSubgraph[]) => Promise<ComposedElsewhere>;
  readonly latest: () => Composed;
};

type Waiting = {
  readonly resolve: (answer: ComposedOnce) => void;
  readonly reject: (problem: Error) => void;
};

/** A thread that fails is replaced at the next composition. */
export function openComposer(mine: string): Composer {
  let thread: Worker | undefined;
  let latest: Composed = { sdl: undefined, findings: [] };
  let waiting: Waiting | undefined;
  let ended = false;
  const open = () => {
    const worker = startThread("./composing-thread", import.meta.url, {
      workerData: { composingFor: mine } satisfies ComposingData,
    });
    const fail = (problem: Error) => {
      if (thread === worker) thread = undefined;
      waiting?.reject(problem);
    };
    worker.on("message", (answer: ComposedOnce) => waiting?.resolve(answer));
    worker.on("error", fail);
    worker.on("exit", (code) => fail(new Error(`the composing thread ended with code ${code}`)));
    return worker;
  };
  const ask = (subgraphs: readonly ComposedSubgraph[]) =>
    new Promise<ComposedOnce>((resolve, reject) => {
      if (ended) throw new Error("the composer has ended");
      waiting = { resolve, reject };
      thread ??= open();
      thread.postMessage(subgraphs);
    });
  return {
    compose: async (subgraphs) => {
      const { composed, findings } = await ask(subgraphs);
      latest = { sdl: subgraphs.find(({ name }) => name === mine)?.sdl, findings };
      return composed;
    },
    latest: () => latest,
    [Symbol.asyncDispose]: async () => {
      ended = true;
      await thread?.terminate();
    },
  };
}
