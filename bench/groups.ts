// Groups over 3,000,000 flights: through the gateway, at the port, and the same SQL by the bare driver.
import { strict as assert } from "node:assert";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DuckDBInstance } from "@duckdb/node-api";
import { startPort } from "weft/sdk";
import { configSchema } from "../gateway/config.ts";
import { spoken } from "../gateway/federation/compose-thread.ts";
import { startGateway } from "../gateway/main.ts";
import type { Listening } from "../http/listen.ts";
import { compose } from "../schema/compose/compose.ts";
import { flights } from "../subgraphs/flights/product.ts";
import { atMost, type Bench, measured, median } from "./report.ts";

const question = `{
  flights_groups(
    where: { distance: { _gte: 500 } }
    having: { count: { _gt: 1000 } }
    order_by: [{ aggregate: { avg: { delay: desc } } }]
    limit: 10
  ) { by { date_month destination { iata } } aggregate { count avg { delay } } }
}`;

const sql = `select date_month::varchar as date_month, * exclude (date_month) from (
    select date_trunc('month', date)::date as date_month, destination, count(*)::integer as count, avg(delay) as delay
    from flights where distance >= 500 group by all having count(*) > 1000
    order by delay desc, date_month, destination limit 10)`;

type Group = {
  readonly by: { readonly date_month: string; readonly destination: { readonly iata: string } };
  readonly aggregate: { readonly count: number; readonly avg: { readonly delay: number } };
};

export const groups: Bench = async ({ quick }) => {
  const runs = quick ? 10 : 30;
  const bare = await openBareDriver();
  await using port = await startPort(flights);
  await using gateway = await openGateway(port.url);

  const expected = await bare();
  const asked = { port: () => ask(port.url), gateway: () => ask(gateway.url) };
  for (const answer of [await asked.port(), await asked.gateway()]) assert.deepEqual(answer, expected);

  // Interleaved, so that all three meet the same machine.
  const tookMs = { bare: [] as number[], port: [] as number[], gateway: [] as number[] };
  for (let run = 0; run < runs; run++) {
    tookMs.bare.push(await timed(bare));
    tookMs.port.push(await timed(asked.port));
    tookMs.gateway.push(await timed(asked.gateway));
  }
  const baseline = median(tookMs.bare);
  return {
    rows: [
      measured("the SQL by the bare driver, 2 threads", baseline, "ms, median"),
      measured("flights_groups at the port over HTTP", median(tookMs.port), "ms, median", baseline),
      measured("flights_groups through the gateway", median(tookMs.gateway), "ms, median", baseline),
    ],
    claims: [atMost("groups.three-million", 500, median(tookMs.gateway))],
  };
};

async function openBareDriver(): Promise<() => Promise<unknown>> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "2" });
  const connection = await instance.connect();
  const parquet = fileURLToPath(new URL("../data/flights-3m.parquet", import.meta.resolve("vega-datasets")));
  await connection.run(
    `create table flights as select date, delay::integer as delay, distance::integer as distance, destination from read_parquet('${parquet}')`,
  );
  return async () => (await connection.runAndReadAll(sql)).getRowObjectsJS();
}

async function openGateway(url: string): Promise<Listening> {
  const config = configSchema.parse({
    subgraphs: [{ name: "flights", url: `${url}/graphql` }],
    server: { port: 0 },
    schema: { stateDirectory: await mkdtemp(join(tmpdir(), "weft-bench-")) },
    console: { enabled: false },
    admin: { enabled: false },
  });
  const composeHere = async (...args: Parameters<typeof compose>) => spoken(compose(...args));
  const gateway = await startGateway({ observe: () => {}, compose: composeHere }, config, { kind: "mesh" });
  while ((await fetch(`${gateway.url}/readyz`)).status !== 200)
    await new Promise((next) => setTimeout(next, 50));
  return gateway;
}

async function ask(url: string): Promise<unknown> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: question }),
  });
  const { data } = (await response.json()) as { data: { flights_groups: readonly Group[] } };
  return data.flights_groups.map(({ by, aggregate }) => ({
    date_month: by.date_month,
    destination: by.destination.iata,
    count: aggregate.count,
    delay: aggregate.avg.delay,
  }));
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}
