// A supergraph in service: its prepared operations, and its end once the last request has left it.
import type { Config } from "../config.ts";
import { openJsonWriter } from "../execute/json-writer.ts";
import type { Supergraph } from "../federation/supergraph.ts";
import type { Subgraphs } from "../fetch/open-subgraphs.ts";
import type { Rule } from "../plan/rule.ts";
import type { JoinCache } from "../remember/join-cache.ts";
import { type Remembered, rememberSupergraph } from "../remember/remember-supergraph.ts";
import { openAcross } from "./open-across.ts";
import { type Operations, openOperations } from "./prepare.ts";

export type ServeDependencies = Pick<Subgraphs, "ask" | "keep"> & {
  /** By which questions across domains are planned; left out = all. None changes an answer. */
  readonly rules?: readonly Rule[] | undefined;
  /** Left out = nothing is remembered. */
  readonly cache?: JoinCache | undefined;
};

export type Served = {
  readonly supergraph: Supergraph;
  readonly products: Remembered["products"];
  readonly operations: Operations;
  /** Keeps the supergraph for the time that the work takes. */
  readonly during: <T>(work: () => Promise<T>) => Promise<T>;
  /** Takes no new work; lets the subgraphs go and disposes the supergraph when what is under way has ended. */
  readonly retire: () => Promise<void>;
};

export function serveSupergraph(
  { ask, keep, rules, cache }: ServeDependencies,
  supergraph: Supergraph,
  { operation, fetch }: Pick<Config, "operation" | "fetch">,
): Served {
  const { publishedSchema: schema, subgraphs } = supergraph;
  const limits = { ...operation, representationsMax: fetch.representationsMax };
  const remembered = rememberSupergraph({ cache, ask }, supergraph);
  const { recall } = remembered;
  const runtime = openAcross(
    {
      schema,
      subgraphs,
      ask: remembered.ask,
      ...(recall && { recall }),
      limits,
      out: openJsonWriter(),
    },
    { supergraph, rules },
    operation,
  );
  const release = keep(subgraphs);
  const operations = openOperations({ supergraph, runtime, remembered }, operation);
  let underway = 0;
  let ended: (() => void) | undefined;
  return {
    supergraph,
    products: remembered.products,
    operations,
    during: async (work) => {
      underway++;
      try {
        return await work();
      } finally {
        underway--;
        if (underway === 0) ended?.();
      }
    },
    retire: async () => {
      if (underway > 0)
        await new Promise<void>((resolve) => {
          ended = resolve;
        });
      await release();
      await supergraph[Symbol.asyncDispose]();
    },
  };
}
