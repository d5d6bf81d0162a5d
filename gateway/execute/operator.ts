// The operator: a compiled node of a plan, run once for every request.
import type { Asking } from "../fetch/open-subgraphs.ts";
import type { FlatRows } from "./rows/flat-row.ts";
import type { Keys } from "./rows/keys.ts";
import type { Watch } from "./watch.ts";

/** One request as operators see it: who asks, until when, and with which variables. */
export type Running = {
  readonly asking: Asking;
  /** As the caller gave them. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** The same coerced, once whoever had to know them has done it. */
  readonly coerced?: Readonly<Record<string, unknown>>;
  /** The keys that a lookup asks for, while what it asks runs. */
  readonly given?: Keys;
  /** Rows that were brought already, for a plan that begins with them. */
  readonly here?: FlatRows;
  /** Of a question that is to be explained. */
  readonly watch?: Watch;
};

export type Operator<Out> = (running: Running) => Promise<Out>;
