// A newcomer's minute: the commands as a person types them, from a table to an answer across domains; no file edited by hand.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { describe, expect, inject, it } from "vitest";
import { loungesCsv, loungesQuestion, loungesSql } from "../../bench/minute/lounges.ts";
import { runMinute } from "../../bench/minute/run-minute.ts";
import { startDemo } from "../../bench/minute/start-demo.ts";
import { temporaryDirectory } from "../setup/temporary-directory.ts";

const secondsMax = 60;

describe("from a table to an answer through the gateway", () => {
  it.each<[string, (folder: string) => Promise<string>]>([
    [
      "a CSV file",
      async (folder) => {
        await writeFile(join(folder, "lounges.csv"), loungesCsv);
        return "lounges.csv";
      },
    ],
    [
      "a table of PostgreSQL",
      async () => {
        const client = new pg.Client({ connectionString: inject("postgresUrl") });
        await client.connect();
        await client.query(loungesSql);
        await client.end();
        return `${inject("postgresUrl")}/hospitality.lounges`;
      },
    ],
  ])(
    "takes a minute at most, from %s",
    async (source, make) => {
      await using folder = await temporaryDirectory();
      const from = await make(folder.path);
      await using directory = await temporaryDirectory();
      await using demo = await startDemo(directory.path);
      const { mesh, url } = demo;
      const minute = await runMinute({
        folder: folder.path,
        name: "lounges",
        from,
        mesh,
        url,
        query: loungesQuestion,
      });
      const steps = minute.steps.map(({ command, tookMs }) => `${command} ${tookMs} ms`);
      process.stdout.write(`from ${source}: ${steps.join(", ")}\n`);
      expect(minute.answer).toEqual({
        lounges: [
          {
            id: 1,
            loungeName: "Harbour",
            airport: { name: "San Francisco International", state: { name: "California" } },
          },
          {
            id: 4,
            loungeName: "Harbour",
            airport: { name: "Los Angeles International", state: { name: "California" } },
          },
        ],
        lounges_groups: [
          { by: { airport: { iata: "LAX" } }, aggregate: { count: 2, sum: { seats: "101" } } },
          { by: { airport: { iata: "OAK" } }, aggregate: { count: 1, sum: { seats: "70" } } },
          { by: { airport: { iata: "SAN" } }, aggregate: { count: 3, sum: { seats: "183" } } },
          { by: { airport: { iata: "SFO" } }, aggregate: { count: 1, sum: { seats: "40" } } },
        ],
      });
      expect(minute.tookMs).toBeLessThan(secondsMax * 1_000);
    },
    120_000,
  );
});
