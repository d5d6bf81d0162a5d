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
  KEY_SET_NOT_BOUND: {
    status: 400,
    audience: "caller",
    text: ({
      collection,
      relationship,
      keys,
      keysMax,
    }: {
      collection: string;
      relationship: string;
      keys: number;
      keysMax: number;
    }) =>
      `${collection} is asked for ${keys} keys beneath ${relationship}; its owner takes at most ${keysMax}, and only he can decide it.`,
    remedy: "Narrow `where`, or raise the collection's `keysMax`.",
  },
  COLLECTION_ROWS_MAX: {
    status: 400,
    audience: "caller",
    text: ({ collection, rowsMax }: { collection: string; rowsMax: number }) =>
      `More than ${rowsMax} rows of ${collection} would have to be brought here to answer this.`,
    remedy: "Narrow `where`, give a `limit`, or raise `operation.rowsMax`.",
  },
  ENTITIES_MISMATCHED: {
    status: 502,
    audience: "caller",
    text: ({ subgraph, problem }: { subgraph: string; problem: string }) =>
      `Subgraph ${subgraph} answered with other entities than it was asked for: ${problem}.`,
    remedy: "Tell the subgraph's owner: `_entities` answers each representation, in order, or null.",
  },
  GROUP_COUNT_TOO_LARGE: {
    status: 400,
    audience: "caller",
    text: ({ aggregate }: { aggregate: string }) => `${aggregate} is more than 2147483647.`,
    remedy: "Narrow `where`, or count by groups.",
  },
  AGGREGATE_OUT_OF_RANGE: {
    status: 400,
    audience: "caller",
    text: ({ aggregate }: { aggregate: string }) =>
      `${aggregate} is of a value that is no number, or is itself not finite or written with more than 38 digits.`,
    remedy: "Narrow `where`, or leave the aggregate out.",
  },
});
