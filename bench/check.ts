// What `weft check` costs in a large mesh: one product of seventy, changed, with all laws and a report of use.
import { strict as assert } from "node:assert";
import { checkProduct } from "../schema/check/check-product.ts";
import type { UseReport } from "../schema/product/use.ts";
import { seventyProducts } from "./check/seventy-products.ts";
import { atMost, type Bench, measured, median } from "./report.ts";

const operations = 5_000;

export const check: Bench = async ({ quick }) => {
  const runs = quick ? 1 : 5;
  const { mine, changed, others } = seventyProducts();
  const now = new Date();
  const product = {
    mine: { ...mine, sdl: changed, version: "1.0.0" },
    others,
    published: { version: "1.0.0", sdl: mine.sdl },
    use: reportOf(now),
    now,
  };
  const costs: number[] = [];
  for (let run = 0; run < runs; run++) {
    const before = process.cpuUsage();
    const { findings, changes } = checkProduct(product);
    const { user, system } = process.cpuUsage(before);
    costs.push((user + system) / 1_000_000);
    assert.deepEqual(
      findings.filter(({ severity }) => severity === "error").map(({ code }) => code),
      ["LAW_VERSION"],
    );
    assert.deepEqual(
      changes.map(({ kind, use }) => [kind, use]),
      [["field removed", "used"]],
    );
  }
  const sdlBytes = [mine, ...others].reduce((sum, { sdl }) => sum + sdl.length, 0);
  const first = costs[0] ?? Number.NaN;
  return {
    rows: [
      measured("subgraphs", others.length + 1, "products of a table each, a reference into another domain"),
      measured("SDL in all", sdlBytes / 1_024, "KiB"),
      measured("operations in the report of use", operations, "of 20 coordinates"),
      measured("the check, first of a process", first, "s of processor time"),
      measured("the check", median(costs), "s of processor time, median"),
    ],
    claims: [atMost("check.seventy", 5, first)],
  };
};

/** Operations that use what is there, a few of them what was removed. */
function reportOf(now: Date): UseReport {
  const at = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString();
  return {
    since: at(60),
    forgotten: 0,
    operations: Array.from({ length: operations }, (_, i) => ({
      client: `client-${i % 20}`,
      operation: { name: `Operation${i}`, hash: String(i).padStart(64, "0") },
      coordinates: Array.from({ length: 20 }, (_, field) => `Thing${(i + field) % 70}.column${field % 10}`),
      firstSeen: at(50),
      lastSeen: at(i % 30),
      count: i,
    })),
  };
}
