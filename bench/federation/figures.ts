// What a run under load comes to, as figures for one request; and medians over runs.
import { median } from "../report.ts";
import { type LoadOptions, load, quantile } from "./load.ts";
import type { Mesh } from "./mesh.ts";
import { processorMs } from "./process-stat.ts";

export type Figures = {
  /** Of the gateway's process. */
  readonly processorMs: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly subgraphCalls: number;
  /** Sent to subgraphs and got from them. */
  readonly subgraphKb: number;
};

/** The figures of one run, and how many requests it had. */
export async function figuresOf(
  mesh: Mesh,
  { pid, url }: { readonly pid: number; readonly url: string },
  options: LoadOptions,
): Promise<{ readonly requests: number; readonly figures: Figures }> {
  await mesh.takeCounts();
  const spentMs = processorMs(pid);
  const { requests, tookMs, latenciesMs } = await load(url, options);
  const { calls, bytesIn, bytesOut } = await mesh.takeCounts();
  const figures = {
    processorMs: (processorMs(pid) - spentMs) / requests,
    perSecond: (requests * 1_000) / tookMs,
    p50Ms: quantile(latenciesMs, 0.5),
    p99Ms: quantile(latenciesMs, 0.99),
    subgraphCalls: calls / requests,
    subgraphKb: (bytesIn + bytesOut) / requests / 1_000,
  };
  return { requests, figures };
}

export function medians(samples: readonly Figures[]): Figures {
  const middle = (name: keyof Figures) => median(samples.map((sample) => sample[name]));
  return {
    processorMs: middle("processorMs"),
    perSecond: middle("perSecond"),
    p50Ms: middle("p50Ms"),
    p99Ms: middle("p99Ms"),
    subgraphCalls: middle("subgraphCalls"),
    subgraphKb: middle("subgraphKb"),
  };
}
