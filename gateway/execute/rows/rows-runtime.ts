// What operators on rows stand on: the mesh, the subgraphs that are asked, and limits.
import type { KeySet } from "../../plan/condition.ts";
import type { Noted } from "../../plan/explain.ts";
import type { Facts } from "../../plan/facts.ts";
import type { RowsPlan } from "../../plan/rows-plan.ts";
import type { Operator } from "../operator.ts";
import type { Runtime } from "../runtime.ts";
import type { FlatRows } from "./flat-row.ts";
import type { Keys } from "./keys.ts";

/** Row counts that probes found, for a while: they decide how a question is asked, never what it is answered. */
export type Cardinalities = {
  readonly get: (text: string) => number | undefined;
  readonly set: (text: string, count: number) => void;
};

export type RowsRuntime = Pick<Runtime, "subgraphs" | "ask"> & {
  readonly facts: Facts;
  readonly cardinalities: Cardinalities;
  readonly limits: {
    /** Most keys that one domain's rows may give to another's question. */
    readonly keysMax: number;
    /** Most rows of one collection that one node of a plan may ask for. */
    readonly rowsMax: number;
    /** Most requests in which one node's keys are asked for at once. */
    readonly chunksAtOnceMax: number;
  };
};

/** With what compiles the plans that stand in other plans; a key set that stands in several is compiled once. */
export type Asks = RowsRuntime & {
  /** `made` is a plan made while another runs: `standsFor` is the node there that it is a part of. */
  readonly rows: (made: RowsPlan, standsFor?: RowsPlan) => Operator<FlatRows>;
  readonly keys: (keySet: KeySet) => Operator<Keys>;
  /** Takes note of how the node ran that is being compiled, where somebody watches. */
  readonly note?: (noted: Noted) => void;
};
