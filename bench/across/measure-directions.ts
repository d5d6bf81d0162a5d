// Where either side may be the selective one: how good is the direction that is taken?
import { ask, assertSame, type Question, rowsOf } from "./ask.ts";
import { startGateway } from "./start-gateway.ts";
import type { Mesh } from "./start-mesh.ts";
import { timed } from "./timing.ts";

export type DirectionMeasured = {
  /** Of a million rows, those that are left at either side. Times are the least of some turns: what nobody disturbed. */
  readonly here: number;
  readonly there: number;
  readonly foreignMs: number;
  readonly localMs: number;
  /** With the choice; the counts of its probes are remembered. */
  readonly chosenMs: number;
  /** The first time, probes asked. */
  readonly firstMs: number;
};

/** To one row, and to many. */
const workloads = [
  `query ($here: Int!, $there: Int!) { lineItems_aggregate(where: { score: { _lt: $here }, purchase: { score: { _lt: $there } } }) {
    aggregate { count sum { quantity } } } }`,
  `query ($here: Int!, $there: Int!) { orders_aggregate(where: { score: { _lt: $here }, lineItems: { score: { _lt: $there } } }) {
    aggregate { count sum { total } } } }`,
];

/** @throws Error where the directions' answers differ */
export async function measureDirections(mesh: Mesh, pairs: number): Promise<readonly DirectionMeasured[]> {
  await using chosen = await startGateway(mesh, { rules: "all" });
  await using foreign = await startGateway(mesh, { rules: "foreign first" });
  await using local = await startGateway(mesh, { rules: "local first" });
  const gateways = { chosen, foreign, local };
  const random = dice(20_011);
  /** One of a million to all of them, each magnitude as likely. */
  const selectivity = () => Math.round(1e6 * 10 ** (-4 * random()));
  for (const query of workloads)
    for (const { url } of Object.values(gateways))
      for (let turn = 0; turn < 20; turn++)
        await ask(url, { query, variables: { here: 1000 + turn, there: 1000 } });

  const measurements: DirectionMeasured[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    const variables = { here: selectivity(), there: selectivity() };
    const question: Question = { query: workloads[pair % workloads.length] as string, variables };
    const firstMs = await timed(() => ask(chosen.url, question));
    const expected = rowsOf((await ask(foreign.url, question)).data);
    assertSame("local first", rowsOf((await ask(local.url, question)).data), expected);
    assertSame("chosen", rowsOf((await ask(chosen.url, question)).data), expected);
    const tookMs = { chosen: [] as number[], foreign: [] as number[], local: [] as number[] };
    for (let turn = 0; turn < (firstMs < 200 ? 9 : 5); turn++)
      for (const name of ["foreign", "chosen", "local"] as const)
        tookMs[name].push(await timed(() => ask(gateways[name].url, question)));
    const { here, there } = variables;
    const [foreignMs, localMs] = [Math.min(...tookMs.foreign), Math.min(...tookMs.local)];
    measurements.push({ here, there, foreignMs, localMs, chosenMs: Math.min(...tookMs.chosen), firstMs });
  }
  return measurements;
}

/** Uniform numbers from 0 to 1, the same each time (mulberry32). */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
