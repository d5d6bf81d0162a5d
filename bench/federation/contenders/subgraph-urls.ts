// Where the subgraphs listen, as the bench tells it to contenders that do not read it from the supergraph.

/** Subgraph name → URL. */
export function subgraphUrls(): Readonly<Record<string, string>> {
  return JSON.parse(process.env.WEFT_BENCH_SUBGRAPHS ?? "{}");
}
