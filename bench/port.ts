// What the port adds: a list of 10,000 rows and an aggregate over HTTP, beside the same SQL by the bare driver.
import { strict as assert } from "node:assert";
import { Agent, request } from "node:http";
import { DuckDBInstance } from "@duckdb/node-api";
import { defineProduct, duckdb, startPort } from "weft/sdk";
import { atMost, type Bench, measured, median } from "./report.ts";

const rows = 10_000;
const threads = 2;

/** Three columns that JSON has by itself, one short text, and two that are written as text: BigInt and DateTime. */
const table = `create table parcels as select
  i::integer as id,
  ((i * 7919) % 5000)::integer as weight,
  'parcel no. ' || i || ' to ' || chr(65 + (i % 26)::integer) as label,
  (i % 97)::varchar as depot,
  9007199254740993 + i * 1000003 as serial,
  timestamptz '2024-01-01 00:00:00Z' + to_seconds(i * 61) as scanned
  from range(1, ${rows + 1}) as numbers(i)`;

const parcels = defineProduct({
  id: "parcels",
  version: "1.0.0",
  domain: "bench",
  owner: "Bench",
  contact: "bench@weft.example",
  freshness: { slo: "P1D" },
  engine: duckdb({ load: [table], threads }),
  entities: {
    Parcel: {
      description: "A parcel.",
      collection: "parcels",
      key: ["id"],
      columns: {
        id: { type: "Int!", description: "Number." },
        weight: { type: "Int", description: "Grams." },
        label: { type: "String", description: "What it says." },
        depot: { type: "String", description: "Where it is." },
        serial: { type: "BigInt", description: "A number beyond 2^53." },
        scanned: { type: "DateTime", description: "When it was seen last." },
      },
    },
  },
});

const list = {
  query: "{ parcels { id weight label depot serial scanned } }",
  sql: "select id, weight, label, depot, serial, scanned from parcels order by id",
};

const aggregate = {
  query:
    "{ parcels_aggregate(where: { weight: { _gte: 100 } }) { aggregate { count avg { weight } max { serial } } } }",
  sql: "select count(*)::integer as count, avg(weight) as weight, max(serial) as serial from parcels where weight >= 100",
};

export const port: Bench = async ({ quick }) => {
  const runs = quick ? 30 : 150;
  const bare = await openBareDriver();
  await using listening = await startPort(parcels);
  using asked = openCaller(`${listening.url}/graphql`);

  const lists = { bare: () => bare(list.sql), port: () => asked.post(list.query) };
  const aggregates = { bare: () => bare(aggregate.sql), port: () => asked.post(aggregate.query) };
  assert.deepEqual(JSON.parse(await lists.port()).data.parcels, bareParcels(await lists.bare()));
  const { count, avg, max } = JSON.parse(await aggregates.port()).data.parcels_aggregate.aggregate;
  assert.deepEqual([{ count, weight: avg.weight, serial: max.serial }], JSON.parse(await aggregates.bare()));

  const listed = await interleaved(lists, runs);
  const counted = await interleaved(aggregates, runs);
  const added = counted.port.tookMs - counted.bare.tookMs;
  return {
    rows: [
      measured(`${rows} rows by the bare driver, and JSON.stringify`, listed.bare.tookMs, "ms, median"),
      measured("the list at the port over HTTP", listed.port.tookMs, "ms, median", listed.bare.tookMs),
      measured("the list's processor time, caller's included", listed.port.cpuMs, "ms", listed.bare.cpuMs),
      measured("an aggregate by the bare driver", counted.bare.tookMs, "ms, median"),
      measured("the aggregate at the port over HTTP", counted.port.tookMs, "ms, median", counted.bare.tookMs),
      measured("the aggregate's processor time", counted.port.cpuMs, "ms", counted.bare.cpuMs),
    ],
    claims: [
      atMost("port.list-overhead", 2, listed.port.tookMs / listed.bare.tookMs),
      atMost("port.aggregate-added-ms", 5, added),
    ],
  };
};

type Work = () => Promise<unknown>;
type Cost = { readonly tookMs: number; readonly cpuMs: number };

/** In turns, so that both meet the same machine; the first ten turns only warm up. */
async function interleaved(
  work: { readonly bare: Work; readonly port: Work },
  runs: number,
): Promise<{ readonly bare: Cost; readonly port: Cost }> {
  const costs = { bare: [] as Cost[], port: [] as Cost[] };
  for (let run = 0; run < runs + 10; run++)
    for (const name of ["bare", "port"] as const) {
      const cost = await costOf(work[name]);
      if (run >= 10) costs[name].push(cost);
    }
  return { bare: medians(costs.bare), port: medians(costs.port) };
}

async function costOf(work: Work): Promise<Cost> {
  const before = process.cpuUsage();
  const startedMs = performance.now();
  await work();
  const tookMs = performance.now() - startedMs;
  const { user, system } = process.cpuUsage(before);
  return { tookMs, cpuMs: (user + system) / 1_000 };
}

/** Processor time as a mean: it is counted in steps too coarse for a median of short work. */
function medians(costs: readonly Cost[]): Cost {
  const cpuMs = costs.reduce((sum, cost) => sum + cost.cpuMs, 0) / costs.length;
  return { tookMs: median(costs.map(({ tookMs }) => tookMs)), cpuMs };
}

/** By the driver's fastest way to rows that JSON can hold; casting in SQL and taking them as they are is slower. */
async function openBareDriver(): Promise<(sql: string) => Promise<string>> {
  const instance = await DuckDBInstance.create(":memory:", { threads: String(threads) });
  const connection = await instance.connect();
  await connection.run("set timezone = 'UTC'");
  await connection.run(table);
  return async (sql) => JSON.stringify((await connection.runAndReadAll(sql)).getRowObjectsJson());
}

/** The driver's spelling of times is its own: `2024-01-01 00:01:01+00`. */
function bareParcels(text: string): unknown {
  const spelt = (scanned: string) => scanned.replace(" ", "T").replace(/\+00$/, "Z");
  return JSON.parse(text, (key, value) => (key === "scanned" ? spelt(value) : value));
}

/** A caller with one connection that takes bodies as text. */
function openCaller(url: string): Disposable & { readonly post: (query: string) => Promise<string> } {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const post = (query: string) =>
    new Promise<string>((resolve, reject) => {
      const headers = { "content-type": "application/json" };
      const asking = request(url, { method: "POST", headers, agent }, (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("end", () => resolve(Buffer.concat(parts).toString()));
        response.on("error", reject);
      });
      asking.on("error", reject);
      asking.end(JSON.stringify({ query }));
    });
  return { post, [Symbol.dispose]: () => agent.destroy() };
}
