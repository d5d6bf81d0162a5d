// The demo mesh's tables once more, in one place.
import { fileURLToPath } from "node:url";
import { sql } from "weft/sdk";
import { usStates } from "../../subgraphs/places/us-states.ts";

const source = (name: string) =>
  fileURLToPath(new URL(`../data/${name}`, import.meta.resolve("vega-datasets")));

export const aviationTables: readonly string[] = [
  sql`create table flights as
    select (file_row_number + 1)::integer as id, date, delay::integer as delay, distance::integer as distance, origin, destination
    from read_parquet(${source("flights-3m.parquet")}, file_row_number = true)`,
  sql`create table airports as select iata, name, nullif(state, 'NA') as state
    from read_csv(${source("airports.csv")}, header = true, all_varchar = true, nullstr = '', parallel = false)`,
  "create table states (code varchar, name varchar)",
  ...usStates.map(([code, name]) => sql`insert into states values (${code}, ${name})`),
];
