// Fields that planning renames: what the caller hears of them, in data and in errors.
import { expect, it } from "vitest";
import { plannerOf } from "../federation/planning/planned.ts";
import { openWeft } from "../federation/support/ask-weft.ts";
import { byKey, type MeshDefinition, type Row } from "../federation/support/mesh.ts";

const plain = (type: string) => `type ${type} @key(fields: "id") { id: ID! vendor: Vendor! }`;
const shop: MeshDefinition[string] = {
  sdl: `type Query { all: [Thing!]! } union Thing = Book | Film ${plain("Book")} ${plain("Film")}
    type Vendor @key(fields: "id") { id: ID! }`,
  resolvers: {
    Query: {
      all: () => ["Book", "Film"].map((type, i) => ({ __typename: type, id: i, vendor: { id: `v${i}` } })),
    },
  },
};
const vendors = byKey([{ id: "v0" }, { id: "v1" }], "id");
const both = (book: string, film: string) =>
  `{ all { ...on Book { vendor { ${book} } } ...on Film { vendor { ${film} } } } }`;

it("a client's alias that is called like a made name is not taken for it", async () => {
  await using weft = await openWeft({
    shop,
    prices: {
      sdl: 'type Vendor @key(fields: "id") { id: ID! price(in: String!): String! }',
      resolvers: { Vendor: { __resolveReference: vendors, price: (_, args) => `1 ${args.in}` } },
    },
  });
  const film = 'weft_as1_price: price(in: "GBP") price(in: "USD")';
  const { data } = await weft.ask({ query: both('price(in: "EUR")', film) });
  expect(data).toEqual({
    all: [{ vendor: { price: "1 EUR" } }, { vendor: { weft_as1_price: "1 GBP", price: "1 USD" } }],
  });
});

it("an unknown entity is an answer though its owner knows the other under one response name", async () => {
  await using weft = await openWeft({
    shop,
    bests: {
      sdl: `type Vendor @key(fields: "id") { id: ID! best(of: Int!): Item } type Item @key(fields: "id") { id: ID! }`,
      resolvers: { Vendor: { __resolveReference: vendors, best: (_, args) => ({ id: args.of }) } },
    },
    items: {
      sdl: 'type Item @key(fields: "id") { id: ID! name: String! }',
      resolvers: { Item: { __resolveReference: byKey([{ id: "1", name: "known" }], "id") } },
    },
  });
  const { data, errors } = await weft.ask({ query: both("best(of: 0) { name }", "best(of: 1) { name }") });
  expect({ data, errors }).toEqual({
    data: { all: [{ vendor: { best: null } }, { vendor: { best: { name: "known" } } }] },
  });
});

it("an error of one field is not told of another under its response name", async () => {
  const price = (_: Row, args: Row) => {
    if (args.in === "USD") throw new Error("no USD");
    return 1;
  };
  await using weft = await openWeft({
    shop,
    prices: {
      sdl: 'type Vendor @key(fields: "id") { id: ID! price(in: String!): Int }',
      resolvers: { Vendor: { __resolveReference: vendors, price } },
    },
  });
  const { data, errors = [] } = await weft.ask({ query: both('price(in: "EUR")', 'price(in: "USD")') });
  expect(data).toEqual({ all: [{ vendor: { price: 1 } }, { vendor: { price: null } }] });
  expect(errors.map(({ path }) => path)).toEqual([["all", 1, "vendor", "price"]]);
});

it("a root field is an object of nothing where what it holds is not included with it", async () => {
  await using weft = await openWeft({
    one: { sdl: "type Query { a: A! } type A { x: Int }", resolvers: { Query: { a: () => ({ x: 1 }) } } },
  });
  const query = "query ($b: Boolean!) { a @skip(if: $b) { x @include(if: $b) } }";
  const { data, errors } = await weft.ask({ query, variables: { b: false } });
  expect({ data, errors }).toEqual({ data: { a: {} } });
});

it("a field that can't be planned is told by the client's name", async () => {
  const { plan } = await plannerOf({
    a: 'type Query { a: Node } interface Node @key(fields: "id") { id: ID! }',
    b: `type Query { b: Node }
      type Node @key(fields: "id", resolvable: false) @interfaceObject { id: ID! field: String }`,
  });
  const text = "{ b { x: field } ...F } fragment F on Query { x: a { field } }";
  expect(() => plan({ text, operationName: undefined })).toThrow("selects of x.");
});
