// Airports: the airports of the United States and four beyond, as a data product.
import { fileURLToPath } from "node:url";
import { defineProduct, duckdb, sql } from "weft/sdk";

const airportsCsv = fileURLToPath(new URL("../data/airports.csv", import.meta.resolve("vega-datasets")));

export const airports = defineProduct({
  id: "airports",
  version: "1.0.0",
  domain: "infrastructure",
  owner: "Airport Registry",
  contact: "airport-registry@weft.example",
  contract: "airports-contract",
  freshness: { slo: "P7D" },
  engine: duckdb({
    memoryMax: "128MB",
    load: [
      // 'NA' means "not available" in the source; its five names of countries become ISO 3166-1 alpha-2 codes.
      sql`create table airports as
        select iata, name, nullif(city, 'NA') as city, latitude, longitude, nullif(state, 'NA') as state,
          map { 'USA': 'US', 'N Mariana Islands': 'MP', 'Federated States of Micronesia': 'FM', 'Palau': 'PW',
            'Thailand': 'TH' }[country] as country
        from read_csv(${airportsCsv}, header = true, parallel = false, nullstr = '', columns = { iata: 'VARCHAR',
          name: 'VARCHAR', city: 'VARCHAR', state: 'VARCHAR', country: 'VARCHAR', latitude: 'DOUBLE',
          longitude: 'DOUBLE' })`,
    ],
  }),
  neighbours: { State: { code: "String" }, Country: { code: "String" } },
  entities: {
    Airport: {
      description: "An airport by its IATA code or, where it has none, its FAA identifier.",
      collection: "airports",
      key: ["iata"],
      columns: {
        iata: { type: "String!", description: "IATA code or FAA identifier, such as `SFO`." },
        name: { type: "String!", description: "Name as published; spaces are the source's." },
        city: { type: "String", description: "City it serves; null where not available." },
        latitude: { type: "Float!", description: "Degrees north, as published." },
        longitude: { type: "Float!", description: "Degrees east, as published." },
      },
      references: {
        state: {
          entity: "State",
          key: { code: "state" },
          description: "The state it lies in; null where not available.",
          inverse: { field: "airports", description: "Airports in this state." },
        },
        country: {
          entity: "Country",
          key: { code: "country" },
          description: "The country it lies in.",
          inverse: { field: "airports", description: "Airports in this country." },
        },
      },
    },
  },
});

export { airports as product };
