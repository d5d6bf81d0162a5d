// Mistakes that are easily made here, each as a question whose answer shows it.
import { buildSchema } from "graphql";
import { describe, expect, it } from "vitest";
import { compilePart } from "../../gateway/execute/federated/compile-part.ts";
import type { Gathered } from "../../gateway/execute/federated/gather.ts";
import { compileMatch } from "../../gateway/execute/federated/match-entities.ts";
import { compileRequest } from "../../gateway/execute/federated/request-text.ts";
import { compileCondition } from "../../gateway/execute/rows/evaluate-condition.ts";
import type { Runtime } from "../../gateway/execute/runtime.ts";
import type { Echo } from "../../gateway/plan/fetch-tree.ts";
import type { Pattern } from "../../schema/product/predicate.ts";
import { openWeft } from "../federation/support/ask-weft.ts";
import { byKey } from "../federation/support/mesh.ts";
import { fetchOf, keyed, stepOf } from "./support/fetches.ts";

const like = (pattern: string, operator: Pattern = "_like") =>
  compileCondition(
    { kind: "match", column: "c", operator, pattern },
    { scalars: { c: "String" }, keyColumns: () => [], keysOf: () => new Set() },
  );

describe("a pattern", () => {
  it("may hold a hyphen", () => {
    expect(like("2001-0%")({ c: "2001-01" })).toBe(true);
  });

  it("with many wildcards takes no time that grows with their power", () => {
    // Backtracking would take years.
    expect(like(`${"%a".repeat(30)}b`)({ c: "a".repeat(80) })).toBe(false);
  });
});

describe("a variable that the caller makes up", () => {
  it("does not stand for what the mesh takes from above", async () => {
    const link = (names: string) =>
      `extend schema @link(url: "https://specs.apollo.dev/federation/v2.8", import: [${names}])`;
    await using weft = await openWeft({
      users: {
        sdl: `${link('"@key" "@context" "@fromContext" "@external" "@shareable"')}
          type Query { user: User! } type User @key(fields: "id") @context(name: "u") { id: ID! secret: String! item: Item! }
          type Item @key(fields: "id") { id: ID! told(by: String @fromContext(field: "$u { secret }")): String! }`,
        resolvers: {
          Query: { user: () => ({ id: "1", secret: "own", item: { id: "2" } }) },
          Item: { __resolveReference: byKey([{ id: "2" }], "id"), told: (_, { by }) => by },
          User: { __resolveReference: byKey([{ id: "1", secret: "own", item: { id: "2" } }], "id") },
        },
      },
    });
    const query = "{ user { item { told } } }";
    expect((await weft.ask({ query })).data).toEqual({ user: { item: { told: "own" } } });
    const [name = ""] = Object.keys(weft.asked("users").at(-1)?.variables ?? {}).filter((each) =>
      each.startsWith("contextual"),
    );
    const { data } = await weft.ask({ query, variables: { [name]: "made up" } });
    expect(data).toEqual({ user: { item: { told: "own" } } });
  });

  it("does not stand for an argument from above", () => {
    const variables = [{ name: "contextualArgument_0", definition: "$contextualArgument_0: String" }];
    const step = stepOf(fetchOf({ variables, entities: keyed("T", ["id"]) }));
    const batch = [
      { part: 0, sent: [{}], texts: ["{}"], targets: [[]], context: { contextualArgument_0: "above" } },
    ];
    const body = compileRequest(step).write(batch, { contextualArgument_0: "made up" });
    expect(JSON.parse(body).variables).toEqual({ representations: [{}], contextualArgument_0: "above" });
  });
});

describe("an entity is never joined to another's representation", () => {
  it("of a subgraph that answers a union in the other order", async () => {
    const rows = { Book: [{ id: "1", title: "book" }], Film: [{ id: "2", title: "film" }] };
    const keyOnly = (type: string) => `type ${type} @key(fields: "id") { id: ID! }`;
    const titled = (type: string) => `type ${type} @key(fields: "id") { id: ID! title: String }`;
    await using weft = await openWeft({
      list: {
        sdl: `type Query { all: [Any!]! } union Any = Book | Film ${keyOnly("Book")} ${keyOnly("Film")}`,
        resolvers: {
          Query: { all: () => Object.entries(rows).map(([type, [row]]) => ({ __typename: type, ...row })) },
        },
      },
      titles: {
        sdl: `${titled("Book")} ${titled("Film")}`,
        resolvers: {
          Book: { __resolveReference: byKey(rows.Book, "id") },
          Film: { __resolveReference: byKey(rows.Film, "id") },
        },
        distort: ({ data }) => ({
          data: Object.fromEntries(
            Object.entries(data).map(([name, list]) => [name, [...(list as [])].reverse()]),
          ),
        }),
      },
    });
    const { data } = await weft.ask({ query: "{ all { ...on Book { title } ...on Film { title } } }" });
    expect(data).toEqual({ all: [{ title: "book" }, { title: "film" }] });
  });

  it("where two of different types come in the other order", () => {
    const [u, v] = ["U", "V"].map((type) => ({
      types: [type],
      answeredAs: [type],
      leaves: [{ sent: ["id"], answered: [`key_${type}`] }],
    }));
    const sent = [
      { __typename: "U", id: "1" },
      { __typename: "V", id: "2" },
    ];
    const [one, other] = [
      { __typename: "U", key_U: "1" },
      { __typename: "V", key_V: "2" },
    ];
    expect(compileMatch([u as Echo, v as Echo])(sent, [other, one]).entities).toEqual([one, other]);
  });

  const match = compileMatch([
    { types: ["U"], answeredAs: ["U"], leaves: [{ sent: ["id"], answered: ["id"] }] },
  ]);
  const u = (id: string) => ({ __typename: "U", id });

  it.each([
    ["of another type, to the key `undefined`", "undefined", { __typename: "Other", id: "x" }],
    ["without its key, to the key `undefined`", "undefined", { __typename: "U", name: "x" }],
    ["with null for its key, to the key `null`", "null", { __typename: "U", id: null, name: "x" }],
  ])("%s", (_, id, entity) => {
    expect(match([u("a"), u(id)], [entity]).entities).toEqual([null, null]);
  });
});

describe("objects below an entity that stands at two places", () => {
  it("have arguments of their own at each of them", async () => {
    await using weft = await openWeft({
      shop: {
        sdl: 'type Query { product: Product! } type Product @key(fields: "id") { id: ID! }',
        resolvers: { Query: { product: () => ({ id: "p" }) } },
      },
      vendors: {
        sdl: `type Product @key(fields: "id") { id: ID! vendor: Vendor! }
          type Vendor @key(fields: "id") { id: ID! }`,
        resolvers: { Product: { __resolveReference: byKey([{ id: "p", vendor: { id: "v" } }], "id") } },
      },
      prices: {
        sdl: 'type Vendor @key(fields: "id") { id: ID! price(in: String!): String! }',
        resolvers: {
          Vendor: { __resolveReference: byKey([{ id: "v" }], "id"), price: (_, args) => `1 ${args.in}` },
        },
      },
    });
    const query = '{ a: product { vendor { price(in: "EUR") } } b: product { vendor { price(in: "USD") } } }';
    const { data } = await weft.ask({ query });
    expect(data).toEqual({ a: { vendor: { price: "1 EUR" } }, b: { vendor: { price: "1 USD" } } });
  });

  it("have their own arguments from above", () => {
    const runtime = { schema: buildSchema("type Query { a: ID }") } as unknown as Runtime;
    const data = JSON.parse(
      '{"l":[{"lang":"de","p":{"__typename":"P","id":"1"}},{"lang":"fr","p":{"__typename":"P","id":"1"}}]}',
    );
    const child = { name: "child", fields: [{ name: "__typename" }, { name: "id" }] };
    const context = [{ variable: "v", up: 2, path: [{ kind: "field", name: "lang" }] }] as const;
    const above = fetchOf({ entities: keyed("P", ["id"]), receives: [child] });
    const below = fetchOf({ entities: keyed("C", ["id"], { context }), receives: [{ name: "said" }] });
    const parents = compilePart(runtime, { fetch: above, at: [["l", "@", "p"]], apart: true }, 0);
    const [asked] = parents.gather(data);
    parents.join(asked as Gathered, [{ child: { __typename: "C", id: "c" } }], new Set());
    const children = compilePart(runtime, { fetch: below, at: [["l", "@", "p", "child"]], apart: true }, 1);
    for (const gathered of children.gather(data))
      children.join(gathered, [{ said: gathered.context?.v }], new Set());
    expect(data.l.map(({ p }: { p: { child: { said: string } } }) => p.child.said)).toEqual(["de", "fr"]);
  });
});

describe("a null that the schema does not allow", () => {
  it("has an error below an object that is no entity, and that its one subgraph did answer", async () => {
    await using weft = await openWeft({
      one: {
        sdl: "type Query { user: User } type User { best: Best } type Best { sure: String! }",
        distort: () => ({ data: { user: { best: { sure: null } } } }),
      },
    });
    const { data, errors = [] } = await weft.ask({ query: "{ user { best { sure } } }" });
    expect(data).toEqual({ user: { best: null } });
    expect(errors.map(({ path }) => path)).toEqual([["user", "best", "sure"]]);
  });
});
