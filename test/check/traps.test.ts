// The traps: what composition lets pass is an error, and what only looks like it is not.
import { describe, expect, it } from "vitest";
import { defineProduct, duckdb, productSdl } from "weft/sdk";
import { traps } from "../../schema/check/traps.ts";
import { airports, checkFlights, flights, head } from "./support/small-mesh.ts";

const codes: ReadonlySet<string> = new Set(traps.map(({ code }) => code));

/** Of flights, hand-written or not, beside airports. */
const trapsOf = (sdl: string, others = head + airports) =>
  checkFlights(sdl, { airports: others })
    .findings.filter(({ code }) => codes.has(code))
    .map(({ code, coordinate }) => `${code} ${coordinate}`);

const edited = (from: string, to: string) => {
  expect(flights).toContain(from);
  return head + flights.replace(from, to);
};

/** Flights made with the SDK: the column that holds the reference's key is no field. */
function made(scalar: "String" | "Int" | "ID"): string {
  return productSdl(
    defineProduct({
      id: "flights",
      version: "1.0.0",
      domain: "operations",
      owner: "Flights",
      contact: "flights@weft.example",
      freshness: { slo: "P1D" },
      engine: duckdb({ load: [] }),
      neighbours: { Airport: { iata: scalar } },
      entities: {
        Flight: {
          description: "A flight.",
          collection: "flights",
          key: ["id"],
          columns: { id: { type: "Int!", description: "Number." } },
          references: {
            origin: { entity: "Airport", key: { iata: "origin" }, description: "Where it left." },
          },
        },
      },
    }),
  );
}

it("a product that is whole falls into none", () => {
  expect(trapsOf(head + flights)).toEqual([]);
  expect(trapsOf(made("String"))).toEqual([]);
});

describe("a reference by columns of another type", () => {
  it("is found where the column is a field, and where it is none", () => {
    expect(trapsOf(edited("  from: String!", "  from: Int!"))).toEqual(["REFERENCE_KEY_TYPE Flight.origin"]);
    expect(trapsOf(made("Int"))).toEqual(["REFERENCE_KEY_TYPE Flight.origin"]);
  });

  it("is none where the one is an ID and the other is text", () => {
    expect(trapsOf(edited("  from: String!", "  from: ID!"))).toEqual([]);
    expect(trapsOf(made("ID"))).toEqual([]);
  });
});

describe("a neighbour's entity by a key of one's own", () => {
  it("is found where it is none of the owner's", () => {
    const sdl = edited('@key(fields: "iata") {\n  iata: String!', '@key(fields: "code") {\n  code: String!');
    expect(trapsOf(sdl)).toEqual(["NEIGHBOUR_KEY_UNKNOWN Airport"]);
  });

  it("is none where it is one of several, or in another order", () => {
    const owner = airports.replace('@key(fields: "iata")', '@key(fields: "city kind") @key(fields: "iata")');
    expect(trapsOf(head + flights, head + owner)).toEqual([]);
    const both = edited(
      '@key(fields: "iata") {',
      '@key(fields: "kind city") { city: String @external kind: Kind @external',
    );
    expect(trapsOf(`${both}enum Kind { large small }`, head + owner)).toEqual([]);
  });
});

describe("a name that is generated for a collection", () => {
  const input = "input airports_bool_exp { iata: String city: String }";

  it("is found in two subgraphs, even where both are the same", () => {
    expect(trapsOf(`${head + flights}${input}`)).toEqual(["GENERATED_NAME_TAKEN airports_bool_exp"]);
  });

  it("is none where the name only begins as the collection's", () => {
    const status = "enum airports_status { open closed }";
    expect(trapsOf(`${head + flights}${status}`, `${head + airports}${status}`)).toEqual([]);
  });
});

it("a directive of the mesh without the link says nothing", () => {
  const unlinked = (head + flights).replace(/@link\(url: "https:\/\/weft[^)]*\)\n/, "\n");
  expect(trapsOf(unlinked)).toEqual([
    "MESH_NOT_LINKED Query.flights",
    "MESH_NOT_LINKED Flight",
    "MESH_NOT_LINKED Flight",
    "MESH_NOT_LINKED Flight.origin",
    "MESH_NOT_LINKED Airport.departures",
  ]);
});
