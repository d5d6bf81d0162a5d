// What can go wrong while a plan runs, beyond what a fetch itself says.
import { faultTable } from "../../schema/product/fault.ts";

export const executing = faultTable({
  KEY_SET_MAX: {
    status: 400,
    audience: "caller",
    text: ({ column, keys, keysMax }: { column: string; keys: number; keysMax: number }) =>
      `The rows of this question have ${keys} different values of ${column}, and at most ${keysMax} are bound.`,
    remedy: "Narrow `where`, or raise `operation.keysMax`.",
  },
  ENTITIES_MISMATCHED: {
    status: 502,
    audience: "caller",
    text: ({ subgraph, problem }: { subgraph: string; problem: string }) =>
      `Subgraph ${subgraph} answered with other entities than it was asked for: ${problem}.`,
    remedy: "Tell the subgraph's owner: `_entities` answers each representation, in order, or null.",
  },
});
