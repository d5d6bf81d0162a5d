// From a table to an answer through the gateway that joins it to another domain: a CSV file, and a table of PostgreSQL.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { startPostgres } from "../test/setup/start-postgres.ts";
import { temporaryDirectory } from "../test/setup/temporary-directory.ts";
import { buildWeft } from "./federation/contenders.ts";
import { loungesCsv, loungesQuestion, loungesSql } from "./minute/lounges.ts";
import { type Minute, runMinute } from "./minute/run-minute.ts";
import { startDemo } from "./minute/start-demo.ts";
import { atMost, type Bench, type BenchRow, measured } from "./report.ts";

const secondsMax = 60;

/** The demo mesh is there already: it is not the newcomer's. */
export const minute: Bench = async () => {
  buildWeft();
  const csv = await minuteFrom(async (folder) => {
    await writeFile(join(folder, "lounges.csv"), loungesCsv);
    return "lounges.csv";
  });
  await using server = await startPostgres();
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  await client.query(loungesSql);
  await client.end();
  const postgres = await minuteFrom(async () => `${server.url}/hospitality.lounges`);
  return {
    rows: [...rowsOf("CSV", csv), ...rowsOf("PostgreSQL", postgres)],
    claims: [
      atMost("minute.csv", secondsMax, csv.tookMs / 1_000),
      atMost("minute.postgres", secondsMax, postgres.tookMs / 1_000),
    ],
  };
};

async function minuteFrom(source: (folder: string) => Promise<string>): Promise<Minute> {
  await using mesh = await temporaryDirectory();
  await using folder = await temporaryDirectory();
  await using demo = await startDemo(mesh.path);
  const from = await source(folder.path);
  return await runMinute({ folder: folder.path, name: "lounges", from, ...demo, query: loungesQuestion }); // before the mesh ends
}

function rowsOf(source: string, { steps, tookMs }: Minute): readonly BenchRow[] {
  const rows = steps.map((step) => measured(`${source}: ${step.command}`, step.tookMs / 1_000, "s"));
  return [...rows, measured(`${source}: in all`, tookMs / 1_000, "s")];
}
