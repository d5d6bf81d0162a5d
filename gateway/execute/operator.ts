// The operator: a compiled node of a plan, run once for every request.
import type { Asking } from "../fetch/open-subgraphs.ts";

/** One request as operators see it: who asks, until when, and with which variables. */
export type Running = {
  readonly asking: Asking;
  /** As the caller gave them. */
  readonly variables: Readonly<Record<string, unknown>>;
};

export type Operator<Out> = (running: Running) => Promise<Out>;
