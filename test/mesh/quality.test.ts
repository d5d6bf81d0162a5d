// The quality rules of the demo's contracts on the whole mesh, and what they measure, asked of the sources in SQL.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, inject, it } from "vitest";
import { productSdl } from "weft/sdk";
import { testProduct } from "../../cli/test/test-product.ts";
import { declaredIn } from "../../schema/contract/generate-contract.ts";
import { readContract } from "../../schema/contract/read-contract.ts";
import type { QualityReport } from "../../schema/product/quality.ts";
import { airports } from "../../subgraphs/airports/product.ts";
import { flights } from "../../subgraphs/flights/product.ts";
import { places } from "../../subgraphs/places/product.ts";
import { safety } from "../../subgraphs/safety/product.ts";
import { root } from "../setup/weft-process.ts";
import { openSources } from "./support/sources.ts";

async function reportOf(product: typeof flights): Promise<QualityReport> {
  const file = join(root, "subgraphs", product.id, "contract.odcs.yaml");
  const { contract } = readContract({ subgraph: product.id, file, text: await readFile(file, "utf8") });
  const { report } = await testProduct(
    {
      declared: declaredIn({ name: product.id, sdl: productSdl(product) }),
      contract,
      portUrl: inject("productUrls")[product.id] as string,
      gatewayUrl: `${inject("meshUrl")}/graphql`,
    },
    { signal: new AbortController().signal, timeoutMs: 60_000, kitBudgetMs: undefined },
  );
  return report;
}

describe("the demo's products", () => {
  it.each([
    flights,
    airports,
    places,
    safety,
  ])("$id passes its rules, but for the age of what ended long ago", async (product) => {
    const { rules } = await reportOf(product);
    expect(rules.length).toBeGreaterThan(10);
    const wanting = rules.filter(({ outcome }) => outcome !== "passed");
    for (const { id, outcome, severity } of wanting)
      expect([id, outcome, severity]).toEqual([expect.stringMatching(/\.freshness$/), "failed", "warning"]);
    expect(wanting.length).toBe(["flights", "safety"].includes(product.id) ? 1 : 0);
  }, 120_000);
});

it("measures what SQL does on three million flights", async () => {
  await using sources = await openSources();
  const { rules } = await reportOf(flights);
  const measured = Object.fromEntries(rules.map(({ id, value, rowsChecked }) => [id, [value, rowsChecked]]));
  const [flown] = await sources.ask(`
    select count(*) as n, count(*) - count(distinct (date, delay, distance, origin, destination)) as repeated,
      count(*) filter (where origin not in (select iata from airports)) as lost,
      count(*) filter (where length(destination) <> 3) as odd
    from flights`);
  const count = Number(flown?.n);
  expect(measured["Flight.complete"]).toEqual([String(count), count]);
  expect(measured["Flight.repeated"]).toEqual([String(flown?.repeated), count]);
  expect(measured["Flight.origin.reference"]).toEqual([String(flown?.lost), count]);
  expect(measured["Flight.destination_iata.code"]).toEqual([String(flown?.odd), count]);
}, 120_000);
