// Places: the states and countries that other domains refer to, as a data product of two entities.
import { fileURLToPath } from "node:url";
import { defineProduct, duckdb, sql } from "weft/sdk";
import { usStates } from "./us-states.ts";

const countriesJson = fileURLToPath(new URL("countries.json", import.meta.resolve("world-countries")));

export const places = defineProduct({
  id: "places",
  version: "1.0.0",
  domain: "reference",
  owner: "Reference Data",
  contact: "reference-data@weft.example",
  contract: "places-contract",
  freshness: { slo: "P30D" },
  engine: duckdb({
    memoryMax: "128MB",
    load: [
      // An empty subregion and an area of -1 mean "unknown" in the source.
      sql`create table countries as
        select cca2 as code, name.common as name, nullif(region, '') as region, nullif(subregion, '') as subregion,
          nullif(area, -1) as area
        from read_json(${countriesJson}, columns = { cca2: 'VARCHAR', name: 'STRUCT(common VARCHAR)',
          region: 'VARCHAR', subregion: 'VARCHAR', area: 'DOUBLE' })`,
      "create table states (code varchar, name varchar, country varchar)",
      ...usStates.map(([code, name]) => sql`insert into states values (${code}, ${name}, 'US')`),
    ],
  }),
  entities: {
    State: {
      description: "A state or territory of the United States.",
      collection: "states",
      key: ["code"],
      columns: {
        code: { type: "String!", description: "Postal code, such as `CA`." },
        name: { type: "String!", description: "English name." },
      },
      references: {
        country: {
          entity: "Country",
          key: { code: "country" },
          required: true,
          description: "The country it belongs to.",
          inverse: {
            field: "states",
            description: "Its states and territories, as far as airports name them.",
          },
        },
      },
    },
    Country: {
      description: "A country or territory with a code of its own (ISO 3166-1).",
      collection: "countries",
      key: ["code"],
      columns: {
        code: { type: "String!", description: "ISO 3166-1 alpha-2 code, such as `US`." },
        name: { type: "String!", description: "Common English name." },
        region: { type: "String", description: "Continent." },
        subregion: { type: "String", description: "Part of the continent; null where the source has none." },
        area: { type: "Float", description: "Land area in square kilometres; null where unknown." },
      },
    },
  },
});

export { places as product };
