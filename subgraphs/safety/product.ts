// Safety: collisions of aircraft with birds and other wildlife, as a data product.
import { defineProduct, duckdb } from "weft/sdk";
import { loadStrikes } from "./load-strikes.ts";

export const safety = defineProduct({
  id: "safety",
  version: "1.0.0",
  domain: "safety",
  owner: "Aviation Safety",
  contact: "aviation-safety@weft.example",
  contract: "safety-contract",
  freshness: { slo: "P1D" },
  engine: duckdb({ memoryMax: "128MB", load: loadStrikes }),
  neighbours: { Airport: { iata: "String" }, State: { code: "String" } },
  entities: {
    Strike: {
      description: "A reported collision of an aircraft with wildlife, 1990 to 2002.",
      collection: "strikes",
      key: ["id"],
      watermark: { column: "date" },
      columns: {
        id: { type: "Int!", description: "Number of the report in the source's order, from 1." },
        date: { type: "Date!", description: "Day of the flight." },
        species: { type: "String", description: "Species, as far as it was recognised." },
        size: { type: "String", description: "Size of the animal: Small, Medium or Large." },
        phase: { type: "String", description: "Phase of the flight, such as Approach." },
        damage: {
          type: "String",
          description:
            "Effect on the aircraft: `None`, Minor, Medium, Substantial; `B` and `C` are the source's.",
        },
        cost: { type: "BigInt", description: "Total cost in US dollars." },
        speed: { type: "Int", description: "Indicated airspeed in knots; null where not reported." },
      },
      references: {
        airport: {
          entity: "Airport",
          key: { iata: "airport" },
          description: "Where it happened; null where the reported name matches no airport of the registry.",
          inverse: { field: "strikes", description: "Wildlife strikes reported here." },
        },
        state: {
          entity: "State",
          key: { code: "state" },
          description: "The state that was reported.",
        },
      },
    },
  },
});

export { safety as product };
