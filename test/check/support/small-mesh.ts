// A small mesh to check a product against: airports and places, as a team would write them by hand, and flights beside them.
import { type CheckedProduct, checkProduct, type ProductCheck } from "../../../schema/check/check-product.ts";
import type { Finding } from "../../../schema/check/finding.ts";
import {
  federationSpecUrl,
  meshDirectiveSdl,
  meshDirectives,
  meshSpecUrl,
} from "../../../schema/product/mesh-directives.ts";

const imports = [
  "@key",
  "@shareable",
  "@external",
  "@requires",
  "@provides",
  "@override",
  "@inaccessible",
  "@composeDirective",
];

/** The first lines of each SDL: what follows begins at the line after them. */
export const head = `extend schema @link(url: "${federationSpecUrl}", import: ${JSON.stringify(imports)})
  @link(url: "${meshSpecUrl}", import: ${JSON.stringify(meshDirectives.map((name) => `@${name}`))})
${meshDirectiveSdl}scalar DateTime
`;

export const headLines = head.split("\n").length - 1;

export const airports = `type Query {
  "Airports."
  airports(where: airports_bool_exp, order: Order): [Airport!]! @collection(entity: "Airport")
}
"An airport."
type Airport @key(fields: "iata")
  @dataProduct(id: "airports", version: "1.0.0", domain: "infrastructure", owner: "Airports", contact: "airports@weft.example")
  @freshness(slo: "P1D") {
  "Code."
  iata: String!
  "City."
  city: String
  "What it is like."
  kind: Kind
}
"Which airports."
input airports_bool_exp { iata: String city: String }
"Where something is."
type Spot @shareable { north: Float east: Float }
"How lists are sorted."
enum Order { up down }
"Sizes of airports."
enum Kind { large small }
`;

export const flights = `type Query {
  "Flights."
  flights(where: flights_bool_exp): [Flight!]! @collection(entity: "Flight")
}
"A flight."
type Flight @key(fields: "id")
  @dataProduct(id: "flights", version: "1.0.0", domain: "operations", owner: "Flights", contact: "flights@weft.example")
  @freshness(slo: "P1D") {
  "Number."
  id: Int!
  "Code of the airport that it left."
  from: String!
  "Where it left."
  origin: Airport! @reference(key: ["from"])
  "Minutes late."
  delay: Int
}
type Airport @key(fields: "iata") {
  iata: String!
  "Flights that left here."
  departures: [Flight!]! @reference(inverseOf: "origin")
}
"Which flights."
input flights_bool_exp { id: Int delay: Int }
`;

/** A contract is not asked for, where a test does not look at it. */
const silent = { contract: "off" } as const;

/** Checks flights as given with the rest of the mesh. */
export function checkFlights(
  sdl: string,
  more: Partial<Omit<CheckedProduct, "mine" | "others">> & {
    readonly airports?: string;
    readonly version?: string;
  } = {},
): ProductCheck {
  const { airports: airportsSdl = head + airports, version = "1.0.0", laws, ...rest } = more;
  return checkProduct({
    mine: { name: "flights", url: "http://flights.weft.example", sdl, version },
    others: [{ name: "airports", url: "http://airports.weft.example", sdl: airportsSdl }],
    now: new Date("2026-11-21T12:00:00Z"),
    laws: { ...silent, ...laws },
    ...rest,
  });
}

export function errorsOf({ findings }: ProductCheck): readonly Finding[] {
  return findings.filter(({ severity }) => severity === "error");
}
