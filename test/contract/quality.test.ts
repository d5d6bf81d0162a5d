// The quality rules of a contract on a real port and a real gateway; what each measures is asked of DuckDB as well.
import { describe, expect, test } from "vitest";
import { productSdl, startPort } from "weft/sdk";
import { parseDocument } from "yaml";
import { testProduct } from "../../cli/test/test-product.ts";
import { declaredIn, generateContract } from "../../schema/contract/generate-contract.ts";
import { readContract } from "../../schema/contract/read-contract.ts";
import { type QualityRuleResult, qualityReportSchema } from "../../schema/product/quality.ts";
import { testGateway } from "../gateway/support/test-gateway.ts";
import { type Oracle, openOracle } from "../sdk/support/oracle.ts";
import { countries, countryTables, shop, shopTables } from "./support/shop.ts";

const subgraph = { name: "shop", sdl: productSdl(shop()) };
const generated = generateContract(subgraph, { url: "http://127.0.0.1:4000/graphql" }).text;

/** Where the quality rules of an entity or a column stand. */
const orders = ["schema", 0, "quality"];
const column = (name: string) => {
  const { schema } = parseDocument(generated).toJS();
  return [
    "schema",
    0,
    "properties",
    schema[0].properties.findIndex((each: { name: string }) => each.name === name),
    "quality",
  ];
};
type Entry = Readonly<Record<string, unknown>>;
type Step = string | number;

/** The contract of the shop with these rules besides. */
function contractWith(
  rules: readonly (readonly [path: readonly Step[], entry: Entry])[],
  edit = (_: Contract) => {},
) {
  const document = parseDocument(generated);
  for (const [path, entry] of rules)
    if (document.hasIn(path)) document.addIn(path, entry);
    else document.setIn(path, document.createNode([entry]));
  edit(document);
  const { contract, findings } = readContract({
    subgraph: "shop",
    file: "contract.odcs.yaml",
    text: document.toString(),
  });
  expect(findings).toEqual([]);
  return contract;
}
type Contract = ReturnType<typeof parseDocument>;

type Running = {
  readonly oracle: Oracle;
  readonly urls: { readonly port: string; readonly gateway: string };
};

const it = test.extend<{ running: Running }>({
  running: [
    // biome-ignore lint/correctness/noEmptyPattern: a fixture names what it needs, which is nothing
    async ({}, use) => {
      await using oracle = await openOracle([...shopTables, ...countryTables]);
      await using shopPort = await startPort(shop());
      await using countryPort = await startPort(countries());
      const subgraphs = { shop: `${shopPort.url}/graphql`, countries: `${countryPort.url}/graphql` };
      await using gateway = await testGateway({ subgraphs });
      await gateway.live();
      await use({ oracle, urls: { port: subgraphs.shop, gateway: `${gateway.url}/graphql` } });
    },
    { scope: "file" },
  ],
});

const noon = Date.parse("2024-01-08T00:00:00Z");
type RunOptions = { readonly gateway?: boolean; readonly now?: number; readonly kitBudgetMs?: number };

async function run(
  { urls }: Running,
  contract: ReturnType<typeof contractWith> | undefined,
  { gateway = true, now = noon, kitBudgetMs }: RunOptions = {},
) {
  const { report, told } = await testProduct(
    {
      declared: declaredIn(subgraph),
      contract,
      portUrl: urls.port,
      gatewayUrl: gateway ? urls.gateway : undefined,
    },
    { signal: new AbortController().signal, timeoutMs: 20_000, kitBudgetMs, now: () => now },
  );
  expect(qualityReportSchema.parse(report)).toEqual(report);
  return {
    report,
    told,
    of: (id: string) => report.rules.find((rule) => rule.id === id) as QualityRuleResult,
  };
}

describe("each metric measures what SQL does", () => {
  it.for<[string, readonly Step[], Entry, string]>([
    ["rows", orders, { metric: "rowCount" }, "select count(*) from orders"],
    ["nulls", column("code"), { metric: "nullValues" }, "select count(*) from orders where code is null"],
    [
      "nulls of a column that only holds a key",
      column("country_code"),
      { metric: "nullValues" },
      "select count(*) from orders where country is null",
    ],
    [
      "nulls, in percent",
      column("state"),
      { metric: "nullValues", unit: "percent" },
      "select 100.0 * count(*) filter (where state is null) / count(*) from orders",
    ],
    [
      "missing values with null",
      column("code"),
      { metric: "missingValues", arguments: { missingValues: [null, "", "N/A"] } },
      "select count(*) from orders where code is null or code in ('', 'N/A')",
    ],
    [
      "missing values without null",
      column("code"),
      { metric: "missingValues", arguments: { missingValues: ["", "N/A"] } },
      "select count(*) from orders where code in ('', 'N/A')",
    ],
    [
      "missing numbers",
      column("id"),
      { metric: "missingValues", arguments: { missingValues: [1, 2, 99] } },
      "select count(*) from orders where id in (1, 2, 99)",
    ],
    [
      "missing decimals",
      column("price"),
      { metric: "missingValues", arguments: { missingValues: [1, 2.25] } },
      "select count(*) from orders where price in (1, 2.25)",
    ],
    [
      "missing values of a key",
      column("country_code"),
      { metric: "missingValues", arguments: { missingValues: ["XX", null] } },
      "select count(*) from orders where country = 'XX' or country is null",
    ],
    [
      "values that are not listed",
      column("state"),
      { metric: "invalidValues", arguments: { validValues: ["open", "shut"] } },
      "select count(*) from orders where state is not null and state not in ('open', 'shut')",
    ],
    [
      "keys that are not listed",
      column("country_code"),
      { metric: "invalidValues", arguments: { validValues: ["US", "DE"] } },
      "select count(*) from orders where country is not null and country not in ('US', 'DE')",
    ],
    [
      "values that are not like a pattern",
      column("code"),
      { metric: "invalidValues", arguments: { pattern: "^A-.$" } },
      "select count(*) from orders where code is not null and not regexp_full_match(code, 'A-.')",
    ],
    [
      "values not like a pattern of signs that _like has",
      column("code"),
      { metric: "invalidValues", arguments: { pattern: '%_\\"' } },
      "select count(*) from orders where code is not null and not contains(code, '%_\"')",
    ],
    [
      "values not listed, in percent",
      column("state"),
      { metric: "invalidValues", arguments: { validValues: ["open"] }, unit: "percent" },
      "select 100.0 * count(*) filter (where state <> 'open') / count(*) from orders",
    ],
    [
      "repeated values",
      column("code"),
      { metric: "duplicateValues" },
      "select count(code) - count(distinct code) from orders",
    ],
    [
      "repeated keys",
      column("country_code"),
      { metric: "duplicateValues" },
      "select count(country) - count(distinct country) from orders",
    ],
    [
      "repeated pairs",
      orders,
      { metric: "duplicateValues", arguments: { properties: ["price", "state"] } },
      "select sum(n - 1) from (select count(*) n from orders where price is not null and state is not null group by price, state)",
    ],
    [
      "repeated pairs with a key",
      orders,
      { metric: "duplicateValues", arguments: { properties: ["country_code", "state"] } },
      "select sum(n - 1) from (select count(*) n from orders where country is not null and state is not null group by country, state)",
    ],
    [
      "repeated pairs, in percent",
      orders,
      { metric: "duplicateValues", arguments: { properties: ["price", "state"] }, unit: "percent" },
      "select 100.0 * sum(n - 1) / 7 from (select count(*) n from orders where price is not null and state is not null group by price, state)",
    ],
    [
      "rows, said as version 3.0 did",
      orders,
      { type: "library", rule: "rowCount" },
      "select count(*) from orders",
    ],
    [
      "values not listed, said as version 3.0 did",
      column("state"),
      { type: "library", rule: "validValues", validValues: ["open"] },
      "select count(*) from orders where state <> 'open'",
    ],
    [
      "repeated values, said as version 3.0 did",
      column("code"),
      { type: "library", rule: "duplicateCount" },
      "select count(code) - count(distinct code) from orders",
    ],
  ])("%s", async ([, path, entry, sql], { running }) => {
    const [value] = (await running.oracle.column(`select (${sql})::double`)) as [number];
    const rule = (id: string, operator: Entry) => [path, { ...entry, id, ...operator }] as const;
    const { report } = await run(
      running,
      contractWith([
        rule("is", { mustBeBetween: [value - 1e-9, value + 1e-9] }),
        rule("isNot", { mustNotBeBetween: [value - 1e-9, value + 1e-9] }),
      ]),
    );
    const outcome = (id: string) => report.rules.find((each) => each.id.endsWith(`.${id}`));
    expect(outcome("is")).toMatchObject({ outcome: "passed", rowsChecked: 7 });
    expect(outcome("isNot")).toMatchObject({ outcome: "failed", rowsChecked: 7 });
    expect(Number.parseFloat(outcome("is")?.value ?? "")).toBeCloseTo(value, 4);
  });
});

describe("what the SDL implies", () => {
  it("is looked at without a contract", async ({ running }) => {
    const { report } = await run(running, undefined);
    expect(report.rules.map(({ id, outcome, value }) => `${id}: ${outcome} ${value}`)).toEqual([
      "Order.id.unique: passed 0",
      "Order.id.required: passed 0",
      "Order.placed.required: passed 0",
      "Order.item.reference: failed 1",
      "Order.country.reference: failed 2",
      "Order.freshness: passed 1 d old",
      "Item.sku.unique: passed 0",
      "Item.sku.required: passed 0",
      "Item.name.required: passed 0",
      "Line.order+number.unique: failed 2",
      "Line.order.required: passed 0",
      "Line.number.required: passed 0",
      "Line.note.required: passed 0",
    ]);
  });

  it("counts references that lead nowhere, within the product and into another, as SQL does", async ({
    running,
  }) => {
    const { of } = await run(running, undefined);
    const sql = (table: string, key: string, own: string) =>
      running.oracle.rows(
        `select count(*) filter (where ${own} not in (select ${key} from ${table})), count(*) from orders where ${own} is not null`,
      );
    for (const [id, table, key, own] of [
      ["Order.item.reference", "items", "sku", "item"],
      ["Order.country.reference", "countries", "code", "country"],
    ] as const) {
      const [[dangling, all] = []] = await sql(table, key, own);
      expect(of(id)).toMatchObject({ outcome: "failed", value: String(dangling), rowsChecked: all });
    }
  });

  it("is wider with a contract: what it requires, and what it calls unique", async ({ running }) => {
    const contract = contractWith([], (document) => {
      document.setIn(["schema", 0, "properties", 1, "required"], true);
      document.setIn(["schema", 0, "properties", 1, "unique"], true);
    });
    const { of } = await run(running, contract);
    expect(of("Order.code.required")).toMatchObject({ outcome: "failed", value: "1" });
    expect(of("Order.code.unique")).toMatchObject({ outcome: "failed", value: "1" });
  });

  it("holds the watermark against the objective", async ({ running }) => {
    const last = Date.parse("2024-01-07T00:00:00Z");
    const at = async (ms: number) =>
      (await run(running, undefined, { now: last + ms })).of("Order.freshness");
    expect(await at(36 * 3_600_000)).toMatchObject({
      outcome: "passed",
      value: "1.5 d old",
      expected: "at most 1.5 d old",
    });
    expect(await at(36 * 3_600_000 + 1)).toMatchObject({ outcome: "failed" });
  });

  it("is an error where a reference leads elsewhere and no gateway is named, or none answers", async ({
    running,
  }) => {
    const { of } = await run(running, undefined, { gateway: false });
    expect(of("Order.country.reference")).toMatchObject({
      outcome: "error",
      value: expect.stringContaining("no gateway is named"),
    });
    expect(of("Order.item.reference")).toMatchObject({ outcome: "failed" });
    const urls = { ...running.urls, gateway: "http://127.0.0.1:9/graphql" };
    const down = await run({ ...running, urls }, undefined);
    expect(down.of("Order.country.reference")).toMatchObject({
      outcome: "error",
      value: expect.stringContaining("127.0.0.1:9"),
    });
  });

  it("is an error where the mesh knows the target by its key alone, which every key passes", async ({
    running,
  }) => {
    await using gateway = await testGateway({ subgraphs: { shop: running.urls.port } });
    await gateway.live();
    const urls = { ...running.urls, gateway: `${gateway.url}/graphql` };
    const { of } = await run({ ...running, urls }, undefined);
    expect(of("Order.country.reference")).toMatchObject({
      outcome: "error",
      value: expect.stringContaining("by its key alone"),
    });
  });
});

describe("a rule that cannot be run", () => {
  it.for<[string, readonly Step[], Entry, string]>([
    [
      "a pattern that _like cannot say",
      column("code"),
      { metric: "invalidValues", arguments: { pattern: "^[A-Z]{2}$" }, mustBe: 0 },
      "more than `_like` can say",
    ],
    [
      "a pattern of numbers",
      column("id"),
      { metric: "invalidValues", arguments: { pattern: "^1.$" }, mustBe: 0 },
      "only text has a pattern",
    ],
    [
      "no list of valid values",
      column("code"),
      { metric: "invalidValues", mustBe: 0 },
      "neither `validValues` nor `pattern`",
    ],
    ["no list of missing values", column("code"), { metric: "missingValues", mustBe: 0 }, "lists no values"],
    [
      "a column that is not there",
      orders,
      { metric: "duplicateValues", arguments: { properties: ["colour"] }, mustBe: 0 },
      "no column colour",
    ],
    ["no columns", orders, { metric: "duplicateValues", mustBe: 0 }, "names no columns"],
    ["nulls of a whole entity", orders, { metric: "nullValues", mustBe: 0 }, "is of a column"],
    ["rows of a column", column("code"), { metric: "rowCount", mustBe: 0 }, "is of an entity"],
    ["rows in percent", orders, { metric: "rowCount", mustBe: 0, unit: "percent" }, "no percentage"],
    ["another unit", orders, { metric: "rowCount", mustBe: 0, unit: "bytes" }, "bytes is no unit"],
    ["text to be equal to", orders, { metric: "rowCount", mustBe: "many" }, "no number"],
    [
      "text among numbers",
      column("id"),
      { metric: "missingValues", arguments: { missingValues: ["one"] }, mustBe: 0 },
      "is no Int",
    ],
    ["SQL", orders, { type: "sql", query: "select 1", mustBe: 1 }, "not run: rules of the type sql"],
    [
      "another tool's",
      orders,
      { type: "custom", engine: "soda", implementation: "x" },
      "not run: rules of the type custom",
    ],
  ])("%s", async ([, path, entry, reason], { running }) => {
    const { report } = await run(running, contractWith([[path, { id: "odd", ...entry }]]));
    const rule = report.rules.find(({ id }) => id.endsWith(".odd"));
    expect(rule).toMatchObject({ outcome: "error", value: expect.stringContaining(reason) });
    expect(rule?.severity).toBe(entry.type === undefined ? "error" : "warning");
  });

  it("of the type text is told, and not in the report", async ({ running }) => {
    const { report, told } = await run(
      running,
      contractWith([[orders, { type: "text", description: "Orders are dear." }]]),
    );
    expect(told.map(({ id, text }) => [id, text])).toEqual([["Order.1", "Orders are dear."]]);
    expect(report.rules.some(({ id }) => id === "Order.1")).toBe(false);
  });
});

describe("severity", () => {
  it("is what the rule says, or what the contract says of a rule that the SDL implies", async ({
    running,
  }) => {
    const contract = contractWith(
      [[orders, { id: "few", metric: "rowCount", mustBeLessThan: 3, severity: "info" }]],
      (document) => {
        document.set(
          "customProperties",
          document.createNode([
            {
              property: "ruleSeverity",
              value: { "Order.country.reference": "warning", "Order.few": "error" },
            },
          ]),
        );
      },
    );
    const { of } = await run(running, contract);
    expect(of("Order.country.reference")).toMatchObject({ outcome: "failed", severity: "warning" });
    expect(of("Order.item.reference")).toMatchObject({ outcome: "failed", severity: "error" });
    expect(of("Order.few")).toMatchObject({ outcome: "failed", severity: "error", expected: "less than 3" });
  });
});

it("asks for no row: no value of one is in the report", async ({ running }) => {
  const { report } = await run(
    running,
    contractWith([[column("code"), { metric: "duplicateValues", mustBe: 0 }]]),
  );
  const text = JSON.stringify(report);
  for (const value of ["A-2", "gone", "Screw", "50%"]) expect(text).not.toContain(value);
});

it("adds the test kit's checks of the port", async ({ running }) => {
  const { report } = await run(running, undefined, { kitBudgetMs: 100_000 });
  const checks = report.rules.filter(({ id }) => id.startsWith("port."));
  expect(checks.length).toBeGreaterThan(20);
  expect(checks.find(({ id }) => id === "port.items.values")).toMatchObject({
    outcome: "passed",
    dimension: "conformity",
  });
  expect(checks.find(({ id }) => id === "port.lines.aggregates")).toMatchObject({ outcome: "failed" }); // a key twice
}, 120_000);
