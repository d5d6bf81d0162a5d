// Generating documents: from nothing, and into what a team has written.
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { checkDocuments, type ProductDocuments } from "../../schema/contract/check-documents.ts";
import { classificationsOf } from "../../schema/contract/classifications.ts";
import { generateContract } from "../../schema/contract/generate-contract.ts";
import { generateDescriptor } from "../../schema/contract/generate-descriptor.ts";
import { readContract } from "../../schema/contract/read-contract.ts";
import { edited, shopContract, shopDescriptor, shopSubgraph } from "./support/shop-documents.ts";

const findingsOf = (subgraph: { readonly name: string; readonly sdl: string }, documents: ProductDocuments) =>
  checkDocuments(subgraph, documents).findings;

const url = "http://127.0.0.1:4000/graphql";
const again = (text: string, sdl = shopSubgraph.sdl) =>
  generateContract({ name: "shop", sdl }, { url }, text);

/** What a team adds, in its own style: comments, blank lines, quotes, flow lists, keys in another order. */
const completed = [
  ["apiVersion: v3.1.0\n", "# Read by the people of sales.\n\napiVersion: 'v3.1.0' # quoted here\n"],
  [
    "dataProduct: shop\n",
    'dataProduct: shop\ntenant: weft\ntags: [orders, "euro"]\ncontractCreatedTs: 2024-01-01T00:00:00Z\n',
  ],
  [
    "team:\n  name: Sales\n",
    "team:\n  name: Sales\n  # who answers\n  members:\n    - username: ann\n      role: owner\n",
  ],
  ["support:\n", "support:\n  - channel: '#sales' # the fast way\n    tool: slack\n"],
  [
    "slaProperties:\n",
    "price:\n  priceAmount: 9.95\n  priceCurrency: EUR\n\nslaProperties:\n  - property: retention\n    value: 3\n    unit: y\n",
  ],
  [
    "      - name: code\n",
    "      # the buyer's own\n      - name: code\n        classification: confidential\n        quality:\n          - metric: nullValues # few\n            mustBeLessThan: 5\n            unit: percent\n",
  ],
  ["        description: In euros.\n", "        description: In euros.\n        businessName: Price\n"],
].reduce((text, [from, to]) => edited(text, from as string, to as string), shopContract);

describe("a contract", () => {
  it("that is generated again is the same, letter by letter", () => {
    expect(again(shopContract)).toEqual({ text: shopContract, changes: [] });
  });

  it("that is complete and in step is the same, letter by letter", () => {
    expect(findingsOf(shopSubgraph, { contract: { file: "c", text: completed } })).toEqual([]);
    expect(again(completed)).toEqual({ text: completed, changes: [] });
  });

  it("takes what the SDL says anew, and keeps all that the team wrote", () => {
    const sdl = shopSubgraph.sdl
      .replaceAll('version: "1.2.0"', 'version: "2.0.0"')
      .replaceAll('slo: "PT36H"', 'slo: "P3D"')
      .replaceAll('owner: "Sales"', 'owner: "Selling"')
      .replaceAll("sales@weft.example", "selling@weft.example")
      .replace(
        '"As the buyer calls it."\n  code: String',
        '"As the buyer says."\n  code: String!\n  "How many."\n  pieces: Int!',
      )
      .replace('"How far it is."\n  state: String', "");
    const { text, changes } = again(completed, sdl);
    expect(changes).toEqual([
      "version: 1.2.0 → 2.0.0",
      "team.name: Sales → Selling",
      "support.contact.url: mailto:sales@weft.example → mailto:selling@weft.example",
      "slaProperties.latency Order.value: 36 → 3",
      "slaProperties.latency Order.unit: h → d",
      "slaProperties.latency Item.value: 36 → 3",
      "slaProperties.latency Item.unit: h → d",
      "slaProperties.latency Line.value: 36 → 3",
      "slaProperties.latency Line.unit: h → d",
      "schema.Order.properties.code.required: true",
      "schema.Order.properties.code.description: As the buyer calls it. → As the buyer says.",
      "schema.Order.properties.pieces: added",
      "schema.Order.properties.state: removed",
    ]);
    expect(findingsOf({ name: "shop", sdl }, { contract: { file: "c", text } })).toEqual([]);
    expect(again(text, sdl)).toEqual({ text, changes: [] });
    for (const kept of [
      "# Read by the people of sales.\n\n",
      "'v3.1.0' # quoted here",
      'tags: [orders, "euro"]',
      "contractCreatedTs: 2024-01-01T00:00:00Z",
      "  # who answers\n  members:\n    - username: ann\n",
      "  - channel: '#sales' # the fast way\n    tool: slack\n",
      "price:\n  priceAmount: 9.95\n  priceCurrency: EUR\n\nslaProperties:\n  - property: retention\n",
      "      # the buyer's own\n      - name: code\n        classification: confidential\n",
      "          - metric: nullValues # few\n            mustBeLessThan: 5\n            unit: percent\n",
      "businessName: Price",
    ])
      expect(text).toContain(kept);
    // What went with the SDL is all that is gone.
    const lost = completed.split("\n").filter((line) => !text.split("\n").includes(line));
    expect(
      lost.filter((line) => !/version|name: Sales|mailto|36|unit: h|calls it|state|How far/.test(line)),
    ).toEqual([]);
  });

  it("keeps the style of lists that begin at their key", () => {
    const flat = `apiVersion: v3.1.0\nkind: DataContract\nid: shop-contract\nversion: 0.9.0\nstatus: active\ntags:\n- a\n- b\n`;
    expect(again(flat).text).toContain("tags:\n- a\n- b\n");
  });

  it("is completed where it is empty, or has but its head", () => {
    expect(again("").text).toBe(shopContract);
    expect(
      findingsOf(shopSubgraph, { contract: { file: "c", text: again("# mine\nstatus: active\n").text } }),
    ).toEqual([]);
  });

  it("keeps its version of the standard, its list of members and its id, which the SDL does not say", () => {
    const sdl = shopSubgraph.sdl.replaceAll(', contract: "shop-contract"', "");
    const mine = edited(
      edited(
        edited(shopContract, "apiVersion: v3.1.0", "apiVersion: v3.0.2"),
        "id: shop-contract",
        "id: mine",
      ),
      "team:\n  name: Sales\n",
      "team:\n  - username: ann\n    role: steward\n  - username: Sales\n    role: owner\n",
    );
    expect(again(mine, sdl)).toEqual({ text: mine, changes: [] });
    const { text } = again(mine, sdl.replaceAll('owner: "Sales"', 'owner: "Selling"'));
    expect(parse(text).team).toEqual([
      { username: "ann", role: "steward" },
      { username: "Selling", role: "owner" },
    ]);
  });

  it("that is no YAML is not written over", () => {
    expect(() => again("a: [1\nb: 2\n")).toThrow(expect.objectContaining({ code: "DOCUMENT_UNREADABLE" }));
    expect(() => generateContract({ name: "plain", sdl: "type Query { ok: Boolean }" }, { url })).toThrow(
      expect.objectContaining({ code: "PRODUCT_UNDECLARED" }),
    );
  });

  it("says of composite references what they lead to, at the entity", () => {
    const sdl = `
      extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
        @link(url: "https://weft.dev/spec/mesh/v1.0", import: ["@dataProduct", "@reference"])
      type Query { parts: [Part!]! }
      enum Grade { A B }
      type Part @key(fields: "id") @dataProduct(id: "parts", version: "1.0.0", domain: "d", owner: "o", contact: "https://o.example") {
        id: ID!  shelf: String!  row: Int!  grade: Grade  tags: [String!]  at(unit: String): Float
        place: Place @reference(key: ["shelf", "row"])
      }
      type Place @key(fields: "shelf row") { shelf: String! row: Int! }`;
    const subgraph = { name: "parts", sdl };
    const { text } = generateContract(subgraph, { url });
    const [part] = parse(text).schema;
    expect(part.relationships).toEqual([
      { type: "foreignKey", from: ["Part.shelf", "Part.row"], to: ["Place.shelf", "Place.row"] },
    ]);
    expect(
      part.properties.map(({ name, logicalType, physicalType }: Record<string, string>) => [
        name,
        logicalType,
        physicalType,
      ]),
    ).toEqual([
      ["id", "string", "ID"],
      ["shelf", "string", "String"],
      ["row", "integer", "Int"],
      ["grade", "string", "Grade"],
      ["tags", "array", "[String]"],
    ]);
    expect(findingsOf(subgraph, { contract: { file: "c", text } })).toEqual([]);
    expect(generateContract(subgraph, { url }, text).changes).toEqual([]);
  });
});

describe("a descriptor", () => {
  it("that is generated again is the same, letter by letter", () => {
    expect(generateDescriptor(shopSubgraph, {}, shopDescriptor)).toEqual({
      text: shopDescriptor,
      changes: [],
    });
  });

  it("takes what the SDL says anew, and keeps all that the team wrote", () => {
    const mine = [
      ["status: active\n", "status: active # since May\ntags: [a]\n"],
      [
        "outputPorts:\n",
        "inputPorts:\n  - name: erp\n    version: 1.0.0\n    contractId: erp\noutputPorts:\n  - name: file\n    version: 1.0.0\n",
      ],
      ["    role: owner\n", "    role: owner\n  - username: ann\n    role: steward\n"],
    ].reduce((text, [from, to]) => edited(text, from as string, to as string), shopDescriptor);
    const sdl = shopSubgraph.sdl.replaceAll('version: "1.2.0"', 'version: "1.3.0"');
    const { text, changes } = generateDescriptor({ name: "shop", sdl }, {}, mine);
    expect(changes).toEqual(["version: 1.2.0 → 1.3.0", "outputPorts.graphql.version: 1.2.0 → 1.3.0"]);
    expect(text).toBe(mine.replaceAll("version: 1.2.0", "version: 1.3.0"));
  });

  it("has no channel of a contact that is no URL, which the standard asks for", () => {
    const sdl = shopSubgraph.sdl.replaceAll("sales@weft.example", "#sales");
    const { text } = generateDescriptor({ name: "shop", sdl });
    expect(parse(text).support).toBeUndefined();
    const contract = generateContract({ name: "shop", sdl }, { url }).text;
    expect(parse(contract).support).toEqual([{ channel: "#sales" }]);
    const documents = { contract: { file: "c", text: contract }, descriptor: { file: "d", text } };
    expect(findingsOf({ name: "shop", sdl }, documents)).toEqual([]);
  });
});

it("tells the classifications of columns by `Entity.column`", () => {
  const { contract } = readContract({ subgraph: "shop", file: "c", text: completed });
  expect(contract && [...classificationsOf(contract)]).toEqual([["Order.code", "confidential"]]);
});
