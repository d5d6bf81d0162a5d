// A planner without a thread: what loads the planning libraries once for a whole file of tests, not once for each gateway.
import { federating } from "../../../gateway/federation/federation-faults.ts";
import type { openPlanner, Planned } from "../../../gateway/federation/planner.ts";
import {
  type OperationPlanner,
  openOperationPlanner,
} from "../../../gateway/federation/planning/operation-planner.ts";
import { Fault } from "../../../schema/product/fault.ts";

/** Plans and faults are copied, as they are on their way out of a thread. Nothing bounds its time and its memory. */
export const planInPlace: typeof openPlanner = async (sdl, _, mesh) => {
  const { plan, publishedSdl, subgraphs } = await opened(() => openOperationPlanner(sdl, mesh));
  return {
    publishedSdl,
    subgraphs,
    plan: async (question) => planned(() => plan(question)),
    [Symbol.asyncDispose]: async () => {},
  };
};

async function opened(open: () => Promise<OperationPlanner>): Promise<OperationPlanner> {
  try {
    return await open();
  } catch (failure) {
    if (failure instanceof Fault) throw failure;
    throw federating.SUPERGRAPH_REFUSED({ problem: (failure as Error).message.replace(/\.$/, "") });
  }
}

function planned(plan: () => Planned): Planned {
  try {
    return structuredClone(plan());
  } catch (failure) {
    if (failure instanceof Fault) throw failure;
    throw federating.PLANNING_FAILED({ problem: (failure as Error).message }, failure);
  }
}
