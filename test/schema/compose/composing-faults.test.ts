// What keeps subgraphs from becoming a mesh: each fault names the subgraph, the type and the field.
import { describe, expect, it } from "vitest";
import { dialects } from "../../../schema/product/mesh.ts";
import { operators } from "../../../schema/product/predicate.ts";
import { composeAll, federated, meshed, problemsOf, product, type Sdls } from "./mesh-sdl.ts";

const flight = `type Flight @key(fields: "id") { id: Int! from: String }`;
const airport = `type Airport @key(fields: "iata") { iata: String! }`;
const legs = `type Leg @key(fields: "flight number") @key(fields: "code") { flight: Int! number: Int! code: String! }`;
const query = "type Query { a: Int }";

/** One subgraph, called `flights`. */
const flights = (body: string): Sdls => ({ flights: meshed(body) });
const freshness = (args: string, rest = "") =>
  flights(`type Query { a: Int day: String when: [DateTime!] }
    type Flight @key(fields: "id") ${product("flights")} @freshness(${args}) ${rest} { id: Int! }`);
const collection = (args: string, type = "[Flight!]!") =>
  flights(`type Query { flights: ${type} @collection(${args}) other: Int } ${flight}
    type Wing { span: Int }`);
const reference = (field: string, rest = airport) =>
  flights(`type Query { flights: [Flight!]! @collection(entity: "Flight") } enum flights_column { id to_iata }
    type Flight @key(fields: "id") { id: Int! from: String legs: [Int!] ${field} } type Wing { span: Int } ${rest}`);

const at = (type: string, field?: string) => ({ subgraph: "flights", type, ...(field && { field }) });

describe("a mesh is refused", () => {
  it.each<[string, string, Sdls, Readonly<Record<string, unknown>>]>([
    [
      "whose product two subgraphs declare",
      "PRODUCT_OWNED_TWICE",
      {
        airports: meshed(
          `${query} type Airport @key(fields: "iata") ${product("airports")} { iata: String! }`,
        ),
        flights: meshed(`type Airport @key(fields: "iata") ${product("airports")} { iata: String! }`),
      },
      { ...at("Airport"), owner: "airports", directive: "@dataProduct" },
    ],
    [
      "whose freshness another than the owner states",
      "PRODUCT_OWNED_TWICE",
      {
        flights: meshed(`type Airport @key(fields: "iata") @freshness(slo: "P1D") { iata: String! }`),
        airports: meshed(
          `${query} type Airport @key(fields: "iata") ${product("airports")} { iata: String! }`,
        ),
      },
      { ...at("Airport"), owner: "airports", directive: "@freshness" },
    ],
    [
      "with freshness and no product",
      "FRESHNESS_WITHOUT_PRODUCT",
      flights(`${query} type Flight @key(fields: "id") @freshness(slo: "P1D") { id: Int! }`),
      at("Flight"),
    ],
    ["with a freshness of months", "FRESHNESS_SLO", freshness('slo: "P1M"'), { ...at("Flight"), slo: "P1M" }],
    [
      "with a watermark that is no field",
      "FRESHNESS_WATERMARK",
      freshness('slo: "P1D", watermark: "progress"'),
      { ...at("Flight"), watermark: "progress" },
    ],
    [
      "with a watermark that is no DateTime",
      "FRESHNESS_WATERMARK",
      freshness('slo: "P1D", watermark: "day"'),
      { ...at("Flight"), watermark: "day" },
    ],
    [
      "with a watermark that is a list",
      "FRESHNESS_WATERMARK",
      freshness('slo: "P1D", watermark: "when"'),
      { ...at("Flight"), watermark: "when" },
    ],
    [
      "with a collection of nothing known",
      "ENTITY_UNKNOWN",
      collection('entity: "Boat"'),
      { ...at("Query", "flights"), entity: "Boat" },
    ],
    [
      "with a collection of a type without a key",
      "ENTITY_UNKNOWN",
      collection('entity: "Wing"', "[Wing!]!"),
      { ...at("Query", "flights"), entity: "Wing" },
    ],
    [
      "with a product that is no entity",
      "ENTITY_UNKNOWN",
      flights(`${query} type Wing ${product("wings")} { span: Int }`),
      { ...at("Wing"), entity: "Wing" },
    ],
    [
      "with a reference from what is no entity",
      "ENTITY_UNKNOWN",
      flights(`${query} type Wing { hub: String base: Airport @reference(key: ["hub"]) } ${airport}`),
      { ...at("Wing", "base"), entity: "Wing" },
    ],
    [
      "with a collection that is no list",
      "COLLECTION_NOT_ITS_LIST",
      collection('entity: "Flight"', "Flight"),
      { ...at("Query", "flights"), entity: "Flight" },
    ],
    [
      "with a collection that is a list of lists",
      "COLLECTION_NOT_ITS_LIST",
      collection('entity: "Flight"', "[[Flight!]!]!"),
      { ...at("Query", "flights"), entity: "Flight" },
    ],
    [
      "with a collection that lists another entity",
      "COLLECTION_NOT_ITS_LIST",
      flights(`type Query { flights: [Airport!]! @collection(entity: "Flight") } ${flight} ${airport}`),
      { ...at("Query", "flights"), entity: "Flight" },
    ],
    [
      "with a collection off the query root",
      "COLLECTION_NOT_ITS_LIST",
      flights(`${query} ${flight} type Wing { flights: [Flight!]! @collection(entity: "Flight") }`),
      { ...at("Wing", "flights"), entity: "Flight" },
    ],
    ...(["aggregate", "groups", "byPk"] as const).map(
      (role): [string, string, Sdls, Readonly<Record<string, unknown>>] => [
        `with a collection whose ${role} is no field`,
        "COLLECTION_SIBLING",
        collection(`entity: "Flight", ${role}: "nowhere"`),
        { ...at("Query", "flights"), sibling: "nowhere", role },
      ],
    ),
    [
      "with two collections of one name",
      "COLLECTION_TAKEN",
      {
        first: meshed(
          `type Query { flights: [Flight!]! @shareable @collection(entity: "Flight") } ${flight.replace("from: String", "")}`,
        ),
        flights: meshed(
          `type Query { flights: [Flight!]! @shareable @collection(entity: "Flight") } ${flight}`,
        ),
      },
      { ...at("Query", "flights"), other: "first" },
    ],
    [
      "with a dialect that nobody speaks",
      "DIALECT_UNKNOWN",
      collection('entity: "Flight", dialect: "sql"'),
      { ...at("Query", "flights"), dialect: "sql", known: dialects },
    ],
    [
      "with a filter by an operator that is none",
      "OPERATOR_UNKNOWN",
      collection('entity: "Flight", filter: ["_eq", "_regex"]'),
      { ...at("Query", "flights"), operator: "_regex", known: operators },
    ],
    [
      "with an inexact operator that is none",
      "OPERATOR_UNKNOWN",
      collection('entity: "Flight", inexact: "like"'),
      { ...at("Query", "flights"), operator: "like", known: operators },
    ],
    [
      "with a reference to what is no entity",
      "REFERENCE_TARGET",
      reference('wing: Wing @reference(key: ["from"])'),
      { ...at("Flight", "wing"), target: "Wing" },
    ],
    [
      "with a reference to a scalar",
      "REFERENCE_TARGET",
      reference('hub: String @reference(key: ["from"])'),
      { ...at("Flight", "hub"), target: "String" },
    ],
    [
      "with an inverse over what is no entity",
      "REFERENCE_TARGET",
      reference('wings: [Wing!]! @reference(inverseOf: "flight")'),
      { ...at("Flight", "wings"), target: "Wing" },
    ],
    [
      "with a reference without a key",
      "REFERENCE_KEY",
      reference("origin: Airport @reference"),
      { ...at("Flight", "origin"), problem: "names no key" },
    ],
    [
      "with a reference whose key is empty",
      "REFERENCE_KEY",
      reference("origin: Airport @reference(key: [])"),
      { ...at("Flight", "origin"), problem: "names no key" },
    ],
    [
      "with a reference whose key is no column",
      "REFERENCE_KEY",
      reference('origin: Airport @reference(key: ["iata"])'),
      { ...at("Flight", "origin"), problem: "names iata, which is no column of Flight" },
    ],
    [
      "with a reference whose key is a list",
      "REFERENCE_KEY",
      reference('origin: Airport @reference(key: ["legs"])'),
      { ...at("Flight", "origin"), problem: "names legs, which is no column of Flight" },
    ],
    [
      "with a reference whose key has too many columns",
      "REFERENCE_KEY",
      reference('origin: Airport @reference(key: ["from", "to_iata"])'),
      { ...at("Flight", "origin"), problem: "names 2 columns, and Airport is found by iata" },
    ],
    [
      "with a reference whose key has too few columns for some and too many for others",
      "REFERENCE_KEY",
      reference('leg: Leg @reference(key: ["id", "from", "to_iata"])', legs),
      { ...at("Flight", "leg"), problem: "names 3 columns, and Leg is found by flight number or by code" },
    ],
    [
      "with an inverse that says not of what",
      "REFERENCE_INVERSE",
      reference(
        'home: Airport @reference(key: ["from"])',
        `type Airport @key(fields: "iata") { iata: String! departures: [Flight!]! @reference }`,
      ),
      { ...at("Airport", "departures"), source: "Flight", reference: "(none)" },
    ],
    [
      "with an inverse of no field",
      "REFERENCE_INVERSE",
      reference(
        "",
        `type Airport @key(fields: "iata") { iata: String! departures: [Flight!]! @reference(inverseOf: "origin") }`,
      ),
      { ...at("Airport", "departures"), source: "Flight", reference: "origin" },
    ],
    [
      "with an inverse of a field that is no reference",
      "REFERENCE_INVERSE",
      reference(
        "origin: Airport",
        `type Airport @key(fields: "iata") { iata: String! departures: [Flight!]! @reference(inverseOf: "origin") }`,
      ),
      { ...at("Airport", "departures"), source: "Flight", reference: "origin" },
    ],
    [
      "with an inverse of a reference to another entity",
      "REFERENCE_INVERSE",
      reference(
        'origin: Airport @reference(key: ["from"])',
        `${airport} type City @key(fields: "id") { id: Int! departures: [Flight!]! @reference(inverseOf: "origin") }`,
      ),
      { ...at("City", "departures"), source: "Flight", reference: "origin" },
    ],
  ])("%s: %s", (_, code, sdls, facts) => {
    expect(problemsOf(sdls)).toEqual([{ ...facts, code }]);
  });

  it.each<[string, Sdls, Readonly<Record<string, unknown>>, RegExp]>([
    [
      "@dataProduct",
      flights(`${query} type Flight @key(fields: "id") ${product("")} { id: Int! }`),
      at("Flight"),
      /^id: /,
    ],
    [
      "@dataProduct",
      flights(
        `${query} type Flight @key(fields: "id") ${product("f").replace(")", ', status: "beta")')} { id: Int! }`,
      ),
      at("Flight"),
      /^status: .*"proposed"\|"draft"\|"active"\|"deprecated"\|"retired"/,
    ],
    ["@freshness", freshness('slo: ""'), at("Flight"), /^slo: /],
    ["@collection", collection('entity: "Flight", sort: "maybe"'), at("Query", "flights"), /^sort: /],
    ["@collection", collection('entity: "Flight", keysMax: 0'), at("Query", "flights"), /^keysMax: /],
    ["@collection", collection('entity: "", rowsMax: -1'), at("Query", "flights"), /^entity: .*; rowsMax: /],
    [
      "@reference",
      reference('origin: Airport @reference(key: ["from", ""])'),
      at("Flight", "origin"),
      /^key\.1: /,
    ],
  ])("with %s whose arguments are wrong: DIRECTIVE_ARGUMENTS", (directive, sdls, facts, problem) => {
    expect(problemsOf(sdls)).toEqual([
      { ...facts, code: "DIRECTIVE_ARGUMENTS", directive, problem: expect.stringMatching(problem) },
    ]);
  });

  it("for every SDL that cannot be read, each by its name", () => {
    const sdls = { a: "type Query {", b: meshed(query), c: "" };
    expect(problemsOf(sdls)).toEqual([
      expect.objectContaining({ code: "SDL_INVALID", subgraph: "a" }),
      expect.objectContaining({ code: "SDL_INVALID", subgraph: "c" }),
    ]);
  });

  it("for all that federation finds, in federation's words and with its codes", () => {
    const sdls = {
      a: federated(`type Query { n: Int @shareable, m: Int } ${airport}`),
      b: federated(`type Query { n: String @shareable, m: Int }`),
    };
    expect(problemsOf(sdls)).toEqual([
      expect.objectContaining({
        code: "COMPOSITION_FAILED",
        federationCode: "FIELD_TYPE_MISMATCH",
        problem: expect.stringContaining('"Query.n"'),
      }),
      expect.objectContaining({
        code: "COMPOSITION_FAILED",
        federationCode: "INVALID_FIELD_SHARING",
        problem: expect.stringContaining('"Query.m"'),
      }),
    ]);
  });

  it("for what federation finds in one subgraph, which it names", () => {
    expect(problemsOf({ flights: federated("type Query { a: Nothing }") })).toEqual([
      expect.objectContaining({
        code: "COMPOSITION_FAILED",
        federationCode: "INVALID_GRAPHQL",
        problem: expect.stringContaining("[flights]"),
      }),
    ]);
  });

  it("with all its problems at once", () => {
    const sdls = {
      flights: meshed(`
        type Query { flights: [Flight!]! @collection(entity: "Flight", dialect: "sql") boats: [Int!] @collection(entity: "Boat") }
        type Wing ${product("wings")} { airport: Airport @reference(key: ["hub"]) }
        type Flight @key(fields: "id") ${product("flights")} @freshness(slo: "soon") {
          id: Int! origin: Airport @reference(key: ["from"]) destination: Airport @reference
        } ${airport}`),
      safety: meshed(`type Flight @key(fields: "id") ${product("flights")} { id: Int! }`),
    };
    const places = problemsOf(sdls).map(({ code, subgraph, type, field }) =>
      [code, subgraph, type, field].filter(Boolean).join(" "),
    );
    expect(places.sort()).toEqual([
      "DIALECT_UNKNOWN flights Query flights",
      "ENTITY_UNKNOWN flights Query boats",
      "ENTITY_UNKNOWN flights Wing",
      "ENTITY_UNKNOWN flights Wing airport",
      "FRESHNESS_SLO flights Flight",
      "PRODUCT_OWNED_TWICE safety Flight",
      "REFERENCE_KEY flights Flight destination",
      "REFERENCE_KEY flights Flight origin",
    ]);
  });
});

describe("a fault of composing", () => {
  it("of federation's is told in whole sentences", () => {
    const composition = composeAll({ flights: federated("type Query { a: Nothing }") });
    const [fault] = composition.kind === "refused" ? composition.problems : [];
    expect(fault?.message).toMatch(
      /^The subgraphs do not compose \(INVALID_GRAPHQL\): .*[^.]\. Change one of/,
    );
  });

  it("is the operator's, and says where and what to do", () => {
    const composition = composeAll(collection('entity: "Flight", dialect: "sql"'));
    const [fault] = composition.kind === "refused" ? composition.problems : [];
    expect(fault).toMatchObject({ audience: "operator", status: 500 });
    expect(fault?.message).toBe(
      `Subgraph flights, Query.flights: sql is no dialect; there are ${dialects.join(", ")}. Name one of these, or leave \`dialect\` out for weft.`,
    );
  });
});
