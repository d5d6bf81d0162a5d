// The SDL of a product: it composes, alone and with its neighbours, and is written as the contract says.
import { buildSchema, type GraphQLSchema, parse } from "graphql";
import { describe, expect, test } from "vitest";
import { defineProduct, duckdb, productSdl } from "weft/sdk";
import { compose } from "../../schema/compose/compose.ts";
import { askedPort } from "./support/asking.ts";
import { museum } from "./support/museum.ts";

/** A product of few names, so that its SDL can be read. */
const stamps = defineProduct({
  id: "stamps",
  version: "2.1.0-rc.1",
  domain: "culture",
  owner: 'The "Stamp" Office',
  contact: "stamps@weft.example",
  status: "draft",
  contract: "https://weft.example/stamps",
  freshness: { slo: "PT15M" },
  engine: duckdb({
    load: ["create table stamps (id integer, issued date, country varchar)"],
    memoryMax: "64MB",
  }),
  neighbours: { Country: { code: "String" } },
  entities: {
    Stamp: {
      description: 'A stamp with a "name", a back\\slash\nand two lines.',
      collection: "stamps",
      key: ["id"],
      columns: {
        id: { type: "Int!", description: "Number." },
        issued: { type: "Date", description: "First day." },
      },
      references: {
        country: {
          entity: "Country",
          key: { code: "country" },
          description: "Where it is valid.",
          inverse: { field: "stamps", description: "Stamps valid here." },
        },
      },
      keysMax: 100,
      rowsMax: 1000,
    },
  },
});

const countries = defineProduct({
  id: "countries",
  version: "1.0.0",
  domain: "reference",
  owner: "Atlas",
  contact: "atlas@weft.example",
  freshness: { slo: "P30D" },
  engine: duckdb({ load: ["create table countries (code varchar)"], memoryMax: "64MB" }),
  entities: {
    Country: {
      description: "A country.",
      collection: "countries",
      key: ["code"],
      columns: { code: { type: "String!", description: "Its code." } },
    },
  },
});

const subgraph = (product: typeof stamps) => ({
  name: product.id,
  url: `http://${product.id}.example/graphql`,
  sdl: productSdl(product),
});

describe("the SDL of a product", () => {
  test("is as it was", async () => {
    await expect(productSdl(stamps)).toMatchFileSnapshot("support/stamps-sdl.txt");
  });

  test("is what the port answers to _service, as far as a gateway reads it", async () => {
    await using port = await askedPort(stamps);
    const { _service } = await port.ask("{ _service { sdl } }");
    expect(compose([{ ...subgraph(stamps), sdl: _service.sdl }, subgraph(countries)])).toMatchObject({
      kind: "composed",
    });
    expect(_service.sdl).toContain('@collection(entity: "Stamp", aggregate: "stamps_aggregate"');
    expect(_service.sdl).toContain('@reference(key: ["country_code"])');
  });

  test.each([
    ["stamps alone", [stamps]],
    ["stamps and the countries that they are valid in", [stamps, countries]],
    ["the museum", [museum()]],
    ["all of them", [museum(), stamps, countries]],
  ] as const)("composes: %s", (_, products) => {
    const composition = compose(products.map(subgraph));
    expect(composition.kind === "refused" && composition.problems.map(({ message }) => message)).toBe(false);
  });

  test("shares no generated type with another product", () => {
    const names = (sdl: string) =>
      parse(sdl).definitions.flatMap((node) =>
        "name" in node && node.name && /(Object|Input|Enum).*TypeDefinition/.test(node.kind)
          ? [node.name.value]
          : [],
      );
    const shared = names(productSdl(stamps)).filter((name) => names(productSdl(museum())).includes(name));
    expect(shared).toEqual(["Query"]);
  });

  test("has the descriptions that were given", () => {
    const schema = composed([stamps]);
    expect(schema.getType("Stamp")?.description).toBe('A stamp with a "name", a back\\slash and two lines.');
    expect(schema.getQueryType()?.description).toBe('What The "Stamp" Office offers.');
  });

  test("says what is deprecated, as it was said", () => {
    const sdl = productSdl(
      defineProduct({
        id: "coins",
        version: "1.0.0",
        domain: "culture",
        owner: "Mint",
        contact: "mint@weft.example",
        status: "retired",
        freshness: { slo: "P1D" },
        engine: duckdb({ load: [] }),
        entities: {
          Coin: {
            description: "A coin.",
            collection: "coins",
            key: ["id"],
            columns: {
              id: { type: "Int!", description: "Number." },
              size: {
                type: "Float",
                description: "Size.",
                deprecated: {
                  replacement: "Coin.width",
                  since: "2026-11-21",
                  ends: "2027-06-30",
                  reason: 'Of "which" side?',
                },
              },
              width: { type: "Float", description: "Width." },
            },
            references: {
              twin: {
                entity: "Coin",
                key: { id: "twin" },
                description: "Its twin.",
                deprecated: { reason: "" },
                inverse: { field: "twins", description: "Twins.", deprecated: { reason: "Rare." } },
              },
            },
          },
        },
      }),
    );
    expect(sdl.match(/\S+.* @deprecated.*/g)).toEqual([
      'size: Float @deprecated(reason: "Use `Coin.width`. Since 2026-11-21. Ends 2027-06-30. Of \\"which\\" side?")',
      'twin: Coin @reference(key: ["twin_id"]) @deprecated',
      expect.stringMatching(
        /^twins\(.*\): \[Coin!\]! @reference\(inverseOf: "twin"\) @deprecated\(reason: "Rare\."\)$/,
      ),
      'twins_aggregate(where: coins_bool_exp): coins_aggregate! @deprecated(reason: "Rare.")',
    ]);
    expect(sdl).toContain('status: "retired"');
  });

  test("has no field for the columns that only hold a reference's key", () => {
    const stamp = composed([stamps]).getType("Stamp");
    expect(stamp && "getFields" in stamp && Object.keys(stamp.getFields())).toEqual([
      "id",
      "issued",
      "country",
    ]);
  });
});

function composed(products: readonly (typeof stamps)[]): GraphQLSchema {
  const composition = compose(products.map(subgraph));
  if (composition.kind === "refused") throw composition.problems[0];
  return buildSchema(composition.supergraphSdl, { assumeValidSDL: true });
}
