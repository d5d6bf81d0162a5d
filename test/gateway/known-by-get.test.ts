// A question by GET is answered alike, whether it was asked before or not: right, wrong, and forbidden.
import { describe, expect, test } from "vitest";
import { graphqlSubgraph } from "./support/graphql-subgraph.ts";
import { type TestGateway, testGateway } from "./support/test-gateway.ts";

const it = test.extend<{ gateway: TestGateway }>({
  gateway: [
    // biome-ignore lint/correctness/noEmptyPattern: a fixture names what it needs, which is nothing
    async ({}, use) => {
      await using subgraph = await graphqlSubgraph(
        "type Query { hello(to: String): String } type Mutation { change: Int }",
        {
          Query: { hello: (_: never, { to = "all" }: { readonly to?: string }) => `Hello ${to}` },
          Mutation: { change: () => 1 },
        } as never,
      );
      await using gateway = await testGateway({
        subgraphs: { one: subgraph.url },
        operation: { mutations: true },
      });
      await gateway.live();
      await use(gateway);
    },
    { scope: "file" },
  ],
});

const query = (name: string) => `query ${name}($to: String) { hello(to: $to) }`;

describe("a question by GET", () => {
  it.for<[string, string, string, RequestInit]>([
    ["without variables", "Without", "", {}],
    ["with variables and its name", "Named", 'variables={"to":"Ada"}&operationName=Named', {}],
    ["with an empty name", "Empty", "operationName=", {}],
    ["with parameters that nobody knows", "More", "variables={}&cache=no&cache=never", {}],
    [
      "with a JSON content type",
      "Typed",
      "",
      { headers: { "content-type": "Application/JSON; charset=utf-8" } },
    ],
    ["with extensions that nobody knows", "Extended", 'extensions={"clientLibrary":{"name":"c"}}', {}],
    ["with variables of the wrong type", "Wrong", 'variables={"to":{"a":1}}', {}],
    ["with variables that are null", "Null", "variables=null", {}],
    ["with variables that are no object", "List", 'variables=["to"]', {}],
    ["with variables that are no JSON", "Text", "variables={to:1}", {}],
    ["with variables that are empty", "Nothing", "variables=", {}],
    ["with variables twice", "Twice", "variables={}&variables={}", {}],
    ["with two texts", "Texts", "query={hello}", {}],
    ["with the name of another operation", "Misnamed", "operationName=Other", {}],
    ["with extensions that are no object", "Listed", "extensions=[]", {}],
    [
      "with a persisted query of another version",
      "Version",
      'extensions={"persistedQuery":{"version":2}}',
      {},
    ],
    [
      "with the hash of another text",
      "Hash",
      'extensions={"persistedQuery":{"version":1,"sha256Hash":"0"}}',
      {},
    ],
    ["with another content type", "Form", "", { headers: { "content-type": "text/plain" } }],
    ["from another site", "Foreign", "", { headers: { "sec-fetch-site": "cross-site" } }],
    ["that wants XML", "Xml", "", { headers: { accept: "text/xml" } }],
    [
      "that wants GraphQL's own type",
      "Own",
      "",
      { headers: { accept: "application/graphql-response+json" } },
    ],
    ["by HEAD", "Head", "", { method: "HEAD" }],
  ])("%s", async ([, name, more, options], { gateway }) => {
    const asked = async () => {
      const response = await fetch(
        `${gateway.url}/graphql?${new URLSearchParams({ query: query(name) })}&${encodeURI(more)}`,
        options,
      );
      const headers = Object.fromEntries(response.headers);
      return { status: response.status, text: await response.text(), ...headers, date: "" };
    };
    const before = await asked();
    expect((await gateway.ask({ query: query(name) })).data).toEqual({ hello: "Hello all" });
    expect(await asked()).toEqual(before);
  });

  it("changes nothing, though it is known", async ({ gateway }) => {
    const change = "mutation { change }";
    const url = `${gateway.url}/graphql?${new URLSearchParams({ query: change })}`;
    expect((await gateway.ask(change)).data).toEqual({ change: 1 });
    const response = await fetch(url);
    expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
  });
});
