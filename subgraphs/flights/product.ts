// Flights: every US domestic flight of the first half of 2001, as a data product.
import { fileURLToPath } from "node:url";
import { defineProduct, duckdb, sql } from "weft/sdk";

const parquet = fileURLToPath(new URL("../data/flights-3m.parquet", import.meta.resolve("vega-datasets")));

export const flights = defineProduct({
  id: "flights",
  version: "1.0.0",
  domain: "operations",
  owner: "Flight Operations",
  contact: "flight-operations@weft.example",
  contract: "flights-contract",
  freshness: { slo: "P1D" },
  engine: duckdb({
    load: [
      // In file order, which is the order of departure: the row's number is its id.
      sql`create table flights as
        select (file_row_number + 1)::integer as id, date, delay::integer as delay, distance::integer as distance,
          origin, destination
        from read_parquet(${parquet}, file_row_number = true)`,
    ],
  }),
  neighbours: { Airport: { iata: "String" } },
  entities: {
    Flight: {
      description:
        "A scheduled passenger flight between two airports of the United States, January to June 2001.",
      collection: "flights",
      key: ["id"],
      watermark: { column: "date" },
      columns: {
        id: { type: "Int!", description: "Number of the flight in order of departure, from 1." },
        date: { type: "LocalDateTime!", description: "Scheduled departure on the clock of the origin." },
        delay: { type: "Int!", description: "Minutes late on arrival; negative = early." },
        distance: { type: "Int!", description: "Great-circle distance in statute miles." },
      },
      references: {
        origin: {
          entity: "Airport",
          key: { iata: "origin" },
          description: "Where it left.",
          inverse: { field: "departures", description: "Flights that left here." },
        },
        destination: {
          entity: "Airport",
          key: { iata: "destination" },
          description: "Where it was bound.",
          inverse: { field: "arrivals", description: "Flights that were bound here." },
        },
      },
    },
  },
});

export { flights as product };
