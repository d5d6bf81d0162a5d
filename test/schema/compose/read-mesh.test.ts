// The model of the mesh: of the four products, of what federation leaves out, and of neighbours without a product.
import { describe, expect, it } from "vitest";
import { productSdl } from "weft/sdk";
import type { Mesh } from "../../../schema/product/mesh.ts";
import { airports } from "../../../subgraphs/airports/product.ts";
import { flights } from "../../../subgraphs/flights/product.ts";
import { places } from "../../../subgraphs/places/product.ts";
import { safety } from "../../../subgraphs/safety/product.ts";
import { composeAll, federated, meshed, meshOf, product, type Sdls } from "./mesh-sdl.ts";

/** One line for each thing that the model holds. */
function spell({ entities, collections }: Mesh): string {
  const lines = [...entities.values()].flatMap(
    ({ name, owner, freshness, keys, columns, references, inverses }) => [
      `${name} of ${owner ?? "nobody"}, by ${keys.map((key) => key.join(" ")).join(" or ")}${freshness ? `, no older than ${freshness.sloMs} ms` : ""}`,
      ...[...columns.values()].map(
        ({ name: column, subgraph, type, required }) =>
          `  ${column}: ${type}${required ? "!" : ""} (${subgraph})`,
      ),
      ...[...references.values()].map(
        (each) =>
          `  ${each.name} → ${each.target}${each.required ? "!" : ""} by ${each.key.join(" ")} (${each.subgraph})`,
      ),
      ...[...inverses.values()].map(
        (each) => `  ${each.name} ← ${each.source}.${each.reference} (${each.subgraph})`,
      ),
    ],
  );
  const asked = [...collections.values()].map(
    ({ name, entity, subgraph, dialect }) => `${name}: [${entity}] (${subgraph}, ${dialect})`,
  );
  return [...lines, ...asked].join("\n");
}

const entity = (sdls: Sdls, name: string) => meshOf(sdls).mesh.entities.get(name);
const names = (map: ReadonlyMap<string, unknown> | undefined) => [...(map?.keys() ?? [])];

const airport = `type Airport @key(fields: "iata") { iata: String! }`;

describe("the mesh of the four products", () => {
  const sdls = Object.fromEntries(
    [flights, airports, places, safety].map((each) => [each.id, productSdl(each)]),
  );
  const { mesh, problems } = meshOf(sdls);

  it("has no problems", () => {
    expect(problems).toEqual([]);
  });

  it("is this", () => {
    expect(spell(mesh)).toMatchInlineSnapshot(`
      "Flight of flights, by id, no older than 86400000 ms
        id: Int! (flights)
        date: LocalDateTime! (flights)
        delay: Int! (flights)
        distance: Int! (flights)
        origin → Airport by origin_iata (flights)
        destination → Airport by destination_iata (flights)
      Airport of airports, by iata, no older than 604800000 ms
        iata: String! (airports)
        name: String! (airports)
        city: String (airports)
        latitude: Float! (airports)
        longitude: Float! (airports)
        state → State by state_code (airports)
        country → Country by country_code (airports)
        departures ← Flight.origin (flights)
        arrivals ← Flight.destination (flights)
        strikes ← Strike.airport (safety)
      State of places, by code, no older than 2592000000 ms
        code: String! (places)
        name: String! (places)
        country → Country! by country_code (places)
        airports ← Airport.state (airports)
      Country of places, by code, no older than 2592000000 ms
        code: String! (places)
        name: String! (places)
        region: String (places)
        subregion: String (places)
        area: Float (places)
        states ← State.country (places)
        airports ← Airport.country (airports)
      Strike of safety, by id, no older than 86400000 ms
        id: Int! (safety)
        date: Date! (safety)
        species: String (safety)
        size: String (safety)
        phase: String (safety)
        damage: String (safety)
        cost: BigInt (safety)
        speed: Int (safety)
        airport → Airport by airport_iata (safety)
        state → State by state_code (safety)
      flights: [Flight] (flights, weft)
      airports: [Airport] (airports, weft)
      states: [State] (places, weft)
      countries: [Country] (places, weft)
      strikes: [Strike] (safety, weft)"
    `);
  });

  it("knows each product by the facts of its owner", () => {
    expect(mesh.entities.get("Airport")?.product).toEqual({
      id: "airports",
      version: "1.0.0",
      domain: "infrastructure",
      owner: "Airport Registry",
      contact: "airport-registry@weft.example",
      status: "active",
      contract: "airports-contract",
    });
  });

  it("knows how a collection is asked", () => {
    expect(mesh.collections.get("flights")).toEqual({
      name: "flights",
      subgraph: "flights",
      entity: "Flight",
      dialect: "weft",
      exact: undefined,
      inexact: [],
      sort: "exact",
      limit: true,
      aggregate: "flights_aggregate",
      groups: "flights_groups",
      byPk: "flights_by_pk",
      keysMax: 10_000,
      rowsMax: 100_000,
    });
  });

  it("is the same in whatever order its subgraphs are read", () => {
    const backwards = meshOf(Object.fromEntries(Object.entries(sdls).reverse())).mesh;
    const sorted = (of: Mesh) => spell(of).split("\n").sort();
    expect(sorted(backwards)).toEqual(sorted(mesh));
  });
});

describe("an entity", () => {
  it("that several subgraphs answer for is asked of its owner, wherever that stands", () => {
    const sdls = {
      flights: meshed(
        `type Query { a: Int @shareable } type Airport @key(fields: "code") @key(fields: "iata") { iata: String! code: Int! @shareable }`,
      ),
      airports: meshed(
        `type Query { b: Int } type Airport @key(fields: "iata") ${product("airports")} { iata: String! code: Int! @shareable name: String }`,
      ),
      safety: meshed(
        `type Query { c: Int } type Airport @key(fields: "iata") { iata: String! strikes: Int }`,
      ),
    };
    const read = entity(sdls, "Airport");
    expect(read).toMatchObject({ owner: "airports", keys: [["iata"], ["code"]] });
    expect(
      Object.fromEntries([...(read?.columns ?? [])].map(([name, { subgraph }]) => [name, subgraph])),
    ).toEqual({
      iata: "airports",
      code: "airports",
      name: "airports",
      strikes: "safety",
    });
  });

  it("that nobody declares has no owner, and is asked of the first that has it", () => {
    const sdls = { a: federated(`type Query { a: Int } ${airport}`), b: federated(airport) };
    expect(entity(sdls, "Airport")).toMatchObject({
      owner: undefined,
      product: undefined,
      freshness: undefined,
    });
    expect(entity(sdls, "Airport")?.columns.get("iata")?.subgraph).toBe("a");
  });

  it("has scalars and enums as columns, and neither lists nor objects", () => {
    const sdl = federated(`
      type Query { a: Int } enum Size { S } scalar Weight
      type Bird @key(fields: "id") { id: ID! size: Size! weight: Weight in(unit: String): Weight
        names: [String!]! wing: Wing }
      type Wing { span: Int }`);
    expect(names(entity({ birds: sdl }, "Bird")?.columns)).toEqual(["id", "size", "weight", "in"]);
    const size = { name: "size", subgraph: "birds", type: "Size", required: true, takesArguments: false };
    const within = { name: "in", subgraph: "birds", type: "Weight", required: false, takesArguments: true };
    const columns = entity({ birds: sdl }, "Bird")?.columns;
    expect([columns?.get("size"), columns?.get("in")]).toEqual([size, within]);
  });

  it.each([
    ["a field of its own", 'key: ["from"]', "from: String"],
    ["one value instead of a list", 'key: "from"', "from: String"],
    ["a column that only the collection's enum names", 'key: ["from_iata"]', ""],
    ["a field of an enum", 'key: ["hub"]', "hub: Hub"],
  ])("may have a reference whose key is %s", (_, key, field) => {
    const sdl = meshed(`
      type Query { flights(column: flights_column): [Flight!]! @collection(entity: "Flight") }
      enum Hub { SFO } enum flights_column { id from_iata }
      type Flight @key(fields: "id") { id: Int! ${field} origin: Airport @reference(${key}) } ${airport}`);
    expect(names(entity({ flights: sdl }, "Flight")?.references)).toEqual(["origin"]);
  });

  it("has the keys of a nested selection as paths, so that a reference may hold them", () => {
    const sdl = meshed(`
      type Query { a: Int } type Code { iso: String! }
      type Country @key(fields: "code { iso }") { code: Code! }
      type State @key(fields: "id") { id: Int! iso: String country: Country @reference(key: ["iso"]) }`);
    const { mesh } = meshOf({ places: sdl });
    expect(mesh.entities.get("Country")?.keys).toEqual([["code.iso"]]);
    expect(mesh.entities.get("State")?.references.get("country")?.key).toEqual(["iso"]);
  });

  it("says how old it may be, and which field says how far the source has got", () => {
    const sdl = meshed(`
      type Query { progress: DateTime! }
      type Flight @key(fields: "id") ${product("flights")} @freshness(slo: "PT15M", watermark: "progress") { id: Int! }`);
    expect(entity({ flights: sdl }, "Flight")?.freshness).toEqual({ sloMs: 900_000, watermark: "progress" });
  });
});

describe("what federation leaves out of the API", () => {
  const hidden = '@link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"';

  it.each([
    ["@inaccessible", `${hidden}, "@inaccessible"])`, "@inaccessible"],
    ["@inaccessible by another name", `${hidden}, { name: "@inaccessible", as: "@hidden" }])`, "@hidden"],
    ["@inaccessible by its prefixed name", `${hidden}])`, "@federation__inaccessible"],
  ])("is not in the model: a field that is %s", (_, head, directive) => {
    const sdl = `extend schema ${head} type Query { a: Int } type Flight @key(fields: "id") { id: Int! secret: Int ${directive} delay: Int }`;
    expect(names(entity({ flights: sdl }, "Flight")?.columns)).toEqual(["id", "delay"]);
  });

  it("is not in the model: an @inaccessible entity", () => {
    const sdl = federated(`type Query { a: Int } type Flight @key(fields: "id") @inaccessible { id: Int! }`);
    expect(names(meshOf({ flights: sdl }).mesh.entities)).toEqual([]);
  });

  it("is not in the model: an @inaccessible collection, and none of its faults is told", () => {
    const sdl = meshed(`
      type Query { a: Int flights: [Flight!]! @collection(entity: "Nothing") @federation__inaccessible }
      type Flight @key(fields: "id") { id: Int! }`);
    expect(names(meshOf({ flights: sdl }).mesh.collections)).toEqual([]);
  });

  it("is not in the model: an inverse of a reference that is not published", () => {
    const sdl = meshed(`
      type Query { a: Int }
      type Flight @key(fields: "id") { id: Int! from: String origin: Airport @reference(key: ["from"]) @federation__inaccessible }
      type Airport @key(fields: "iata") { iata: String! departures: [Flight!]! @reference(inverseOf: "origin") }`);
    const { mesh, problems } = meshOf({ flights: sdl });
    expect(problems).toEqual([]);
    expect(names(mesh.entities.get("Flight")?.references)).toEqual([]);
    expect(names(mesh.entities.get("Airport")?.inverses)).toEqual([]);
  });

  const overriding = {
    fresh: federated(`type Flight @key(fields: "id") { id: Int! delay: Float @override(from: "old") }`),
    old: federated(
      `type Query { a: Int } type Flight @key(fields: "id") { id: Int! delay: Float tail: String }`,
    ),
  };

  it.each([
    ["before", overriding],
    ["after", { old: overriding.old, fresh: overriding.fresh }],
  ])("is not in the model: an overridden field, when the other stands %s it", (_, sdls) => {
    const read = entity(sdls, "Flight");
    expect(read?.columns.get("delay")?.subgraph).toBe("fresh");
    expect(read?.columns.get("tail")?.subgraph).toBe("old");
  });

  it("is not in the model: an overridden collection, so that its name is not taken", () => {
    const flight = `type Flight @key(fields: "id") { id: Int! }`;
    const sdls = {
      old: meshed(`type Query { flights: [Flight!]! @collection(entity: "Flight") a: Int } ${flight}`),
      fresh: meshed(
        `type Query { flights: [Flight!]! @collection(entity: "Flight") @federation__override(from: "old") } ${flight}`,
      ),
    };
    expect(meshOf(sdls).mesh.collections.get("flights")?.subgraph).toBe("fresh");
  });

  it("is not in the model: an @external field, which another subgraph answers", () => {
    const sdls = {
      a: federated(`
        type Query { a: Flight @federation__provides(fields: "delay") }
        type Flight @key(fields: "id") { id: Int! delay: Int @external }`),
      b: federated(`type Flight @key(fields: "id") { id: Int! delay: Int @shareable }`),
    };
    expect(entity(sdls, "Flight")?.columns.get("delay")?.subgraph).toBe("b");
  });
});

describe("a neighbour without a product", () => {
  it("composes and is left alone", () => {
    const sdls = {
      reviews: federated(
        `type Query { reviews: [Review!]! } type Review @key(fields: "id") { id: ID! text: String }`,
      ),
    };
    const { mesh, problems } = meshOf(sdls);
    expect(problems).toEqual([]);
    expect(names(mesh.collections)).toEqual([]);
    expect(mesh.entities.get("Review")).toMatchObject({ owner: undefined, keys: [["id"]] });
  });

  it("composes even if it has directives of those names with a meaning of its own", () => {
    const sdl = federated(`
      directive @reference(to: String!) on FIELD_DEFINITION
      directive @collection(of: String!) on FIELD_DEFINITION
      type Query { reviews: [Review!]! @collection(of: "reviews") }
      type Review @key(fields: "id") { id: ID! text: String @reference(to: "a book") }`);
    const { mesh } = meshOf({ reviews: sdl });
    expect(names(mesh.collections)).toEqual([]);
    expect(names(mesh.entities.get("Review")?.columns)).toEqual(["id", "text"]);
  });

  it("of Federation 1 composes and is read", () => {
    const sdls = {
      books: `type Query { books: [Book!]! } type Book @key(fields: "isbn") { isbn: ID! title: String }`,
      stock: `extend type Book @key(fields: "isbn") { isbn: ID! @external left: Int }`,
    };
    expect(spell(meshOf(sdls).mesh)).toMatchInlineSnapshot(`
      "Book of nobody, by isbn
        isbn: ID! (books)
        title: String (books)
        left: Int (stock)"
    `);
  });

  it("whose query root has another name composes, and its collections are read", () => {
    const sdl = meshed(`
      schema { query: Root }
      type Root { flights: [Flight!]! @collection(entity: "Flight") }
      type Flight @key(fields: "id") { id: Int! }`);
    expect(composeAll({ flights: sdl }).kind).toBe("composed");
    expect(names(meshOf({ flights: sdl }).mesh.collections)).toEqual(["flights"]);
  });
});
