// Reading one subgraph's SDL: what its directives are called, and what its types say.
import { describe, expect, it } from "vitest";
import { readSubgraph } from "../../../schema/compose/read-subgraph.ts";
import { federationSpecUrl, meshSpecUrl } from "../../../schema/product/mesh-directives.ts";

const link = (url: string, rest = "") => `@link(url: "${url}"${rest})`;
const imports = (...names: string[]) => `, import: [${names.join(", ")}]`;

const flight = (key: string, reference: string) =>
  `type Query { flights: [Flight!]! } type Flight @${key}(fields: "id") { id: Int! origin: Airport @${reference}(key: ["from"]) from: String }`;

describe("the directives of the mesh and of federation", () => {
  it.each([
    [
      "by their names where they are imported",
      `extend schema ${link(federationSpecUrl, imports('"@key"'))} ${link(meshSpecUrl, imports('"@reference"'))}`,
      flight("key", "reference"),
    ],
    [
      "by other names where they are renamed",
      `extend schema ${link(federationSpecUrl, imports('{ name: "@key", as: "@id" }'))} ${link(meshSpecUrl, imports('{ name: "@reference", as: "@leads" }'))}`,
      flight("id", "leads"),
    ],
    [
      "behind a prefix where they are not imported",
      `extend schema ${link(federationSpecUrl)} ${link(meshSpecUrl, imports('"@collection"'))}`,
      flight("federation__key", "mesh__reference"),
    ],
    [
      "behind the prefix that the link names",
      `extend schema ${link(federationSpecUrl, ', as: "fed"')} ${link(meshSpecUrl, ', as: "weft"')}`,
      flight("fed__key", "weft__reference"),
    ],
    [
      "on the schema's definition",
      `schema ${link(federationSpecUrl, imports('"@key"'))} ${link(meshSpecUrl, imports('"@reference"'))} { query: Query }`,
      flight("key", "reference"),
    ],
    [
      "of another version of federation",
      `extend schema ${link("https://specs.apollo.dev/federation/v2.3", imports('"@key"'))} ${link(meshSpecUrl, imports('"@reference"'))}`,
      flight("key", "reference"),
    ],
    [
      "in a subgraph of Federation 1 that links the mesh",
      `extend schema ${link(meshSpecUrl, imports('"@reference"'))}`,
      flight("key", "reference"),
    ],
  ])("are known %s", (_, head, body) => {
    const type = readSubgraph("flights", `${head} ${body}`).types.get("Flight");
    expect(type?.keys).toEqual([["id"]]);
    expect(type?.fields.get("origin")?.reference).toEqual({ key: ["from"] });
  });

  it.each([
    ["of the plain name where another is imported", '{ name: "@reference", as: "@leads" }', "reference"],
    ["of the prefixed name where the plain one is imported", '"@reference"', "mesh__reference"],
  ])("are not those %s", (_, imported, written) => {
    const head = `extend schema ${link(federationSpecUrl, imports('"@key"'))} ${link(meshSpecUrl, imports(imported))}`;
    const type = readSubgraph("flights", `${head} ${flight("key", written)}`).types.get("Flight");
    expect(type?.fields.get("origin")?.reference).toBeUndefined();
  });

  it("are not those of a subgraph that does not link the mesh, whatever it calls its own", () => {
    const head = `extend schema ${link(federationSpecUrl, imports('"@key"'))}`;
    const type = readSubgraph("flights", `${head} ${flight("key", "reference")}`).types.get("Flight");
    expect(type?.keys).toEqual([["id"]]);
    expect(type?.fields.get("origin")?.reference).toBeUndefined();
  });

  it("are plain in a subgraph of Federation 1, whose key may be a list", () => {
    const { types } = readSubgraph(
      "flights",
      `extend type Flight @key(fields: ["id", "leg"]) { id: Int! @external leg: Int! }`,
    );
    expect(types.get("Flight")?.keys).toEqual([["id", "leg"]]);
  });
});

describe("a type", () => {
  const head = `extend schema ${link(federationSpecUrl, imports('"@key"'))} ${link(meshSpecUrl, imports('"@collection"', '"@reference"', '"@dataProduct"', '"@freshness"'))}`;
  const read = (body: string) => readSubgraph("flights", `${head} ${body}`);

  it("has what its definition and all its extensions say", () => {
    const { types } = read(`
      type Flight @key(fields: "id") { id: Int! }
      extend type Flight @key(fields: "code leg") @dataProduct(id: "flights") { code: String leg: Int }
      extend type Flight { date: String }`);
    expect(types.get("Flight")).toMatchObject({
      keys: [["id"], ["code", "leg"]],
      dataProduct: { id: "flights" },
      freshness: undefined,
    });
    expect([...(types.get("Flight")?.fields.keys() ?? [])]).toEqual(["id", "code", "leg", "date"]);
  });

  it.each([
    ["id", [["id"]]],
    ["id, leg", [["id", "leg"]]],
    ["  id\\n leg ", [["id", "leg"]]],
    ["id airline { code country { iso } }", [["id", "airline.code", "airline.country.iso"]]],
  ])("with the key %j has its fields", (fields, keys) => {
    expect(read(`type Flight @key(fields: "${fields}") { id: Int! }`).types.get("Flight")?.keys).toEqual(
      keys,
    );
  });

  it.each([
    ["Flight", { type: "Flight", list: false, required: false }],
    ["Flight!", { type: "Flight", list: false, required: true }],
    ["[Flight!]!", { type: "Flight", list: true, required: true }],
    ["[Flight]", { type: "Flight", list: true, required: false }],
    ["[[Flight!]!]!", { type: "[Flight]", list: true, required: true }],
  ])("with a field of %s says so", (written, expected) => {
    const query = read(`type Query { it: ${written} @collection(entity: "Flight", keysMax: 5) }`).query;
    expect(query?.fields.get("it")).toEqual({
      ...expected,
      name: "it",
      takesArguments: false,
      collection: { entity: "Flight", keysMax: 5 },
      reference: undefined,
    });
  });
});

describe("a subgraph", () => {
  it.each([
    ["Query", "type Query { a: Int }"],
    ["Query", "extend type Query { a: Int }"],
    ["Root", "schema { query: Root } type Root { a: Int }"],
    ["Root", 'extend schema @link(url: "x") { query: Root } type Root { a: Int } type Mutation { b: Int }'],
  ])("has the query root %s in: %s", (name, sdl) => {
    expect(readSubgraph("a", sdl).query?.name).toBe(name);
  });

  it("of entities alone has no query root", () => {
    expect(readSubgraph("a", 'type A @key(fields: "id") { id: ID! }').query).toBeUndefined();
  });

  it("has the values of an enum from its definition and its extensions", () => {
    const { leaves } = readSubgraph(
      "a",
      "extend enum Size { XL } enum Size { S M } scalar Weight extend enum Size { L }",
    );
    expect(leaves.get("Weight")).toEqual([]);
    expect([...(leaves.get("Size") ?? [])].sort()).toEqual(["L", "M", "S", "XL"]);
    expect(leaves.has("Flight")).toBe(false);
  });

  it("that cannot be parsed is named, with the line and the column", () => {
    expect(() => readSubgraph("airports", "type Query {\n  a: !\n}")).toThrow(
      expect.objectContaining({
        code: "SDL_INVALID",
        extensions: expect.objectContaining({ subgraph: "airports" }),
        message: expect.stringMatching(
          /^Subgraph airports: its SDL cannot be read: .*[^.] \(line 2, column 6\)\. /,
        ),
      }),
    );
  });
});

it("imports that have no name are none", () => {
  const head = `extend schema ${link(meshSpecUrl, ', import: [{ as: "@x" }, 1, "@collection"]')}`;
  const { query } = readSubgraph("a", `${head} type Query { list: [Int] @collection(entity: "A") }`);
  expect(query?.fields.get("list")?.collection).toEqual({ entity: "A" });
});
