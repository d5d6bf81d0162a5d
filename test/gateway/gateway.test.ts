// The gateway on small products: what it answers while all is well, and what it costs when something is not.
import { describe, expect, it, vi } from "vitest";
import { startPort } from "weft/sdk";
import { graphqlSubgraph } from "./support/graphql-subgraph.ts";
import { answerJson, deadUrl, httpServer } from "./support/http-server.ts";
import { onOrchard } from "./support/on-orchard.ts";
import { farms, trees } from "./support/orchard.ts";
import { followedClosely, testGateway } from "./support/test-gateway.ts";

describe("a question across products", () => {
  onOrchard("is answered whole, with 64-bit integers as text and no extensions", async ({ orchard }) => {
    const { status, text } = await orchard.ask(
      "{ trees(limit: 3) { id height planted fruit farm { name trees { id } } } }",
    );
    expect(status).toBe(200);
    expect(JSON.parse(text)).toEqual({
      data: {
        trees: [
          {
            id: 1,
            height: 3.5,
            planted: "2001-04-01",
            fruit: "9007199254740993",
            farm: { name: "North", trees: [{ id: 1 }] },
          },
          {
            id: 2,
            height: 4.25,
            planted: "2002-11-30",
            fruit: "12",
            farm: { name: "South", trees: [{ id: 2 }] },
          },
          { id: 3, height: null, planted: null, fruit: null, farm: null },
        ],
      },
    });
  });

  onOrchard("has null where a reference dangles, and is otherwise whole", async ({ orchard }) => {
    const { text } = await orchard.ask("{ trees_by_pk(id: 4) { id farm { name } } }");
    expect(JSON.parse(text)).toEqual({ data: { trees_by_pk: { id: 4, farm: null } } });
  });

  onOrchard("gives equal bytes when asked again", async ({ orchard }) => {
    const query = "{ farms(order_by: [{ name: desc }]) { name trees { kind } } }";
    const texts = await Promise.all(Array.from({ length: 5 }, async () => (await orchard.ask(query)).text));
    expect(new Set(texts).size).toBe(1);
  });

  onOrchard("takes variables, defaults, fragments, aliases and directives", async ({ orchard }) => {
    const { data, errors } = await orchard.ask({
      query: `query Two { trees { id } }
        query One($kinds: [String!] = ["pear"], $deep: Boolean!) {
          chosen: trees(where: { kind: { _in: $kinds } }) { ...tree farm @include(if: $deep) { title: name } }
        }
        fragment tree on Tree { __typename kind }`,
      variables: { deep: true },
      operationName: "One",
    });
    expect(errors).toBeUndefined();
    expect(data).toEqual({ chosen: [{ __typename: "Tree", kind: "pear", farm: { title: "South" } }] });
  });

  onOrchard("may ask for the schema and for rows at once", async ({ orchard }) => {
    const { data } = await orchard.ask('{ __type(name: "Tree") { name } farms(limit: 1) { code } }');
    expect(data).toEqual({ __type: { name: "Tree" }, farms: [{ code: "e" }] });
  });
});

describe("a question that is wrong keeps its code and its place", () => {
  onOrchard.for<
    [string, string | { query: string; variables: object }, string, (string | number)[] | undefined]
  >([
    ["an unknown column", "{ trees { colour } }", "GRAPHQL_VALIDATION_FAILED", undefined],
    [
      "an unknown column in where",
      "{ trees(where: { colour: { _eq: 1 } }) { id } }",
      "GRAPHQL_VALIDATION_FAILED",
      undefined,
    ],
    [
      "a path in where to what another domain does not have",
      '{ trees(where: { farm: { nme: { _eq: "North" } } }) { id } }',
      "GRAPHQL_VALIDATION_FAILED",
      undefined,
    ],
    [
      "a text for a number",
      '{ trees(where: { id: { _eq: "1" } }) { id } }',
      "GRAPHQL_VALIDATION_FAILED",
      undefined,
    ],
    [
      "a variable of the wrong type",
      { query: "query ($n: Int) { trees(limit: $n) { id } }", variables: { n: "1" } },
      "BAD_USER_INPUT",
      undefined,
    ],
    [
      "a variable left out",
      { query: "query ($n: Int!) { trees_by_pk(id: $n) { id } }", variables: {} },
      "BAD_USER_INPUT",
      undefined,
    ],
    ["null compared", "{ trees(where: { id: { _eq: null } }) { id } }", "NULL_COMPARED", ["trees"]],
    [
      "null compared in a variable",
      {
        query: "query ($w: trees_bool_exp) { trees(where: $w) { id } }",
        variables: { w: { id: { _eq: null } } },
      },
      "NULL_COMPARED",
      ["trees"],
    ],
    ["a limit below zero", "{ chosen: trees(limit: -1) { id } }", "NEGATIVE", ["chosen"]],
    [
      "a limit below zero beneath an entity of another product",
      "{ farms(limit: 2) { code trees(limit: -1) { id } } }",
      "NEGATIVE",
      ["farms", 0, "trees"],
    ],
    [
      "two keys in one order",
      "{ trees(order_by: [{ id: asc, kind: asc }]) { id } }",
      "ORDER_KEYS",
      ["trees"],
    ],
  ])("%s: %s", async ([, question, code, path], { orchard }) => {
    const { errors } = await orchard.ask(question as string);
    expect(errors?.[0]?.extensions.code).toBe(code);
    expect(errors?.[0]?.path).toEqual(path);
  });

  onOrchard("and leaves the rest of the answer alone where GraphQL lets it", async ({ orchard }) => {
    const { data, errors } = await orchard.ask(
      "{ trees_by_pk(id: 1) { id farm { code trees(limit: -1) { id } } } }",
    );
    expect(errors).toMatchObject([
      { path: ["trees_by_pk", "farm", "trees"], extensions: { code: "NEGATIVE" } },
    ]);
    expect(data).toEqual({ trees_by_pk: { id: 1, farm: null } });
  });
});

describe("a gateway without subgraphs", () => {
  it("lives, says what is missing, and answers once they are there", async () => {
    const [treesUrl, farmsUrl] = [await deadUrl(), await deadUrl()];
    await using gateway = await testGateway({
      subgraphs: { trees: treesUrl, farms: farmsUrl },
      schema: followedClosely,
    });
    expect((await fetch(`${gateway.url}/healthz`)).status).toBe(200);
    const readiness = await fetch(`${gateway.url}/readyz`);
    expect([readiness.status, readiness.headers.get("cache-control")]).toEqual([503, "no-store"]);
    await vi.waitFor(async () => {
      const { status, errors } = await gateway.ask("{ trees { id } }");
      expect(status).toBe(503);
      expect(errors).toEqual([
        {
          message:
            "There is no schema yet: no word from trees, farms. Ask again shortly; /readyz says what is missing.",
          extensions: { code: "NO_SUPERGRAPH", missing: ["trees", "farms"] },
        },
      ]);
    });
    await using _trees = await startPort(trees, { port: Number(new URL(treesUrl).port) });
    await using _farms = await startPort(farms, { port: Number(new URL(farmsUrl).port) });
    await gateway.live();
    const { data } = await gateway.ask("{ trees_by_pk(id: 1) { farm { name } } }");
    expect(data).toEqual({ trees_by_pk: { farm: { name: "North" } } });
  });

  it("answers at every moment at which it says that it is ready", async () => {
    await using treesPort = await startPort(trees);
    await using gateway = await testGateway({ subgraphs: { trees: `${treesPort.url}/graphql` } });
    for (let ready = false; !ready; ) ready = (await fetch(`${gateway.url}/readyz`)).ok;
    expect((await gateway.ask("{ trees { id } }")).status).toBe(200);
  });
});

describe("a subgraph that is down", () => {
  it("costs its own fields, and the error names it", async () => {
    await using treesPort = await startPort(trees);
    const farmsPort = await startPort(farms);
    await using gateway = await testGateway({
      subgraphs: { trees: `${treesPort.url}/graphql`, farms: `${farmsPort.url}/graphql` },
      schema: followedClosely,
    });
    await gateway.live();
    await farmsPort[Symbol.asyncDispose]();
    const { status, data, errors } = await gateway.ask("{ trees(limit: 1) { id kind farm { code name } } }");
    expect(status).toBe(200);
    expect(data).toEqual({ trees: [{ id: 1, kind: "apple", farm: null }] });
    expect(errors).toHaveLength(1);
    expect(errors?.[0]).toMatchObject({
      message: "Subgraph farms cannot be reached. Its fields are null until it is back; ask again later.",
      extensions: { code: "SUBGRAPH_UNREACHABLE", subgraph: "farms" },
    });
    expect((await gateway.ask("{ trees(limit: 1) { id } }")).errors).toBeUndefined();
    await vi.waitFor(async () => {
      const readiness = await fetch(`${gateway.url}/readyz`);
      expect(readiness.status).toBe(200);
      expect(await readiness.json()).toMatchObject({
        subgraphs: [{ status: "live" }, { status: "last-known", reason: "SUBGRAPH_UNREACHABLE" }],
      });
    });
  });
});

describe("what a subgraph says in error", () => {
  const sdl = "type Query { broken: String }";

  it("loses its stack trace on the way", async () => {
    const error = {
      message: "no",
      path: ["broken"],
      extensions: {
        code: "X",
        stacktrace: ["at secret.ts:1"],
        exception: { stacktrace: ["at secret.ts:1"] },
      },
    };
    await using server = await httpServer((response, { body }) =>
      answerJson(
        response,
        body.includes("_service") ? { data: { _service: { sdl } } } : { data: null, errors: [error] },
      ),
    );
    await using gateway = await testGateway({ subgraphs: { old: server.url } });
    await gateway.live();
    const { text, errors } = await gateway.ask("{ broken }");
    expect(errors).toMatchObject([{ message: "no", path: ["broken"], extensions: { code: "X" } }]);
    expect(text).not.toContain("secret.ts");
  });

  it("says nothing of the statement that failed in a product", async () => {
    await using treesPort = await startPort({
      ...trees,
      openEngine: async () => ({
        ...(await trees.openEngine()),
        run: async () => {
          throw new Error("Binder Error: select secret from trees");
        },
      }),
    });
    await using gateway = await testGateway({ subgraphs: { trees: `${treesPort.url}/graphql` } });
    await gateway.live();
    const { text, errors } = await gateway.ask("{ trees { id } }");
    expect(errors).toMatchObject([{ path: ["trees"], extensions: { code: "INTERNAL" } }]);
    expect(text).not.toMatch(/select|Binder|\.ts|node_modules/);
  });
});

describe("null where the schema allows none", () => {
  it.each([
    ["of a root field", "type Query { always: String! }", { always: null }, "{ always }", ["always"]],
    [
      "within a root field",
      "type Query { one: One } type One { always: String! }",
      { one: { always: null } },
      "{ one { always } }",
      ["one", "always"],
    ],
    [
      "within a list",
      "type Query { all: [One!]! } type One { always: String! }",
      { all: [{ always: "a" }, { always: null }] },
      "{ all { always } }",
      ["all", 1, "always"],
    ],
  ])("is an error %s", async (_, sdl, data, query, path) => {
    await using server = await httpServer((response, { body }) =>
      answerJson(response, body.includes("_service") ? { data: { _service: { sdl } } } : { data }),
    );
    await using gateway = await testGateway({ subgraphs: { liar: server.url } });
    await gateway.live();
    const { errors } = await gateway.ask(query);
    expect(errors).toMatchObject([{ path, extensions: { code: "INVALID_GRAPHQL" } }]);
  });

  it("is an error where an unknown entity is more than null for itself", async () => {
    const owner = 'type Query { ask: Int } type Farm @key(fields: "code") { code: String! name: String! }';
    const user =
      'type Query { tree: Tree } type Tree { farm: Farm! } type Farm @key(fields: "code") { code: String! }';
    await using farmsServer = await graphqlSubgraph(owner, { Farm: { __resolveReference: () => null } });
    await using treesServer = await graphqlSubgraph(user, {
      Query: { tree: () => ({ farm: { code: "n" } }) },
    });
    await using gateway = await testGateway({
      subgraphs: { farms: farmsServer.url, trees: treesServer.url },
    });
    await gateway.live();
    const { data, errors } = await gateway.ask("{ tree { farm { name } } }");
    expect(data).toEqual({ tree: null });
    expect(errors).toMatchObject([{ path: ["tree", "farm", "name"] }]);
  });
});

describe("what a subgraph is told", () => {
  it("is the caller's configured headers and nothing else of the caller", async () => {
    await using server = await graphqlSubgraph("type Query { tenant: String }", {
      Query: { tenant: (_parent, _args, { headers }) => String(headers["x-tenant"]) },
    });
    await using gateway = await testGateway({
      subgraphs: { one: server.url },
      visibility: { forwardHeaders: ["x-tenant"] },
    });
    await gateway.live();
    const headers = { "x-tenant": "t", authorization: "secret", cookie: "secret" };
    expect((await gateway.ask("{ tenant }", { headers })).data).toEqual({ tenant: "t" });
    const asked = server.received.filter(({ body }) => body.includes("tenant"));
    expect(JSON.stringify(asked)).not.toContain("secret");
  });
});

describe("mutations", () => {
  const sdl = "type Query { n: Int } type Mutation { raise: Int }";

  it.each([
    ["are refused unless the mesh says otherwise", false, 403, ["MUTATIONS_OFF"], 0],
    ["are answered where the mesh says so", true, 200, undefined, 1],
  ])("%s", async (_, mutations, status, codes, raised) => {
    let n = 0;
    await using server = await graphqlSubgraph(sdl, {
      Query: { n: () => n },
      Mutation: { raise: () => ++n },
    });
    await using gateway = await testGateway({ subgraphs: { one: server.url }, operation: { mutations } });
    await gateway.live();
    const answer = await gateway.ask("mutation { raise }");
    expect([answer.status, answer.errors?.map(({ extensions }) => extensions.code), n]).toEqual([
      status,
      codes,
      raised,
    ]);
  });

  it("never run over GET", async () => {
    let n = 0;
    await using server = await graphqlSubgraph(sdl, {
      Query: { n: () => n },
      Mutation: { raise: () => ++n },
    });
    await using gateway = await testGateway({
      subgraphs: { one: server.url },
      operation: { mutations: true },
    });
    await gateway.live();
    const response = await fetch(`${gateway.url}/graphql?query=${encodeURIComponent("mutation { raise }")}`);
    expect([response.status, n]).toEqual([405, 0]);
  });
});
