// Deprecations as callers and operators see them.
import { describe, expect, test } from "vitest";
import { startPort } from "weft/sdk";
import type { DeprecatedUse } from "../../gateway/use/deprecated-use.ts";
import { type TestGateway, testGateway } from "../gateway/support/test-gateway.ts";
import { oldFarms, oldTrees } from "./support/old-orchard.ts";

const it = test.extend<{ orchard: TestGateway }>({
  orchard: [
    // biome-ignore lint/correctness/noEmptyPattern: a fixture names what it needs, which is nothing
    async ({}, use) => {
      await using treesPort = await startPort(oldTrees);
      await using farmsPort = await startPort(oldFarms);
      await using gateway = await testGateway({
        subgraphs: { trees: `${treesPort.url}/graphql`, farms: `${farmsPort.url}/graphql` },
        admin: { port: 0 },
      });
      await gateway.live();
      await use(gateway);
    },
    { scope: "file" },
  ],
});

const kind = {
  coordinate: "Tree.kind",
  reason: "Use `Tree.sort`. Since 2026-01-31. Ends 2027-06-30. It says little.",
  since: "2026-01-31",
  ends: "2027-06-30",
  replacement: "Tree.sort",
};
const old = "query Old { trees { id kind } }";
const extensions = { deprecations: true };

describe("a caller", () => {
  it("who asks is told what is deprecated, at first and again", async ({ orchard }) => {
    for (let i = 0; i < 2; i++) {
      const { extensions: told, data } = await orchard.ask({ query: "{ trees { kind } }", extensions });
      expect(told).toEqual({ deprecations: [kind] });
      expect(data.trees).toHaveLength(2);
    }
  });

  it("is told of what variables bring", async ({ orchard }) => {
    const query = "query ($w: trees_bool_exp) { trees(where: $w) { id } }";
    const variables = { w: { _or: [{ kind: { _eq: "apple" } }] } };
    for (let i = 0; i < 2; i++) {
      const { extensions: told } = await orchard.ask({ query, variables, extensions });
      expect(told.deprecations).toEqual([{ ...kind, coordinate: "trees_bool_exp.kind" }]);
    }
  });

  it("is told of a question across domains", async ({ orchard }) => {
    const query = '{ trees(where: { farm: { name: { _eq: "North" } } }) { id } }';
    const { extensions: told, data } = await orchard.ask({ query, extensions });
    expect(data).toEqual({ trees: [{ id: 1 }] });
    expect(told.deprecations).toMatchObject([
      { coordinate: "farms_reference_exp.name", reason: "The data product farms is deprecated." },
    ]);
  });

  it("is told that there is nothing, and beside freshness and plans", async ({ orchard }) => {
    const { extensions: told } = await orchard.ask({
      query: "{ trees { id } }",
      extensions: { deprecations: true, freshness: true, explain: "analyze" },
    });
    expect(told).toMatchObject({ deprecations: [], freshness: [{ product: "trees" }], explain: {} });
  });

  it.each([
    undefined,
    {},
    { deprecations: false },
    { deprecations: null },
  ])("who does not ask (%j) gets headers alone, and the same bytes", async (given) => {
    await using treesPort = await startPort(oldTrees);
    await using gateway = await testGateway({ subgraphs: { trees: `${treesPort.url}/graphql` } });
    await gateway.live();
    for (let i = 0; i < 2; i++) {
      const { headers, text } = await gateway.ask({ query: old, ...(given && { extensions: given }) });
      expect(text).toBe('{"data":{"trees":[{"id":1,"kind":"apple"},{"id":2,"kind":"pear"}]}}');
      expect(headers.get("deprecation")).toBe("@1769817600");
      expect(headers.get("sunset")).toBe("Wed, 30 Jun 2027 00:00:00 GMT");
    }
  });

  it("gets no header where nothing is deprecated, and the beginning of time where no day is known", async ({
    orchard,
  }) => {
    const { headers } = await orchard.ask("{ trees { id } }");
    expect([headers.get("deprecation"), headers.get("sunset")]).toEqual([null, null]);
    const { headers: others } = await orchard.ask("{ leaves { id } }");
    expect([others.get("deprecation"), others.get("sunset")]).toEqual(["@0", null]);
  });

  it("by GET has it with the tag of the answer, and with 304", async ({ orchard }) => {
    const url = `${orchard.url}/graphql?${new URLSearchParams({ query: old })}`;
    const headers = { "apollo-require-preflight": "1", accept: "application/json" };
    const first = await fetch(url, { headers });
    const etag = first.headers.get("etag") ?? "";
    expect(etag).toMatch(/^W\//);
    const second = await fetch(url, { headers: { ...headers, "if-none-match": etag } });
    expect([second.status, second.headers.get("deprecation")]).toEqual([304, "@1769817600"]);
    const asked = new URLSearchParams({ query: old, extensions: JSON.stringify(extensions) });
    const told = await fetch(`${orchard.url}/graphql?${asked}`, { headers });
    expect([told.headers.get("etag"), told.headers.get("cache-control")]).toEqual([null, "no-store"]);
    expect(await told.json()).toMatchObject({ extensions: { deprecations: [kind] } });
  });

  it.for(["yes", 1, [], {}])("who sends %j is refused", async (deprecations) => {
    await using treesPort = await startPort(oldTrees);
    await using gateway = await testGateway({ subgraphs: { trees: `${treesPort.url}/graphql` } });
    await gateway.live();
    const { errors, data } = await gateway.ask({ query: old, extensions: { deprecations } });
    expect(errors).toMatchObject([{ extensions: { code: "DEPRECATIONS_UNKNOWN" } }]);
    expect(data).toBeUndefined();
  });

  it("sees it in introspection, of inputs too", async ({ orchard }) => {
    const query = `{ __type(name: "trees_bool_exp") { inputFields(includeDeprecated: true) { name isDeprecated deprecationReason } } }`;
    const { data } = await orchard.ask(query);
    const fields: readonly { readonly name: string; readonly isDeprecated: boolean }[] =
      data.__type.inputFields;
    expect(fields.filter(({ isDeprecated }) => isDeprecated)).toEqual([
      { name: "kind", isDeprecated: true, deprecationReason: kind.reason },
      { name: "planted", isDeprecated: true, deprecationReason: "Nobody noted it." },
    ]);
  });
});

describe("/admin/use?deprecated=true", () => {
  it("lists what is deprecated, with those who still use it and what ends first at the top", async ({
    orchard,
  }) => {
    await orchard.ask(old, { headers: { "x-client-name": "desk" } });
    const response = await fetch(`${orchard.adminUrl}/admin/use?deprecated=true`);
    const { deprecated, unusedDays, forgotten } = (await response.json()) as DeprecatedUse;
    expect([unusedDays, forgotten]).toEqual([30, 0]);
    expect(deprecated.slice(0, 3).map(({ ends }) => ends)).toEqual(Array(3).fill("2027-06-30"));
    const of = (coordinate: string) => deprecated.find((each) => each.coordinate === coordinate);
    expect(of("Tree.kind")).toMatchObject({ ...kind, canGo: false });
    expect(of("Tree.kind")?.users).toContainEqual({
      client: "desk",
      operation: { name: "Old", hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
      lastSeen: of("Tree.kind")?.lastSeen,
      count: 1,
    });
    // Nobody has used it, but since when that is known is not long enough ago.
    expect(of("trees_by.kind")).toMatchObject({ users: [], lastSeen: null, canGo: false });
  });
});
