// Products that are broken: each is refused with subgraph, place, code and fix, and never with a stack trace.
import { describe, expect, it } from "vitest";
import { airports, checkFlights, errorsOf, flights, head, headLines } from "./support/small-mesh.ts";

type Broken = {
  readonly what: string;
  /** The product, broken. */
  readonly sdl: string;
  readonly code: string;
  readonly coordinate?: string;
  /** The text that stands where the finding's place is. */
  readonly at: string | undefined;
  readonly fix: RegExp;
  /** How many definitions contradict each other. */
  readonly definitions?: number;
  readonly airports?: string;
};

const replaced = (from: string, to: string) => {
  expect(flights).toContain(from);
  return flights.replace(from, to);
};

const rows: readonly Broken[] = [
  {
    what: "a brace is missing",
    sdl: flights.replace(
      '[Flight!]! @collection(entity: "Flight")\n}',
      '[Flight!]! @collection(entity: "Flight")\n',
    ),
    code: "SDL_INVALID",
    at: "Flight @key",
    fix: /Correct the SDL/,
  },
  {
    what: "a type that nobody defines",
    sdl: replaced("delay: Int\n", "delay: Minutes\n"),
    code: "INVALID_GRAPHQL",
    at: "Minutes",
    fix: /Correct the SDL at this place/,
  },
  {
    what: "a directive that nobody defines",
    sdl: replaced("delay: Int\n", "delay: Int @unit\n"),
    code: "INVALID_GRAPHQL",
    at: "@unit",
    fix: /Correct the SDL at this place/,
  },
  {
    what: "a type that is defined twice",
    sdl: `${flights}type Airport { name: String }\n`,
    code: "INVALID_GRAPHQL",
    coordinate: "Airport",
    at: "type Airport",
    fix: /Correct the SDL/,
  },
  {
    what: "a field that is defined twice",
    sdl: replaced("delay: Int\n", "delay: Int\n  delay: Float\n"),
    code: "INVALID_GRAPHQL",
    coordinate: "Flight.delay",
    at: "delay: Int",
    fix: /Correct the SDL/,
  },
  {
    what: "a directive without an argument that it needs",
    sdl: replaced('id: "flights", version', "version"),
    code: "INVALID_GRAPHQL",
    at: '@dataProduct(version: "1.0.0"',
    fix: /Correct the SDL/,
  },
  {
    what: "a directive with an argument that it does not know",
    sdl: replaced('@key(fields: "id")', '@key(field: "id")'),
    code: "INVALID_GRAPHQL",
    at: '@key(field: "id")',
    fix: /Correct the SDL/,
  },
  {
    what: "an @override of a subgraph that is not there",
    sdl: replaced(
      '  "Flights that left here."',
      '  city: String @override(from: "nobody")\n  "Flights that left here."',
    ),
    code: "INVALID_FIELD_SHARING",
    coordinate: "Airport.city",
    at: "city: String",
    fix: /Name in `from` of @override/,
  },
  {
    what: "a @requires of a field that is not there",
    sdl: replaced(
      '  "Flights that left here."',
      '  far: Int @requires(fields: "size")\n  "Flights that left here."',
    ),
    code: "REQUIRES_INVALID_FIELDS",
    coordinate: "Airport.far",
    at: '@requires(fields: "size")',
    fix: /Add size to Airport in flights, marked @external/,
  },
  {
    what: "a neighbour's entity by another key",
    sdl: replaced(
      'type Airport @key(fields: "iata") {\n  iata: String!',
      'type Airport @key(fields: "code") {\n  code: String!',
    ),
    code: "NEIGHBOUR_KEY_UNKNOWN",
    coordinate: "Airport",
    at: 'type Airport @key(fields: "code")',
    fix: /Write @key\(fields: "iata"\)/,
    definitions: 2,
  },
  {
    what: "a type without fields",
    sdl: `${flights}type Nothing\n`,
    code: "INVALID_GRAPHQL",
    at: "type Nothing",
    fix: /Correct the SDL/,
  },
  {
    what: "an interface whose field is missing",
    sdl: `${flights}"Named." interface Named { "Name." name: String }\n"A gate." type Gate implements Named { "Number." number: Int }\n`,
    code: "INVALID_GRAPHQL",
    at: "name: String",
    fix: /Correct the SDL/,
  },
  {
    what: "a key of a field that is not there",
    sdl: replaced('type Flight @key(fields: "id")', 'type Flight @key(fields: "number")'),
    code: "KEY_INVALID_FIELDS",
    coordinate: "Flight",
    at: '@key(fields: "number")',
    fix: /Name fields that flights has/,
  },
  {
    what: "a field of another type than the owner's",
    sdl: replaced("  iata: String!\n", "  iata: Int!\n"),
    code: "FIELD_TYPE_MISMATCH",
    coordinate: "Airport.iata",
    at: "iata: Int!",
    fix: /one type everywhere/,
    definitions: 2,
  },
  {
    what: "a field that its owner answers",
    sdl: replaced('  "Flights that left here."', '  "City."\n  city: String\n  "Flights that left here."'),
    code: "INVALID_FIELD_SHARING",
    coordinate: "Airport.city",
    at: "city: String",
    fix: /Remove it from all but its owner/,
    definitions: 2,
  },
  {
    what: "a name that is of another kind elsewhere",
    sdl: `${flights}"Where." scalar Spot\n`,
    code: "TYPE_KIND_MISMATCH",
    coordinate: "Spot",
    at: "scalar Spot",
    fix: /Rename one of the two/,
    definitions: 2,
  },
  {
    what: "an @external that nobody uses",
    sdl: replaced('  "Flights that left here."', '  city: String @external\n  "Flights that left here."'),
    code: "EXTERNAL_UNUSED",
    coordinate: "Airport.city",
    at: "city: String @external",
    fix: /Remove the field/,
  },
  {
    what: "a @requires of a field that is its own",
    sdl: replaced("delay: Int\n", 'delay: Int @requires(fields: "from")\n'),
    code: "REQUIRES_FIELDS_MISSING_EXTERNAL",
    at: '@requires(fields: "from")',
    fix: /@external/,
  },
  {
    what: "an @external that nobody answers",
    sdl: replaced(
      '  "Flights that left here."',
      '  wind: Int @external\n  "Now." now: Int @requires(fields: "wind")\n  "Flights that left here."',
    ),
    code: "EXTERNAL_MISSING_ON_BASE",
    coordinate: "Airport.wind",
    at: "wind: Int @external",
    fix: /without @external in the subgraph that owns it/,
  },
  {
    what: "an extension of a type that nobody has",
    sdl: `${flights}extend type Gate { "Number." number: Int }\n`,
    code: "EXTENSION_WITH_NO_BASE",
    coordinate: "Gate",
    at: "extend type Gate",
    fix: /Write `type`/,
  },
  {
    what: "an enum that is taken and answered, with other values",
    sdl: `${flights.replace("flights(where: flights_bool_exp)", "flights(where: flights_bool_exp, order: Order)")}"Order." enum Order { up down sideways }\nextend type Flight { "Order." order: Order }\n`,
    code: "ENUM_VALUE_MISMATCH",
    coordinate: "Order",
    at: "enum Order",
    fix: /same values everywhere/,
  },
  {
    what: "an argument that must be given and is not there elsewhere",
    sdl: replaced(
      "type Query {",
      'type Query {\n  "Airports." airports(where: Int!): [Airport!]! @shareable',
    ),
    airports: airports.replace(
      '(where: airports_bool_exp, order: Order): [Airport!]! @collection(entity: "Airport")',
      ": [Airport!]! @shareable",
    ),
    code: "REQUIRED_ARGUMENT_MISSING_IN_SOME_SUBGRAPH",
    coordinate: "Query.airports(where:)",
    at: "where: Int!",
    fix: /Let it be left out/,
  },
  {
    what: "another default than elsewhere",
    sdl: `${replaced("type Query {", 'type Query {\n  "One." one(of: Int = 2): Int @shareable')}`,
    airports: airports.replace("type Query {", 'type Query {\n  "One." one(of: Int = 1): Int @shareable'),
    code: "FIELD_ARGUMENT_DEFAULT_MISMATCH",
    coordinate: "Query.one(of:)",
    at: "of: Int = 2",
    fix: /one default everywhere/,
    definitions: 2,
  },
  {
    what: "an entity by a key that its owner does not have",
    sdl: replaced(
      'type Airport @key(fields: "iata") {\n  iata: String!',
      'type Airport @key(fields: "code") {\n  code: String!',
    ),
    code: "SATISFIABILITY_ERROR",
    coordinate: "Airport.iata",
    at: "type Airport",
    fix: /Add @key\(fields: "iata"\)/,
    definitions: 2,
  },
  {
    what: "a shared type with other fields",
    sdl: `${replaced("delay: Int\n", 'delay: Int\n  "Where it is."\n  spot: Spot\n')}"Where." type Spot @shareable { "North." north: Float "Up." up: Float }\n`,
    airports: airports.replace('"What it is like."', '"Where it is."\n  spot: Spot\n  "What it is like."'),
    code: "SATISFIABILITY_ERROR",
    coordinate: "Spot.up",
    at: "up: Float",
    fix: /Give Spot a @key/,
  },
  {
    what: "an input of a name that is taken",
    sdl: `${flights.replace("flights(where: flights_bool_exp)", "flights(where: airports_bool_exp)").replace(/"Which flights."[^}]*}\n/, "")}"Which." input airports_bool_exp { iata: String delay: Int }\n`,
    code: "INCONSISTENT_INPUT_OBJECT_FIELD",
    coordinate: "airports_bool_exp.delay",
    at: "delay: Int }",
    fix: /a name of its own/,
  },
  {
    what: "an enum of a name that is taken",
    sdl: `${flights.replace("flights(where: flights_bool_exp)", "flights(where: flights_bool_exp, order: Order)")}"Order." enum Order { up sideways }\n`,
    code: "INCONSISTENT_ENUM_VALUE_FOR_INPUT_ENUM",
    coordinate: "Order.sideways",
    at: "enum Order",
    fix: /same values everywhere/,
  },
  {
    what: "an argument that only it has",
    sdl: replaced("type Query {", 'type Query {\n  "One." one(of: Int, by: Int): Int @shareable'),
    airports: airports.replace("type Query {", 'type Query {\n  "One." one(of: Int): Int @shareable'),
    code: "INCONSISTENT_ARGUMENT_PRESENCE",
    coordinate: "Query.one(by:)",
    at: "by: Int",
    fix: /Add it in the other subgraphs/,
  },
  {
    what: "a key that may be null here",
    sdl: replaced("  iata: String!\n", "  iata: String\n"),
    code: "INCONSISTENT_BUT_COMPATIBLE_FIELD_TYPE",
    coordinate: "Airport.iata",
    at: "iata: String",
    fix: /one type everywhere/,
    definitions: 2,
  },
  {
    what: "an entity that another owns",
    sdl: replaced(
      'type Airport @key(fields: "iata") {',
      'type Airport @key(fields: "iata") @dataProduct(id: "a", version: "1.0.0", domain: "d", owner: "Flights", contact: "f@weft.example") {',
    ),
    code: "PRODUCT_OWNED_TWICE",
    coordinate: "Airport",
    at: "type Airport",
    fix: /Leave the directive to the owner/,
    definitions: 2,
  },
  {
    what: "a directive of the mesh that it defines itself",
    sdl: flights,
    code: "MESH_NOT_LINKED",
    coordinate: "Flight",
    at: "type Flight",
    fix: /@link/,
  },
  {
    what: "a reference by a column of another type",
    sdl: replaced("  from: String!\n", "  from: Int!\n"),
    code: "REFERENCE_KEY_TYPE",
    coordinate: "Flight.origin",
    at: "origin: Airport!",
    fix: /Make from String/,
    definitions: 2,
  },
  {
    what: "a reference by a column that is not there",
    sdl: replaced('key: ["from"]', 'key: ["departedFrom"]'),
    code: "REFERENCE_KEY",
    coordinate: "Flight.origin",
    at: "origin: Airport!",
    fix: /Name own columns/,
  },
  {
    what: "an inverse of a reference that is not there",
    sdl: replaced('inverseOf: "origin"', 'inverseOf: "destination"'),
    code: "REFERENCE_INVERSE",
    coordinate: "Airport.departures",
    at: "departures: [Flight!]!",
    fix: /Name the to-one field/,
  },
  {
    what: "a collection of an entity that is not there",
    sdl: replaced('@collection(entity: "Flight")', '@collection(entity: "Plane")'),
    code: "ENTITY_UNKNOWN",
    coordinate: "Query.flights",
    at: "flights(where: flights_bool_exp)",
    fix: /Name an object type/,
  },
  {
    what: "an operator that is none",
    sdl: replaced('@collection(entity: "Flight")', '@collection(entity: "Flight", filter: ["_equals"])'),
    code: "OPERATOR_UNKNOWN",
    coordinate: "Query.flights",
    at: "flights(where: flights_bool_exp)",
    fix: /Correct `filter`/,
  },
  {
    what: "an objective that is no duration",
    sdl: replaced('@freshness(slo: "P1D")', '@freshness(slo: "one day")'),
    code: "FRESHNESS_SLO",
    coordinate: "Flight",
    at: "type Flight",
    fix: /PT15M/,
  },
  {
    what: "a type that takes a name generated for a neighbour's collection",
    sdl: `${replaced("type Query {", 'type Query {\n  "By." by(input: airports_by): Int')}"By." input airports_by { "City." city: String }\n`,
    airports: `${airports}"By." type airports_by { "City." city: String }\n`,
    code: "TYPE_KIND_MISMATCH",
    coordinate: "airports_by",
    at: "input airports_by",
    fix: /Rename one of the two/,
    definitions: 2,
  },
];

describe("a broken product is refused", () => {
  it.each(rows)("$code: $what", ({ sdl, code, coordinate, at, fix, definitions, airports: others }) => {
    const given = code === "MESH_NOT_LINKED" ? unlinked : head + sdl;
    const check = checkFlights(given, { airports: head + (others ?? airports) });
    const finding = errorsOf(check).find(
      (each) => each.code === code && (coordinate === undefined || each.coordinate === coordinate),
    );
    if (!finding) expect(check.findings).toContainEqual(expect.objectContaining({ code }));
    expect(finding).toMatchObject({ code, severity: "error", subgraph: "flights" });
    if (coordinate !== undefined) expect(finding?.coordinate).toBe(coordinate);
    expect(finding?.fix).toMatch(fix);
    expect(finding?.text).toMatch(/^[^\n]+[.!?]$/);
    expect(finding?.place?.subgraph).toBe("flights");
    if (at !== undefined && finding?.place)
      expect(textAt(given, finding.place)).toMatch(new RegExp(`^${escaped(at)}`));
    if (definitions !== undefined)
      expect(new Set(finding?.definitions?.map(({ place }) => place.subgraph)).size).toBe(definitions);
    expect(JSON.stringify(check.findings)).not.toMatch(/\\n +at |node_modules/);
  });

  it("tells all problems at once", () => {
    const broken = flights
      .replace("iata: String!", "iata: Int!")
      .replace("delay: Int", "delay: Int @deprecated")
      .replace("flights@weft.example", "nobody");
    const codes = errorsOf(checkFlights(head + broken, { laws: { deprecation: "error" } })).map(
      ({ code }) => code,
    );
    expect(codes).toEqual(expect.arrayContaining(["FIELD_TYPE_MISMATCH", "LAW_OWNER", "LAW_DEPRECATION"]));
  });
});

it("says nothing of a product that is whole", () => {
  expect(checkFlights(head + flights).findings).toEqual([]);
  expect(headLines).toBeGreaterThan(5);
});

const unlinked = (head + flights).replace(/@link\(url: "https:\/\/weft[^)]*\)\n/, "\n");

function textAt(sdl: string, { line, column }: { readonly line: number; readonly column: number }): string {
  return sdl
    .split("\n")
    .slice(line - 1)
    .join("\n")
    .slice(column - 1);
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
