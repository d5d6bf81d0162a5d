// Fetches, parts and steps for tests, made of what matters to each of them.
import type { Step } from "../../../gateway/execute/federated/schedule.ts";
import type { Entities, Fetch, Needed } from "../../../gateway/plan/fetch-tree.ts";

export function fetchOf(given: Partial<Fetch> = {}): Fetch {
  return {
    kind: "fetch",
    subgraph: "shop",
    operation: "query",
    operationName: undefined,
    variables: [],
    selection: "{a}",
    receives: [{ name: "a" }],
    at: [],
    outputRewrites: [],
    ...given,
  };
}

export const field = (name: string, needed?: readonly Needed[]): Needed =>
  needed ? { kind: "field", name, needed } : { kind: "field", name };

export const on = (types: readonly string[], ...needed: readonly Needed[]): Needed => ({
  kind: "on",
  types,
  needed,
});

/** Entities of one type, known by the fields of their key. */
export function keyed(type: string, names: readonly string[], given: Partial<Entities> = {}): Entities {
  return {
    needed: [on([type], field("__typename"), ...names.map((name) => field(name)))],
    inputRewrites: [],
    echoes: [],
    context: [],
    ...given,
  };
}

export function stepOf(...fetches: readonly Fetch[]): Step {
  const { subgraph, operation } = fetches[0] as Fetch;
  return {
    subgraph,
    operation,
    parts: fetches.map((fetch) => ({ fetch, at: [fetch.at], apart: false })),
    after: [],
  };
}
