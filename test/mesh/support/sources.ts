// The sources of the demo mesh as plain tables of their own: what its answers are compared with.
import { fileURLToPath } from "node:url";
import { DuckDBInstance } from "@duckdb/node-api";
import { usStates } from "../../../subgraphs/places/us-states.ts";

export type Sources = AsyncDisposable & {
  /** Rows by the names of their columns, as JSON has them. */
  readonly ask: (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;
};

const data = new URL("../data/", import.meta.resolve("vega-datasets"));
const path = (name: string) => `'${fileURLToPath(new URL(name, data))}'`;
const csv = (name: string) => `read_csv(${path(name)}, header = true, all_varchar = true, parallel = false)`;

const tables = [
  `create view flights as select file_row_number as row, * from read_parquet(${path("flights-3m.parquet")}, file_row_number = true)`,
  `create table airports as select * replace (latitude::double as latitude, longitude::double as longitude)
    from ${csv("airports.csv")}`,
  `create table strikes as select * from ${csv("birdstrikes.csv")}`,
  `create table countries as select * from read_json('${fileURLToPath(
    new URL("countries.json", import.meta.resolve("world-countries")),
  )}')`,
  `create table states as select * from (values ${usStates.map((state) => `('${state.join("', '")}')`).join(", ")})
    as states(code, name)`,
];

export async function openSources(): Promise<Sources> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "2" });
  const connection = await instance.connect();
  for (const table of tables) await connection.run(table);
  return {
    ask: async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJson(),
    [Symbol.asyncDispose]: async () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
