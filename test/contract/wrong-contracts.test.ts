// Wrong contracts and descriptors: each finding with its code and its line.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Finding } from "../../schema/check/finding.ts";
import { checkDocuments, type ProductDocuments } from "../../schema/contract/check-documents.ts";
import { type ContractCode, contractCodes } from "../../schema/contract/document-findings.ts";
import { generateContract } from "../../schema/contract/generate-contract.ts";
import { root } from "../setup/weft-process.ts";
import { edited, shopContract, shopDescriptor, shopSubgraph } from "./support/shop-documents.ts";

const findingsOf = (subgraph: { readonly name: string; readonly sdl: string }, documents: ProductDocuments) =>
  checkDocuments(subgraph, documents).findings;

const check = (contract: string, descriptor = shopDescriptor) =>
  findingsOf(shopSubgraph, {
    contract: { file: "contract.odcs.yaml", text: contract },
    descriptor: { file: "product.odps.yaml", text: descriptor },
  });

/** The line that a text begins on, from 1. */
const lineOf = (text: string, part: string) => text.slice(0, text.indexOf(part)).split("\n").length;

const told = ({ code, place }: Finding) => [code, place?.line];
const orderCode = "      - name: code\n        logicalType: string\n        physicalType: String\n";
const orderId =
  "      - name: id\n        logicalType: integer\n        physicalType: Int\n        required: true\n";

it("finds nothing in what is generated", () => {
  expect(check(shopContract)).toEqual([]);
});

describe("a contract", () => {
  it.each<[string, string, string, ContractCode, string, Partial<Finding>?]>([
    // YAML and the standard
    ["that is no YAML", "status: active", "status: [active", "CONTRACT_YAML", "domain: sales"],
    ["with a key twice", "status: active", "status: active\nstatus: draft", "CONTRACT_YAML", "status: draft"],
    [
      "without a version of the standard that there is",
      "apiVersion: v3.1.0",
      "apiVersion: v9",
      "CONTRACT_STANDARD",
      "apiVersion:",
    ],
    ["of another kind", "kind: DataContract", "kind: DataProduct", "CONTRACT_STANDARD", "kind:"],
    [
      "with a key of its own",
      "status: active",
      "status: active\nprio: 1",
      "CONTRACT_STANDARD",
      "prio:",
      { fix: "Remove it, or say it under `customProperties`." },
    ],
    ["with a number for its version", "version: 1.2.0", "version: 1.2", "CONTRACT_STANDARD", "version: 1.2"],
    [
      "with a logical type that there is not",
      orderCode,
      orderCode.replace("string", "text"),
      "CONTRACT_STANDARD",
      "logicalType: text",
      { coordinate: "Order.code" },
    ],
    [
      "with a server of no type that there is",
      "type: api",
      "type: graphql",
      "CONTRACT_STANDARD",
      "type: graphql",
    ],
    [
      "with a server without its location",
      "    location: http://127.0.0.1:4000/graphql\n",
      "",
      "CONTRACT_STANDARD",
      "- server: port",
    ],
    [
      "with a dimension that there is not",
      orderCode,
      `${orderCode}        quality:\n          - metric: nullValues\n            mustBe: 0\n            dimension: beauty\n`,
      "CONTRACT_STANDARD",
      "dimension: beauty",
      { coordinate: "Order.code" },
    ],
    [
      "with a metric that there is not",
      orderCode,
      `${orderCode}        quality:\n          - metric: oddness\n            mustBe: 0\n`,
      "CONTRACT_STANDARD",
      "metric: oddness",
    ],
    [
      "with a rule without an operator",
      orderCode,
      `${orderCode}        quality:\n          - metric: nullValues\n`,
      "CONTRACT_STANDARD",
      "- metric: nullValues",
    ],
    [
      "with a rule of two operators",
      orderCode,
      `${orderCode}        quality:\n          - metric: nullValues\n            mustBe: 0\n            mustBeLessThan: 1\n`,
      "CONTRACT_STANDARD",
      "- metric: nullValues",
    ],
    [
      "with a member without a name for login",
      "team:\n  name: Sales\n",
      "team:\n  name: Sales\n  members:\n    - role: owner\n",
      "CONTRACT_STANDARD",
      "- role: owner",
    ],
    [
      "with a relationship from elsewhere at a property",
      "            to: Item.sku",
      "            to: Item.sku\n            from: Order.id",
      "CONTRACT_STANDARD",
      "- type: foreignKey",
    ],
    // the SDL
    ["with another id", "id: shop-contract", "id: other", "CONTRACT_IDENTITY", "id: other"],
    ["of another version", "version: 1.2.0", "version: 1.1.0", "CONTRACT_IDENTITY", "version: 1.1.0"],
    ["of another status", "status: active", "status: deprecated", "CONTRACT_IDENTITY", "status:"],
    ["of another domain", "domain: sales", "domain: buying", "CONTRACT_IDENTITY", "domain:"],
    ["of another product", "dataProduct: shop", "dataProduct: stall", "CONTRACT_IDENTITY", "dataProduct:"],
    ["of another owner", "  name: Sales\n", "  name: Buying\n", "CONTRACT_OWNER", "team:"],
    ["with another contact", "mailto:sales@", "mailto:buying@", "CONTRACT_OWNER", "support:"],
    [
      "without an entity",
      shopContract.slice(shopContract.indexOf("  - name: Line")),
      "",
      "CONTRACT_ENTITY_MISSING",
      "schema:",
      { coordinate: "Line" },
    ],
    [
      "with an entity too many",
      "schema:\n",
      "schema:\n  - name: Parcel\n    properties:\n      - name: id\n",
      "CONTRACT_ENTITY_UNKNOWN",
      "- name: Parcel",
      { coordinate: "Parcel" },
    ],
    [
      "without a column",
      `${orderCode}        description: As the buyer calls it.\n`,
      "",
      "CONTRACT_COLUMN_MISSING",
      "properties:",
      { coordinate: "Order.code" },
    ],
    [
      "with a column too many",
      orderCode,
      `      - name: colour\n${orderCode}`,
      "CONTRACT_COLUMN_UNKNOWN",
      "- name: colour",
      { coordinate: "Order.colour" },
    ],
    [
      "with another logical type",
      orderCode,
      orderCode.replace("string", "integer"),
      "CONTRACT_TYPE",
      "logicalType: integer\n        physicalType: String",
      { coordinate: "Order.code" },
    ],
    [
      "with another physical type",
      orderCode,
      orderCode.replace("String", "ID"),
      "CONTRACT_TYPE",
      "physicalType: ID",
      { coordinate: "Order.code" },
    ],
    [
      "that requires what may be null",
      orderCode,
      `${orderCode}        required: true\n`,
      "CONTRACT_REQUIRED",
      "required: true\n        description: As the buyer",
      { coordinate: "Order.code" },
    ],
    [
      "that does not require what is never null",
      orderId,
      orderId.replace("true", "false"),
      "CONTRACT_REQUIRED",
      "required: false",
      { coordinate: "Order.id" },
    ],
    [
      "with a column too many in the key",
      orderCode,
      `${orderCode}        primaryKey: true\n`,
      "CONTRACT_KEY",
      "primaryKey: true\n        description: As the buyer",
      { coordinate: "Order.code" },
    ],
    [
      "without a column of the key",
      `${orderId}        primaryKey: true\n        primaryKeyPosition: 1\n`,
      orderId,
      "CONTRACT_KEY",
      "- name: id",
      { coordinate: "Order.id" },
    ],
    [
      "with the key's columns in another order",
      "        primaryKeyPosition: 2\n",
      "        primaryKeyPosition: 3\n",
      "CONTRACT_KEY",
      "primaryKeyPosition: 3",
      { coordinate: "Line.number" },
    ],
    [
      "without a relationship",
      "        relationships:\n          - type: foreignKey\n            to: Item.sku\n",
      "",
      "CONTRACT_RELATIONSHIP",
      "- name: item_sku",
      { coordinate: "Order.item", severity: "error" },
    ],
    [
      "with a relationship too many",
      orderCode,
      `${orderCode}        relationships:\n          - to: Buyer.code\n`,
      "CONTRACT_RELATIONSHIP",
      "to: Buyer.code",
      { coordinate: "Order.code", severity: "warning" },
    ],
    [
      "with another latency",
      "    element: Order\n    value: 36\n",
      "    element: Order\n    value: 35\n",
      "CONTRACT_FRESHNESS",
      "value: 35",
      { coordinate: "Order" },
    ],
    [
      "without a unit of latency that there is",
      "    element: Order\n    value: 36\n    unit: h\n",
      "    element: Order\n    value: 36\n    unit: moons\n",
      "CONTRACT_FRESHNESS",
      "value: 36",
    ],
    [
      "with a rule that cannot be run",
      orderCode,
      `${orderCode}        quality:\n          - metric: invalidValues\n            arguments: { pattern: "[a-z]" }\n            mustBe: 0\n`,
      "CONTRACT_RULE",
      "- metric: invalidValues",
      { coordinate: "Order.code" },
    ],
    [
      "that makes a rule grave that there is not",
      "schema:\n",
      "customProperties:\n  - property: ruleSeverity\n    value:\n      Order.freshnes: warning\nschema:\n",
      "CONTRACT_RULE",
      "Order.freshnes: warning",
    ],
    [
      "that makes a rule as grave as none can be",
      "schema:\n",
      "customProperties:\n  - property: ruleSeverity\n    value:\n      Order.freshness: off\nschema:\n",
      "CONTRACT_RULE",
      "Order.freshness: off",
    ],
    [
      "with two rules of one id",
      orderCode,
      `${orderCode}        quality:\n          - { id: a, metric: nullValues, mustBe: 0 }\n          - { id: a, metric: nullValues, mustBe: 1 }\n`,
      "CONTRACT_RULE",
      "- { id: a, metric: nullValues, mustBe: 1 }",
    ],
  ])("%s", (_, from, to, code, line, more = {}) => {
    const text = edited(shopContract, from, to);
    // The descriptor is held against this contract: what it says of the contract is told elsewhere.
    const found = check(text).filter(({ place }) => place?.file === "contract.odcs.yaml");
    expect(found.map(told)).toEqual([[code, lineOf(text, line)]]);
    expect(found).toMatchObject([{ subgraph: "shop", severity: "error", ...more }]);
    for (const { text: said, fix, place } of found) {
      expect(said).toMatch(/\.$/);
      expect(fix).toMatch(/\.$/);
      expect(place?.column).toBeGreaterThan(0);
    }
  });

  it("has all its problems told at once, whatever the standard has against it", () => {
    const text = edited(
      edited(shopContract, "version: 1.2.0", "version: 1.1.0"),
      "status: active",
      "status: active\nprio: 1",
    );
    const codes = check(text).map(({ code }) => code);
    expect(codes).toEqual(["CONTRACT_STANDARD", "CONTRACT_IDENTITY"]);
  });

  it("may have a server, channels, members and agreements of the team's, and units in words", () => {
    const text = [
      ["servers:\n", "servers:\n  - server: copy\n    type: duckdb\n    database: shop.db\n"],
      ["support:\n", "support:\n  - channel: '#sales'\n    tool: slack\n"],
      ["  name: Sales\n", "  name: Sales\n  members:\n    - username: ann\n"],
      [
        "    element: Order\n    value: 36\n    unit: h\n",
        "    element: Order.placed\n    value: 36\n    unit: hours\n  - property: retention\n    value: 3\n    unit: y\n",
      ],
      ["            to: Item.sku\n", "            to: schema/Item/properties/sku\n"],
      [
        "            to: Country.code\n",
        "            to: https://mesh.example/countries.yaml#/schema/Country/properties/code\n",
      ],
    ].reduce((before, [from, to]) => edited(before, from as string, to as string), shopContract);
    expect(check(text)).toEqual([]);
  });

  it("of version 3.0 may have its team as a list and its rules by their earlier names", () => {
    const text = [
      ["apiVersion: v3.1.0", "apiVersion: v3.0.2"],
      [
        "team:\n  name: Sales\n",
        "team:\n  - username: sales@weft.example\n    name: Sales\n    role: owner\n",
      ],
      [
        orderCode,
        `${orderCode}        quality:\n          - type: library\n            rule: duplicateCount\n            mustBeLessThan: 3\n          - rule: nullCheck\n            description: No nulls.\n`,
      ],
    ].reduce((before, [from, to]) => edited(before, from as string, to as string), shopContract);
    expect(check(text)).toEqual([]);
  });
});

describe("a descriptor", () => {
  it.each<[string, string, string, ContractCode, string]>([
    ["that is no YAML", "status: active", "status: [active", "DESCRIPTOR_YAML", "domain: sales"],
    ["of another kind", "kind: DataProduct", "kind: DataContract", "DESCRIPTOR_STANDARD", "kind:"],
    [
      "of another version of the standard",
      "apiVersion: v1.0.0",
      "apiVersion: v2.0.0",
      "DESCRIPTOR_STANDARD",
      "apiVersion:",
    ],
    ["without a status", "status: active\n", "", "DESCRIPTOR_STANDARD", "apiVersion:"],
    ["with a key of its own", "status: active", "status: active\nprio: 1", "DESCRIPTOR_STANDARD", "prio: 1"],
    ["with a port without a version", "    version: 1.2.0\n", "", "DESCRIPTOR_STANDARD", "- name: graphql"],
    [
      "with an input port without its contract",
      "outputPorts:\n",
      "inputPorts:\n  - name: in\n    version: 1.0.0\noutputPorts:\n",
      "DESCRIPTOR_STANDARD",
      "- name: in",
    ],
    [
      "with a channel without a URL",
      "    url: mailto:sales@weft.example\n",
      "",
      "DESCRIPTOR_STANDARD",
      "- channel: contact",
    ],
    [
      "with a day that there is not",
      "    role: owner\n",
      "    role: owner\n    dateIn: 2024-13-01\n",
      "DESCRIPTOR_STANDARD",
      "dateIn:",
    ],
    ["of another product", "id: shop\n", "id: stall\n", "DESCRIPTOR_IDENTITY", "id: stall"],
    [
      "of another version",
      "id: shop\nversion: 1.2.0",
      "id: shop\nversion: 1.3.0",
      "DESCRIPTOR_IDENTITY",
      "version: 1.3.0",
    ],
    ["of another domain", "domain: sales", "domain: buying", "DESCRIPTOR_IDENTITY", "domain:"],
    ["of another owner", "  - name: Sales\n", "  - name: Buying\n", "DESCRIPTOR_OWNER", "team:"],
    ["with another contact", "mailto:sales@", "mailto:buying@", "DESCRIPTOR_OWNER", "support:"],
    [
      "whose port has another contract",
      "contractId: shop-contract",
      "contractId: other",
      "DESCRIPTOR_PORT",
      "contractId: other",
    ],
    [
      "whose port has another version",
      "    version: 1.2.0\n",
      "    version: 1.1.0\n",
      "DESCRIPTOR_PORT",
      "    version: 1.1.0",
    ],
  ])("%s", (_, from, to, code, line) => {
    const text = edited(shopDescriptor, from, to);
    const found = check(shopContract, text);
    expect(found.map(told)).toEqual([[code, lineOf(text, line)]]);
    expect(found).toMatchObject([
      { subgraph: "shop", severity: "error", place: { file: "product.odps.yaml" } },
    ]);
  });

  it("is held against the contract that there is, whose id the SDL need not name", () => {
    const unnamed = { ...shopSubgraph, sdl: edited3(shopSubgraph.sdl, ', contract: "shop-contract"', "") };
    const documents = (contractId: string) => ({
      contract: {
        file: "c.yaml",
        text: edited(shopContract, "id: shop-contract", "id: 53581432-6c55-4ba2-a65f-72344a91553a"),
      },
      descriptor: {
        file: "d.yaml",
        text: edited(shopDescriptor, "contractId: shop-contract", `contractId: ${contractId}`),
      },
    });
    expect(findingsOf(unnamed, documents("53581432-6c55-4ba2-a65f-72344a91553a"))).toEqual([]);
    expect(findingsOf(unnamed, documents("shop-contract"))).toMatchObject([{ code: "DESCRIPTOR_PORT" }]);
  });
});

/** As often as it is there: each of the three entities says it. */
function edited3(text: string, from: string, to: string): string {
  return text.replaceAll(from, to);
}

it("holds documents of a port that declares no product against their standards alone", () => {
  const plain = { name: "plain", sdl: "type Query { ok: Boolean }" };
  const found = findingsOf(plain, {
    contract: { file: "c.yaml", text: edited(shopContract, "kind: DataContract", "kind: X") },
  });
  expect(found.map(({ code }) => code)).toEqual(["CONTRACT_STANDARD"]);
});

it("tells of a rule of a list's items, which no aggregate reaches", () => {
  const sdl = `
    extend schema @link(url: "https://weft.dev/spec/mesh/v1.0", import: ["@dataProduct"])
    type Query { parts: [Part!]! }
    type Part @key(fields: "id") @dataProduct(id: "parts", version: "1.0.0", domain: "d", owner: "o", contact: "c@d.example") {
      id: ID!
      tags: [String!]
    }`;
  const subgraph = { name: "parts", sdl };
  const items =
    "        items:\n          logicalType: string\n          quality:\n            - metric: nullValues\n              mustBe: 0\n";
  const text = generateContract(subgraph, { url: "http://127.0.0.1:4000/graphql" }).text + items;
  expect(findingsOf(subgraph, { contract: { file: "c.yaml", text } })).toMatchObject([
    {
      code: "CONTRACT_RULE",
      coordinate: "Part.tags",
      place: { line: lineOf(text, "- metric: nullValues") },
      text: "The rule Part.tags.items.1 cannot be run: Part has no column tags.items.",
    },
  ]);
});

it("reads no text that would blow up", () => {
  const aliases =
    "a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]\nd: [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]\n";
  expect(check(aliases).slice(0, 1)).toMatchObject([{ code: "CONTRACT_YAML" }]);
  expect(check(`a: ${"x".repeat(4_000_001)}`).slice(0, 1)).toMatchObject([{ code: "CONTRACT_YAML" }]);
});

it("has each code in the documentation", async () => {
  const page = await readFile(join(root, "docs/contracts.md"), "utf8");
  for (const code of Object.keys(contractCodes)) expect(page).toContain(`\`${code}\``);
});
