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
});
