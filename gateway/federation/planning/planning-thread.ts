// The planning thread: one supergraph, questions one after another. Its other end is `planner.ts`.
import { isMainThread, parentPort, workerData } from "node:worker_threads";
import { Fault } from "../../../schema/product/fault.ts";
import type { Mesh } from "../../../schema/product/mesh.ts";
import { federating } from "../federation-faults.ts";
import type { Planned, Question } from "../planner.ts";
import { openOperationPlanner } from "./operation-planner.ts";

/** A fault as it crosses the thread. */
export type SentFault = { readonly code: keyof typeof federating; readonly facts: unknown };

export type FromThread =
  | { readonly kind: "ready"; readonly publishedSdl: string; readonly subgraphs: ReadonlyMap<string, string> }
  | { readonly kind: "refused"; readonly problem: string; readonly fault?: SentFault }
  | { readonly kind: "answered"; readonly planned: Planned }
  | { readonly kind: "failed"; readonly fault: SentFault };

export type PlanningThreadData = { readonly supergraphSdl: string; readonly mesh: Mesh | undefined };

async function serve({ supergraphSdl, mesh }: PlanningThreadData, tell: (message: FromThread) => void) {
  try {
    const { plan, publishedSdl, subgraphs } = await openOperationPlanner(supergraphSdl, mesh);
    parentPort?.on("message", (question: Question) => {
      try {
        tell({ kind: "answered", planned: plan(question) });
      } catch (failure) {
        tell({ kind: "failed", fault: sent(failure) });
      }
    });
    tell({ kind: "ready", publishedSdl, subgraphs });
  } catch (failure) {
    tell({
      kind: "refused",
      problem: (failure as Error).message,
      ...(failure instanceof Fault && { fault: sent(failure) }),
    });
  }
}

function sent(failure: unknown): SentFault {
  const fault =
    failure instanceof Fault
      ? failure
      : federating.PLANNING_FAILED({ problem: (failure as Error).message }, failure);
  const { code, ...facts } = fault.extensions;
  return { code: code as SentFault["code"], facts };
}

if (!isMainThread && workerData?.supergraphSdl)
  await serve(workerData as PlanningThreadData, (message) => parentPort?.postMessage(message));
