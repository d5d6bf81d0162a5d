// Long key sets: what they take of the gateway's time and memory.
import { memoryMb } from "../federation/process-stat.ts";
import { ask, assertSame, rowsOf } from "./ask.ts";
import type { OneDuckDB } from "./one-duckdb.ts";
import { startGateway } from "./start-gateway.ts";
import type { Mesh } from "./start-mesh.ts";
import { timed } from "./timing.ts";

export type KeySetMeasured = {
  readonly what: string;
  readonly tookMs: number;
  /** Of a gateway that was asked nothing else. */
  readonly peakMb: number;
};

/** Of each million rows, how many are left: at scale 1 there are 1,500,000 orders. */
const keySets = [
  { what: "100,000 keys", there: 66_667, here: 1_000_000 },
  { what: "1,000,000 keys", there: 666_667, here: 1_000_000 },
  { what: "1,000,000 keys, turned round", there: 666_667, here: 1_000 },
];

/** @throws Error where an answer is another than the statement's */
export async function measureKeySets(mesh: Mesh, one: OneDuckDB): Promise<readonly KeySetMeasured[]> {
  const measurements: KeySetMeasured[] = [];
  for (const { what, here, there } of keySets) {
    await using gateway = await startGateway(mesh, { deadlineMs: 120_000 });
    const narrowed = here < 1_000_000 ? `score: { _lt: ${here} }, ` : "";
    const query = `{ lineItems_aggregate(where: { ${narrowed}purchase: { score: { _lt: ${there} } } }) { aggregate { count sum { quantity } } } }`;
    const sql = `select count(*)::integer, sum(quantity) from line_items join orders on number = purchase
      where line_items.score < ${here} and orders.score < ${there}`;
    let rows: ReturnType<typeof rowsOf> = [];
    const tookMs = await timed(async () => {
      rows = rowsOf((await ask(gateway.url, { query })).data);
    });
    assertSame(what, rows, await one.ask(sql));
    measurements.push({ what, tookMs, peakMb: memoryMb(gateway.pid).peak });
  }
  return measurements;
}
