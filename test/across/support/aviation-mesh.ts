// The demo mesh with one flight in 150, and the same rows as tables for the oracle.
import { fileURLToPath } from "node:url";
import { duckdb, sql, startPort } from "weft/sdk";
import { airports } from "../../../subgraphs/airports/product.ts";
import { flights } from "../../../subgraphs/flights/product.ts";
import { places } from "../../../subgraphs/places/product.ts";
import { usStates } from "../../../subgraphs/places/us-states.ts";
import { loadStrikes } from "../../../subgraphs/safety/load-strikes.ts";
import { safety } from "../../../subgraphs/safety/product.ts";
import type { Mesh } from "./trade-mesh.ts";

const source = (name: string) =>
  fileURLToPath(new URL(`../data/${name}`, import.meta.resolve("vega-datasets")));
const countriesJson = fileURLToPath(new URL("countries.json", import.meta.resolve("world-countries")));

/** 20,000 flights of the 3,000,000. */
const someFlights = [
  sql`create table flights as
    select (file_row_number + 1)::integer as id, date, delay::integer as delay, distance::integer as distance, origin, destination
    from read_parquet(${source("flights-3m.parquet")}, file_row_number = true) where file_row_number % 150 = 0`,
];

/** The products' tables once more, in one place. */
export const aviationTables: readonly string[] = [
  ...someFlights,
  ...loadStrikes,
  sql`create table airports as
    select iata, name, nullif(city, 'NA') as city, latitude::double as latitude, longitude::double as longitude,
      nullif(state, 'NA') as state,
      case country when 'USA' then 'US' when 'N Mariana Islands' then 'MP' when 'Federated States of Micronesia' then 'FM'
        when 'Palau' then 'PW' when 'Thailand' then 'TH' end as country
    from read_csv(${source("airports.csv")}, header = true, all_varchar = true, nullstr = '', parallel = false)`,
  sql`create table countries as
    select cca2 as code, name.common as name, nullif(region, '') as region, nullif(subregion, '') as subregion, area
    from read_json(${countriesJson})`,
  "create table states (code varchar, name varchar, country varchar)",
  ...usStates.map(([code, name]) => sql`insert into states values (${code}, ${name}, 'US')`),
];

export async function aviationMesh(): Promise<Mesh> {
  const ports = await Promise.all([
    startPort(flights, { engine: duckdb({ load: someFlights, memoryMax: "128MB" }) }),
    startPort(airports),
    startPort(places),
    startPort(safety),
  ]);
  const names = [flights, airports, places, safety].map(({ id }) => id);
  return {
    subgraphs: Object.fromEntries(ports.map(({ url }, i) => [names[i] as string, `${url}/graphql`])),
    [Symbol.asyncDispose]: async () => {
      await Promise.all(ports.map((port) => port[Symbol.asyncDispose]()));
    },
  };
}
