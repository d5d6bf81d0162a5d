// What a gateway records of use, and what it tells of it: to its operator, to owners, to callers.
import { describe, expect, test } from "vitest";
import { startPort } from "weft/sdk";
import { useReportSchema } from "../../schema/product/use.ts";
import { farms, trees } from "../gateway/support/orchard.ts";
import { type TestGateway, testGateway } from "../gateway/support/test-gateway.ts";

const it = test.extend<{ orchard: TestGateway }>({
  orchard: async ({ task: _ }, use) => {
    await using treesPort = await startPort(trees);
    await using farmsPort = await startPort(farms);
    await using gateway = await testGateway({
      subgraphs: { trees: `${treesPort.url}/graphql`, farms: `${farmsPort.url}/graphql` },
      admin: { port: 0 },
    });
    await gateway.live();
    await use(gateway);
  },
});

const read = async ({ adminUrl }: TestGateway, query = "") => {
  const response = await fetch(`${adminUrl}/admin/use${query}`);
  // biome-ignore lint/suspicious/noExplicitAny: what is read is what is tested
  const body: any = await response.json();
  return { status: response.status, body };
};
const from = (client: string) => ({ headers: { "x-client-name": client } });

describe("/admin/use", () => {
  it("tells who asked what, known operations and new ones, across domains too", async ({ orchard }) => {
    const text =
      'query Apples { trees(where: { farm: { name: { _eq: "North" } } }, limit: 2) { id farm { name } } }';
    await orchard.ask(text, from("desk"));
    await orchard.ask(text, from("desk"));
    await orchard.ask(text);
    await orchard.ask(
      {
        query: "query ($w: trees_bool_exp) { trees(where: $w) { id } }",
        variables: { w: { kind: { _eq: "fig" } } },
      },
      { headers: { "apollographql-client-name": "board" } },
    );
    await orchard.ask("{ nothing }", from("wrong"));
    await orchard.ask("{ __schema { queryType { name } } }", from("curious"));
    const { body } = await read(orchard);
    const report = useReportSchema.parse(body);
    expect(body).toEqual(report);
    const rows = report.operations.map(({ client, operation, count, coordinates }) => ({
      client,
      name: operation.name,
      count,
      coordinates,
    }));
    expect(rows.sort((a, b) => (a.client < b.client ? -1 : 1))).toEqual([
      expect.objectContaining({ client: "(unnamed)", name: "Apples", count: 1 }),
      {
        client: "board",
        name: undefined,
        count: 1,
        coordinates: [
          "Query.trees",
          "Query.trees(where:)",
          "Tree.id",
          "trees_String_comparison_exp._eq",
          "trees_bool_exp",
          "trees_bool_exp.kind",
        ],
      },
      {
        client: "desk",
        name: "Apples",
        count: 2,
        coordinates: [
          "Farm.name",
          "Query.trees",
          "Query.trees(limit:)",
          "Query.trees(where:)",
          "Tree.farm",
          "Tree.id",
          "farms_String_comparison_exp._eq",
          "farms_reference_exp.name",
          "trees_bool_exp.farm",
        ],
      },
    ]);
  });

  it("is asked for a product, a coordinate, or the last seen", async ({ orchard }) => {
    await orchard.ask("{ farms { code } }", from("farms alone"));
    await orchard.ask('{ trees(where: { farm: { name: { _eq: "x" } } }) { id } }', from("a farm's name"));
    await orchard.ask("{ trees { kind } }", from("trees alone"));
    await orchard.ask('{ farms_by_pk(code: "n") { trees { id } } }', from("trees of farms"));
    const clients = async (query: string) =>
      (await read(orchard, query)).body.operations.map(({ client }: { client: string }) => client);
    expect(await clients("?product=farms")).toEqual(["trees of farms", "a farm's name", "farms alone"]);
    expect(await clients("?product=trees")).toEqual(["trees of farms", "trees alone", "a farm's name"]);
    expect(await clients("?coordinate=Tree.kind")).toEqual(["trees alone"]);
    expect(await clients("?product=trees&coordinate=Farm.trees")).toEqual(["trees of farms"]);
    expect(await clients("?limit=1")).toEqual(["trees of farms"]);
    expect(await clients("?coordinate=Tree.none")).toEqual([]);
  });

  it.each([
    ["?limit=0", 400, "USE_LIMIT"],
    ["?limit=all", 400, "USE_LIMIT"],
    ["?product=none", 404, "USE_PRODUCT_UNKNOWN"],
    ["?variant=none", 404, "USE_VARIANT_UNKNOWN"],
  ])("refuses %s", async (query, status, code) => {
    await using treesPort = await startPort(trees);
    await using gateway = await testGateway({
      subgraphs: { trees: `${treesPort.url}/graphql` },
      admin: { port: 0 },
    });
    await gateway.live();
    expect(await read(gateway, query)).toMatchObject({
      status,
      body: { errors: [{ extensions: { code } }] },
    });
  });

  it("says that nothing is recorded where it is switched off", async () => {
    await using treesPort = await startPort(trees);
    await using gateway = await testGateway({
      subgraphs: { trees: `${treesPort.url}/graphql` },
      admin: { port: 0 },
      use: { enabled: false },
    });
    await gateway.live();
    await gateway.ask("{ trees { id } }");
    expect(await read(gateway)).toEqual({ status: 200, body: { enabled: false } });
  });
});
