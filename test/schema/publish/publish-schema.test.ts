// The published schema: what it has beyond the composed one, what it leaves as it is, and how large it gets.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import {
  type GraphQLNamedType,
  isInputObjectType,
  isObjectType,
  isScalarType,
  parse,
  printType,
  validate,
  validateSchema,
} from "graphql";
import { describe, expect, it } from "vitest";
import { generatedNames } from "../../../schema/product/generated-names.ts";
import { meshShapes } from "../../../schema/product/mesh-shape.ts";
import { isScalarName, scalarTraits } from "../../../schema/product/scalar.ts";
import { numbers, readTape } from "../../federation/random/tape.ts";
import { root } from "../../setup/weft-process.ts";
import { federated, meshed, product } from "../compose/mesh-sdl.ts";
import { manyProducts } from "./many-products.ts";
import { demo, fieldsOf, publish, sdlsOf } from "./published.ts";
import { randomQuestion } from "./random-question.ts";

const mesh = await publish(demo);
const { api, published } = mesh;

describe("the published schema of the demo", () => {
  it("is valid", () => {
    expect(validateSchema(published)).toEqual([]);
  });

  it.each([
    ["flights_bool_exp", "origin: flights_origin_key_exp", "origin: airports_reference_exp"],
    ["flights_order_by", "origin: flights_origin_key_order_by", "origin: airports_order_by"],
    ["flights_by", "origin: flights_origin_by!", "origin: airports_by!"],
    ["flights_by_order_by", "origin: flights_origin_by_order_by", "origin: airports_by_order_by"],
    ["airports_by", "state: airports_state_by!", "state: states_by!"],
  ])("%s reaches into another domain: %s becomes %s", (type, before, after) => {
    expect(fieldsOf(api, type)).toContain(before);
    expect(fieldsOf(published, type)).toContain(after);
    expect(fieldsOf(published, type)).toHaveLength(fieldsOf(api, type).length);
  });

  it.each([
    ["airports_bool_exp", "departures: flights_bool_exp"],
    ["airports_bool_exp", "strikes: strikes_bool_exp"],
    ["airports_order_by", "departures_aggregate: flights_aggregate_order_by"],
    ["countries_reference_exp", "airports: airports_bool_exp"],
  ])("%s has an inverse that another domain contributed: %s", (type, field) => {
    expect(fieldsOf(published, type)).toContain(field);
  });

  it("makes the reference input that no port has", () => {
    expect(api.getType("airports_reference_exp")).toBeUndefined();
    expect(fieldsOf(published, "airports_reference_exp")).toEqual([
      "_is_null: Boolean",
      ...fieldsOf(published, "airports_bool_exp"),
    ]);
  });

  it("keeps what leads about within a domain", () => {
    expect(fieldsOf(published, "states_bool_exp")).toContain("country: countries_reference_exp");
    expect(fieldsOf(published, "countries_bool_exp")).toContain("states: states_bool_exp");
  });

  it("says who owns what it leads to", () => {
    const { origin, delay } = Object(published.getType("flights_bool_exp")).getFields();
    expect(origin.description).toBe("Of Airport Registry (airports).");
    expect(delay.description).toBeUndefined();
  });

  it("has none of the types that stood for a key alone", () => {
    const kept = Object.keys(published.getTypeMap()).filter((name) => /_(origin|state)_(key|by)/.test(name));
    expect(kept).toEqual([]);
  });

  it("leaves every other type as it is", () => {
    const extended = /_(bool_exp|reference_exp|order_by|by)$|_key_|^__/;
    const texts = (schema: typeof api) =>
      Object.values(schema.getTypeMap())
        .filter(({ name }) => !extended.test(name))
        .map(printType)
        .sort();
    expect(texts(published)).toEqual(texts(api));
    expect(texts(api).length).toBeGreaterThan(50);
  });

  it("has just what the shapes of the mesh have", () => {
    const shapes = meshShapes(mesh.mesh);
    for (const name of mesh.mesh.collections.keys()) {
      const { columns, references, inverses } = shapes.ofCollection(name);
      const names = generatedNames(name);
      const fields = (type: string) =>
        fieldsOf(published, type)
          .map((field) => field.split(":")[0])
          .filter((field) => !field?.startsWith("_"))
          .sort();
      const buckets = [...columns].flatMap(([column, scalar]) =>
        Object.keys(scalarTraits[scalar].buckets).map((bucket) => `${column}_${bucket}`),
      );
      const own = [...columns.keys(), ...references.keys()];
      const aggregates = [...inverses.keys()].map((inverse) => `${inverse}_aggregate`);
      expect(fields(names.boolExp)).toEqual([...own, ...inverses.keys()].sort());
      expect(fields(names.orderBy)).toEqual([...own, ...aggregates].sort());
      expect(fields(names.by)).toEqual([...own, ...buckets].sort());
    }
  });
});

describe("a question", () => {
  const examples = readdirSync(join(root, "examples"))
    .filter((file) => file.endsWith(".graphql"))
    .map((file) => readFileSync(join(root, "examples", file), "utf8"));
  const within = [
    '{ flights(where: { origin: { iata: { _eq: "SFO" }, _is_null: false } }) { id } }',
    '{ flights(where: { origin: { _or: [{ iata: { _in: ["SFO"] } }] } }) { id } }',
    "{ flights(order_by: [{ origin: { iata: desc_nulls_last } }]) { id } }",
    "{ flights_groups(order_by: [{ by: { origin: { iata: asc } } }]) { by { origin { iata __typename } } } }",
    "query ($w: flights_bool_exp, $o: [flights_order_by!]) { flights(where: $w, order_by: $o) { id } }",
    "query ($i: String) { airports { departures(where: { origin: { iata: { _eq: $i } } }) { id } } }",
    "{ countries(where: { states: { code: { _eq: null } } }, order_by: [{ states_aggregate: { count: asc } }]) { name } }",
  ];

  it.each(within)("that federation answers is valid as before: %s", (text) => {
    expect(validate(api, parse(text))).toEqual([]);
    expect(validate(published, parse(text))).toEqual([]);
  });

  it("of the examples is valid, and four of them stay within what federation answers", () => {
    for (const text of examples) expect(validate(published, parse(text))).toEqual([]);
    expect(examples.filter((text) => validate(api, parse(text)).length === 0)).toHaveLength(4);
  });

  it("at random is valid as before", () => {
    const holds = fc.property(numbers(10, 200), (tape) => {
      const text = randomQuestion(readTape(tape), api);
      expect(validate(api, parse(text)).map(({ message }) => message)).toEqual([]);
      expect(validate(published, parse(text)).map(({ message }) => message)).toEqual([]);
    });
    fc.assert(holds, { seed: 20260104, numRuns: 300, endOnFailure: true });
  });

  it.each([
    '{ flights(where: { origin: { state: { country: { region: { _eq: "Americas" } } } } }) { id } }',
    "{ countries(where: { airports: { departures: { delay: { _gt: 60 } } } }) { name } }",
    "{ flights(order_by: [{ destination: { departures_aggregate: { avg: { delay: desc } } } }]) { id } }",
    "{ flights_groups(order_by: [{ by: { origin: { state: { name: asc } } } }]) { by { origin { state { name } } } } }",
    "query ($w: airports_reference_exp) { flights_aggregate(where: { origin: $w }) { aggregate { count } } }",
  ])("that reaches into other domains is valid here alone: %s", (text) => {
    expect(validate(published, parse(text))).toEqual([]);
    expect(validate(api, parse(text))).not.toEqual([]);
  });

  it("names the types of the published schema: those that stood for a key alone are gone", () => {
    const text = "{ flights_groups { by { origin { ... on flights_origin_by { iata } } } } }";
    expect(validate(api, parse(text))).toEqual([]);
    expect(validate(published, parse(text)).map(({ message }) => message)).toEqual([
      expect.stringContaining('Unknown type "flights_origin_by".'),
    ]);
  });
});

/** Wagons, each of a train that others own; the dialect's types are what `more` says. */
const wagons = (more: string) =>
  meshed(`
    type Query { wagons(where: wagons_bool_exp, order_by: [wagons_order_by!]): [Wagon!]!
      @collection(entity: "Wagon") }
    type Wagon @key(fields: "id") ${product("wagons")} { id: Int! line: String train: Train @reference(key: ["line"]) }
    type Train @key(fields: "line") { line: String! wagons: [Wagon!]! @reference(inverseOf: "train") }
    input wagons_Int_comparison_exp { _eq: Int }
    enum wagons_direction { asc desc }
    ${more}`);
const wagonInputs = `
  input wagons_bool_exp { _and: [wagons_bool_exp!] id: wagons_Int_comparison_exp shape: Shape train: wagons_train_key_exp }
  input wagons_train_key_exp { line: wagons_String_comparison_exp }
  input wagons_String_comparison_exp { _eq: String }
  input Shape { round: Boolean }
  input wagons_order_by { id: wagons_direction train: wagons_train_key_order_by }
  input wagons_train_key_order_by { line: wagons_direction }`;
const trainWhere = `
  input trains_bool_exp { line: trains_String_comparison_exp }
  input trains_String_comparison_exp { _eq: String }
  extend type Query { trains_aggregate(where: trains_bool_exp): Int }`;
/** Trains, asked by a list alone: nothing of the dialect is in their SDL but what `more` says. */
const trains = (more = trainWhere, dialect = "weft") =>
  meshed(`
    scalar Colour
    type Query { trains: [Train!]! @collection(entity: "Train", dialect: "${dialect}") }
    type Train @key(fields: "line") ${product("trains")} { line: String! name: String left: DateTime paint: Colour }
    ${more}`);

describe("ports that other hands wrote", () => {
  it("keep what the model does not know, and operators as they have them", async () => {
    const { published: schema } = await publish({ wagons: wagons(wagonInputs), trains: trains() });
    expect(validateSchema(schema)).toEqual([]);
    expect(fieldsOf(schema, "wagons_bool_exp")).toEqual([
      "_and: [wagons_bool_exp!]",
      "id: wagons_Int_comparison_exp",
      "shape: Shape",
      "train: trains_reference_exp",
    ]);
    expect(fieldsOf(schema, "trains_String_comparison_exp")).toEqual(["_eq: String"]);
    const asked = ["line: trains_String_comparison_exp", "wagons: wagons_bool_exp"];
    expect(fieldsOf(schema, "trains_bool_exp")).toEqual(asked);
    expect(fieldsOf(schema, "trains_reference_exp")).toEqual(["_is_null: Boolean", ...asked]);
  });

  it("are not asked by a reference that their own types do not have", async () => {
    const bare = wagonInputs.replace("train: wagons_train_key_order_by", "");
    const { published: schema } = await publish({ wagons: wagons(bare), trains: trains() });
    expect(fieldsOf(schema, "wagons_order_by")).toEqual(["id: wagons_direction"]);
  });

  it("get the types that they lack, where something leads to them", async () => {
    const { published: schema } = await publish({ wagons: wagons(wagonInputs), trains: trains("") });
    expect(validateSchema(schema)).toEqual([]);
    expect(fieldsOf(schema, "wagons_order_by")).toEqual(["id: wagons_direction", "train: trains_order_by"]);
    expect(fieldsOf(schema, "trains_order_by")).toEqual([
      "line: trains_direction",
      "name: trains_direction",
      "left: trains_direction",
      "wagons_aggregate: wagons_aggregate_order_by",
    ]);
    expect(fieldsOf(schema, "trains_reference_exp")).toEqual([
      "_is_null: Boolean",
      "_and: [trains_bool_exp!]",
      "_or: [trains_bool_exp!]",
      "_not: trains_bool_exp",
      "line: trains_String_comparison_exp",
      "name: trains_String_comparison_exp",
      "left: trains_DateTime_comparison_exp",
      "wagons: wagons_bool_exp",
    ]);
    expect(fieldsOf(schema, "trains_DateTime_comparison_exp")).toContain("_nin: [DateTime!]");
    expect(fieldsOf(schema, "wagons_aggregate_order_by")).toContain("count: wagons_direction");
    expect(schema.getType("trains_by")).toBeUndefined();
  });

  it("are left as they are where the target cannot be asked in the dialect", async () => {
    const sdls = { wagons: wagons(wagonInputs), trains: trains(trainWhere, "none") };
    const { published: schema, api: before } = await publish(sdls);
    expect(fieldsOf(schema, "wagons_bool_exp")).toEqual(fieldsOf(before, "wagons_bool_exp"));
    expect(fieldsOf(schema, "trains_bool_exp")).toEqual(fieldsOf(before, "trains_bool_exp"));
  });

  it("may have a type of their own that is called as one to be made: nothing leads to it", async () => {
    const own = `${wagonInputs} type trains_order_by { a: Int } extend type Query { odd: trains_order_by }`;
    const { published: schema } = await publish({ wagons: wagons(own), trains: trains() });
    expect(validateSchema(schema)).toEqual([]);
    expect(fieldsOf(schema, "wagons_order_by")).toContain("train: wagons_train_key_order_by");
    expect(fieldsOf(schema, "trains_order_by")).toEqual(["a: Int"]);
  });

  it("filter by the columns of their own subgraph alone", async () => {
    const crew = meshed(`type Train @key(fields: "line") { line: String! driver: String }`);
    const { published: schema } = await publish({ wagons: wagons(wagonInputs), trains: trains(""), crew });
    expect(fieldsOf(schema, "Train")).toContain("driver: String");
    expect(fieldsOf(schema, "trains_reference_exp").join()).not.toContain("driver");
  });
});

it("is the composed schema itself where no product has a collection", async () => {
  const { apiSdl, publishedSdl } = await publish({
    a: federated(`type Query { a: A } type A @key(fields: "id") { id: ID! }`),
  });
  expect(publishedSdl).toBe(apiSdl);
});

describe("of many products", () => {
  const counts = [10, 50];
  const large = publish(sdlsOf(manyProducts(50)));

  it("is valid, and every collection reaches every other", async () => {
    const { published: schema } = await large;
    expect(validateSchema(schema)).toEqual([]);
    const reached = new Set<string>();
    const visit = (type: GraphQLNamedType | undefined): void => {
      if (!isInputObjectType(type) || reached.has(type.name)) return;
      reached.add(type.name);
      for (const field of Object.values(type.getFields()))
        visit(schema.getType(String(field.type).replace(/\W/g, "")));
    };
    visit(schema.getType("c0_bool_exp"));
    expect([...reached].filter((name) => name.endsWith("_bool_exp"))).toHaveLength(50);
  });

  it("grows with the number of products alone", async () => {
    const bytesEach = async (count: number) => {
      const { publishedSdl } = await (count === 50 ? large : publish(sdlsOf(manyProducts(count))));
      return Buffer.byteLength(publishedSdl) / count;
    };
    const [few, many] = await Promise.all(counts.map(bytesEach));
    expect(many).toBeLessThan((few as number) * 1.1);
    expect(many).toBeLessThan(20_000);
  });
});

it("names no scalar that a schema lacks", () => {
  const scalars = Object.values(published.getTypeMap()).filter((type) => isScalarType(type));
  expect(scalars.filter(({ name }) => !isScalarName(name))).toEqual([]);
  expect(isObjectType(published.getType("airports_by"))).toBe(true);
});
