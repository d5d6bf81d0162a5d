// What keeps the gateway from having a supergraph.
import { faultTable } from "../../schema/product/fault.ts";

export const federating = faultTable({
  NO_SUPERGRAPH: {
    status: 503,
    audience: "caller",
    text: ({ missing }: { missing: readonly string[] }) =>
      `There is no schema yet${missing.length === 0 ? "" : `: no word from ${missing.join(", ")}`}.`,
    remedy: "Ask again shortly; /readyz says what is missing.",
  },
  SUPERGRAPH_REFUSED: {
    status: 500,
    audience: "operator",
    text: ({ problem }: { problem: string }) => `The supergraph cannot be served: ${problem}.`,
    remedy: "Correct the subgraphs; the last good supergraph goes on serving.",
  },
  FEATURES_NOT_ENFORCED: {
    status: 500,
    audience: "operator",
    text: ({ uses }: { uses: readonly string[] }) =>
      `Directives are used that this gateway does not enforce: ${uses.join(", ")}.`,
    remedy: "Remove them, and enforce what they say in the subgraphs or in front of the gateway.",
  },
  DEFER_NOT_YET: {
    status: 400,
    audience: "caller",
    text: ({ directive }: { directive: string }) => `@${directive} is not answered yet.`,
    remedy: "Ask without it: everything is sent in one answer.",
  },
  PLAN_TOO_LARGE: {
    status: 400,
    audience: "caller",
    text: ({ problem }: { problem: string }) => `The operation is too large to be planned: ${problem}.`,
    remedy: "Select less at once, and nest fragments less.",
  },
  PLAN_TIMEOUT: {
    status: 503,
    audience: "caller",
    text: ({ planTimeoutMs }: { planTimeoutMs: number }) =>
      `No plan for the operation was found in ${planTimeoutMs} ms.`,
    remedy: "Ask a smaller operation, or raise `operation.planTimeoutMs`.",
  },
  PLANS_WAITING_MAX: {
    status: 503,
    audience: "caller",
    text: ({ plansWaitingMax }: { plansWaitingMax: number }) =>
      `More than ${plansWaitingMax} new operations wait to be planned.`,
    remedy: "Ask again shortly, or raise `operation.plansWaitingMax`.",
  },
  PLAN_INCOMPLETE: {
    status: 500,
    audience: "caller",
    text: ({ fields }: { fields: readonly string[] }) =>
      `No subgraph can be asked for what the operation selects of ${fields.join(", ")}.`,
    remedy: "Ask for other fields, and have a subgraph made resolve these.",
  },
  PLANNING_FAILED: {
    status: 500,
    audience: "operator",
    text: ({ problem }: { problem: string }) => `The federation planner failed: ${problem}.`,
    remedy: "Look for the operation and the supergraph among the planner's known problems.",
  },
  PLANNER_LOST: {
    status: 503,
    audience: "operator",
    text: ({ problem }: { problem: string }) => `The planning thread ended while it planned: ${problem}.`,
    remedy: "Ask again shortly: another is started.",
  },
  PLANNER_CLOSED: {
    status: 503,
    audience: "caller",
    text: () => "The schema that the operation was asked of is not served any more.",
    remedy: "Ask again.",
  },
});
