// Repairs of the planner: the counterexample of each, and that nothing else is touched.
import { operationFromDocument, Supergraph } from "@apollo/federation-internals";
import { type PlanNode, QueryPlanner } from "@apollo/query-planner";
import { type OperationDefinitionNode, parse, print } from "graphql";
import { describe, expect, it } from "vitest";
import { decidingVariables } from "../../../gateway/federation/planning/deciding-variables.ts";
import { possibleTypes } from "../../../gateway/federation/planning/possible-types.ts";
import { withRequiredFields } from "../../../gateway/federation/planning/required-arguments.ts";
import { resolvableKeysFirst } from "../../../gateway/federation/planning/resolvable-keys-first.ts";
import { writeOutRootFragments } from "../../../gateway/federation/planning/root-fragments.ts";
import { settleConditions } from "../../../gateway/federation/planning/settled-conditions.ts";
import { readSupergraph } from "../../../gateway/federation/planning/supergraph-facts.ts";
import { toFetchTree } from "../../../gateway/federation/planning/to-fetch-tree.ts";
import { plannerOf, refusals, supergraphOf, treeOf } from "./planned.ts";
import { printTree } from "./print-tree.ts";

const planned = async (subgraphs: Readonly<Record<string, string>>, text: string) => {
  const tree = treeOf(await plannerOf(subgraphs), text);
  expect(refusals(subgraphs, tree)).toEqual([]);
  return printTree(tree);
};

const stockPlan = (subgraphs: Readonly<Record<string, string>>, text: string) => {
  const supergraph = Supergraph.build(supergraphOf(subgraphs));
  const planner = new QueryPlanner(supergraph, { reuseQueryFragments: false });
  return planner.buildQueryPlan(operationFromDocument(supergraph.apiSchema(), parse(text))).node as PlanNode;
};

/** The fetches of Apollo's planner as it is: a repair that it no longer needs is to be taken out. */
const stock = (subgraphs: Readonly<Record<string, string>>, text: string) =>
  JSON.stringify(stockPlan(subgraphs, text));

const shipping = {
  shop: `
    type Query { products: [Product] }
    type Product @key(fields: "upc") { upc: ID! price(currency: String! = "GBP"): Int category: Category }
    type Category { price(currency: String!): Int }`,
  post: `
    type Product @key(fields: "upc") {
      upc: ID!
      price(currency: String! = "GBP"): Int @external
      category: Category @external
      usd: Int @requires(fields: "price(currency: \\"USD\\")")
      eur: Int @requires(fields: "price(currency: \\"EUR\\")")
      gbp: Int @requires(fields: "price")
      isDear: Boolean @requires(fields: "category { price(currency: \\"USD\\") }")
    }
    type Category @external { price(currency: String!): Int }`,
};

describe("a field that a @requires asks for with arguments", () => {
  it("stands beside the client's with other arguments", async () => {
    expect(
      await planned(shipping, "query ($c: String!) { products { usd price(currency: $c) } }"),
    ).toMatchInlineSnapshot(`
      "sequence
        query shop ($c:String!) {products{__typename upc weft_required_0_price:price(currency:"USD")price(currency:$c)}}
        query post at products.@ {...on Product{usd _k0_upc:upc}}
          needs on Product{__typename upc weft_required_0_price}
          sends on Product/weft_required_0_price → price
          echoes Product as Product: upc = _k0_upc"
    `);
  });

  it("stands inside what the client selects", async () => {
    expect(
      await planned(shipping, '{ products { isDear category { price(currency: "EUR") } } }'),
    ).toMatchInlineSnapshot(`
      "sequence
        query shop {products{__typename upc category{weft_required_0_price:price(currency:"USD")price(currency:"EUR")}}}
        query post at products.@ {...on Product{isDear _k0_upc:upc}}
          needs on Product{__typename upc category{weft_required_0_price}}
          sends on Product/category/weft_required_0_price → price
          echoes Product as Product: upc = _k0_upc"
    `);
  });

  it("stands beside the client's where only its default is asked for", async () => {
    expect(await planned(shipping, '{ products { gbp price(currency: "EUR") } }')).toMatchInlineSnapshot(`
      "sequence
        query shop {products{__typename upc weft_required_2_price:price price(currency:"EUR")}}
        query post at products.@ {...on Product{gbp _k0_upc:upc}}
          needs on Product{__typename upc weft_required_2_price}
          sends on Product/weft_required_2_price → price
          echoes Product as Product: upc = _k0_upc"
    `);
  });

  it("is a repair that the planner needs", async () => {
    expect(stock(shipping, '{ products { usd price(currency: "GBP") } }')).not.toContain("GBP");
  });

  it("is not seen by clients", async () => {
    const { apiSdl, plan } = await plannerOf(shipping);
    expect(apiSdl).not.toContain("weft_required");
    expect(plan({ text: "{ products { weft_required_0_price } }", operationName: undefined }).kind).toBe(
      "invalid",
    );
  });

  it("may be of an interface", async () => {
    const subgraphs = {
      a: `
        type Query { holders: [Holder!]! }
        type Holder @key(fields: "id") { id: ID! thing: Thing }
        interface Thing { size(unit: String!): Int }
        type Box implements Thing { size(unit: String!): Int }
        type Bag implements Thing { size(unit: String!): Int }`,
      b: `
        type Holder @key(fields: "id") { id: ID! thing: Thing @external
          fits: Boolean @requires(fields: "thing { size(unit: \\"cm\\") }") }
        interface Thing { size(unit: String!): Int }
        type Box implements Thing @external { size(unit: String!): Int }
        type Bag implements Thing @external { size(unit: String!): Int }`,
    };
    expect(
      await planned(subgraphs, '{ holders { fits thing { size(unit: "in") } } }'),
    ).toMatchInlineSnapshot(`
      "sequence
        query a {holders{__typename id thing{__typename weft_required_0_size:size(unit:"cm")size(unit:"in")}}}
        query b at holders.@ {...on Holder{fits _k0_id:id}}
          needs on Holder{__typename id thing{weft_required_0_size}}
          sends on Holder/thing/weft_required_0_size → size
          echoes Holder as Holder: id = _k0_id"
    `);
  });

  it("leaves a supergraph without such a field as it is", () => {
    const supergraph = parse(supergraphOf({ a: "type Query { a(b: Int): Int }" }));
    expect(withRequiredFields(supergraph).supergraph).toBe(supergraph);
  });
});

describe("two @requires of one field with different arguments", () => {
  it("are sent in two fetches", async () => {
    expect(await planned(shipping, "{ products { usd eur isDear } }")).toMatchInlineSnapshot(`
      "sequence
        query shop {products{__typename upc category{weft_required_0_price:price(currency:"USD")}weft_required_1_price:price(currency:"EUR")weft_required_0_price:price(currency:"USD")}}
        parallel
          query post at products.@ {...on Product{usd isDear _k0_upc:upc}}
            needs on Product{__typename upc category{weft_required_0_price} weft_required_0_price}
            sends on Product/category/weft_required_0_price → price
            sends on Product/weft_required_0_price → price
            echoes Product as Product: upc = _k0_upc
          query post at products.@ {...on Product{eur _k0_upc:upc}}
            needs on Product{__typename upc category{weft_required_0_price} weft_required_1_price}
            sends on Product/category/weft_required_0_price → price
            sends on Product/weft_required_1_price → price
            echoes Product as Product: upc = _k0_upc"
    `);
  });

  it("are a repair that the planner needs", async () => {
    expect(stock(shipping, "{ products { usd eur } }")).toContain("{usd eur}");
  });

  it("are sent in one where they ask for the same", async () => {
    expect(await planned(shipping, "{ products { a: usd b: usd isDear } }")).toMatchInlineSnapshot(`
      "sequence
        query shop {products{__typename upc category{weft_required_0_price:price(currency:"USD")}weft_required_0_price:price(currency:"USD")}}
        query post at products.@ {...on Product{a:usd b:usd isDear _k0_upc:upc}}
          needs on Product{__typename upc category{weft_required_0_price} weft_required_0_price}
          sends on Product/category/weft_required_0_price → price
          sends on Product/weft_required_0_price → price
          echoes Product as Product: upc = _k0_upc"
    `);
  });
});

describe("a key that is not resolvable", () => {
  const keys = {
    a: `type A @key(fields: "id") { id: ID! name: String! }`,
    b: `
      type Query { a: A }
      type A @key(fields: "code", resolvable: false) @key(fields: "id size") {
        id: ID! size: ID! code: ID! name: String! @external nameInB: String! @requires(fields: "name") }`,
  };

  it("is not what a subgraph is asked by", async () => {
    expect(await planned(keys, "{ a { nameInB } }")).toMatchInlineSnapshot(`
      "sequence
        query b {a{__typename id size}}
        query a at a {...on A{name _k0_id:id}}
          needs on A{__typename id}
          echoes A as A: id = _k0_id
        query b at a {...on A{nameInB _k0_id:id _k0_size:size}}
          needs on A{__typename name id size}
          echoes A as A: id = _k0_id, size = _k0_size"
    `);
  });

  it("is a repair that the planner needs", async () => {
    expect(stock(keys, "{ a { nameInB } }")).toContain('"name":"code"');
  });

  it("leaves a supergraph without one as it is", () => {
    const supergraph = parse(
      supergraphOf({ a: `type Query { a: A } type A @key(fields: "id") { id: ID! }` }),
    );
    expect(resolvableKeysFirst(supergraph)).toBe(supergraph);
  });
});

describe("a plan that leaves root fields out", () => {
  // Nothing implements Node in the subgraph that resolves `a`.
  const nodes = {
    a: `type Query { a: Node } interface Node @key(fields: "id") { id: ID! }`,
    b: `type Query { b: Node } type Node @key(fields: "id", resolvable: false) @interfaceObject { id: ID! field: String }`,
  };

  it("is refused", async () => {
    const { plan } = await plannerOf(nodes);
    const ask = (text: string) => plan({ text, operationName: undefined });
    expect(ask("{ b { field } }").kind).toBe("planned");
    expect(() => ask("{ a { field } }")).toThrow(
      "No subgraph can be asked for what the operation selects of a.",
    );
    expect(() => ask("{ b { field } ...F } fragment F on Query { x: a { field } }")).toThrow("selects of x.");
  });

  it("is a repair that the planner needs", async () => {
    expect(stock(nodes, "{ a { field } }")).toBeUndefined();
  });

  it("may leave out what is never included", async () => {
    const { plan } = await plannerOf(nodes);
    const text = "{ __typename a @skip(if: true) { field } ... @include(if: false) { a { field } } }";
    expect(plan({ text, operationName: undefined })).toEqual({
      kind: "planned",
      tree: undefined,
      aliases: {},
      use: {
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        coordinates: ["Node.field", "Query.a"],
        deprecated: [],
      },
    });
  });
});

const sums = {
  a: `type Query { a: A } type Mutation { add: A } type A @key(fields: "id") { id: ID! x: Int }`,
  b: `type A @key(fields: "id") { id: ID! x: Int @external name: String sum: Int @requires(fields: "x") }
    type Mutation { remove: Int }`,
};

describe("a computed field that another one requires", () => {
  const rest = {
    b: `type E @key(fields: "code") @key(fields: "id") { code: ID! id: ID! x: Int @external sum: Int @requires(fields: "x") }`,
    c: `type Query { c: Int } type E @key(fields: "id") { id: ID! sum: Int @external twice: Int @requires(fields: "sum") }`,
  };
  const overTwoKeys = { a: `type Query { e: E } type E @key(fields: "code") { code: ID! x: Int }`, ...rest };
  const fromItsOwner = {
    a: `type E @key(fields: "id") { id: ID! x: Int @shareable }`,
    b: `type Query { e: E provided: E @provides(fields: "x") }
      type E @key(fields: "id") { id: ID! y: Int @shareable x: Int @external sum: Int @requires(fields: "x") }`,
    c: `type E @key(fields: "id") { id: ID! y: Int @external sum: Int @external
      twice: Int @requires(fields: "y sum") }`,
  };

  it("is computed from what it requires itself, over two keys", async () => {
    expect(await planned(overTwoKeys, "{ e { twice } }")).toMatchInlineSnapshot(`
      "sequence
        query a {e{__typename code}}
        parallel
          query b at e {...on E{__typename id code}}
            needs on E{__typename code}
            echoes E as E: code = code
          query a at e {...on E{x _k0_code:code}}
            needs on E{__typename code}
            echoes E as E: code = _k0_code
        query b at e {...on E{sum _k0_code:code}}
          needs on E{__typename x code}
          echoes E as E: code = _k0_code
        query c at e {...on E{twice _k0_id:id}}
          needs on E{__typename sum id}
          echoes E as E: id = _k0_id"
    `);
  });

  it("is so in the subgraph that is asked first", async () => {
    const tree = await planned(fromItsOwner, "{ e { twice } }");
    expect(tree).toMatchInlineSnapshot(`
      "sequence
        query b {e{__typename id y}}
        query a at e {...on E{x _k0_id:id}}
          needs on E{__typename id}
          echoes E as E: id = _k0_id
        query b at e {...on E{sum _k0_id:id}}
          needs on E{__typename x id}
          echoes E as E: id = _k0_id
        query c at e {...on E{twice _k0_id:id}}
          needs on E{__typename y sum id}
          echoes E as E: id = _k0_id"
    `);
    expect(await planned(fromItsOwner, "{ provided { twice } }")).toBe(
      tree.replace("{e{", "{provided{").replaceAll("at e", "at provided"),
    );
  });

  const chain = {
    a: `type Query { e: E } type E @key(fields: "id") { id: ID! c1: Int @requires(fields: "x") x: Int @external
      c2: Int @external c3: Int @requires(fields: "c2") }`,
    b: `type E @key(fields: "id") { id: ID! x: Int c1: Int @external c2: Int @requires(fields: "c1")
      c3: Int @external c4: Int @requires(fields: "c3") }`,
  };

  it("is so at the end of a chain of them, none asked of who only mentions it", async () => {
    expect(await planned(chain, "{ e { c4 c1 } }")).toMatchInlineSnapshot(`
      "sequence
        query a {e{__typename id}}
        query b at e {...on E{x _k0_id:id}}
          needs on E{__typename id}
          echoes E as E: id = _k0_id
        query a at e {...on E{c1 _k0_id:id}}
          needs on E{__typename x id}
          echoes E as E: id = _k0_id
        query b at e {...on E{c2 _k0_id:id}}
          needs on E{__typename c1 id}
          echoes E as E: id = _k0_id
        query a at e {...on E{c3 _k0_id:id}}
          needs on E{__typename c2 id}
          echoes E as E: id = _k0_id
        query b at e {...on E{c4 _k0_id:id}}
          needs on E{__typename c3 id}
          echoes E as E: id = _k0_id"
    `);
  });

  it.each([
    [overTwoKeys, "twice", "sum", "it asks b for E.sum without x"],
    [fromItsOwner, "twice", "sum", "it asks b for E.sum without x"],
    [chain, "c3", "c1", "it asks a for E.c1 without x"],
  ])("is a repair that the planner needs, and a plan that forgets it is refused", (subgraphs, nested, plain, problem) => {
    const facts = readSupergraph(parse(supergraphOf(subgraphs)));
    const conversion = { facts, possible: possibleTypes(facts), required: new Map() };
    const convert = (field: string) => toFetchTree(conversion, stockPlan(subgraphs, `{ e { ${field} } }`));
    expect(() => convert(nested)).toThrow(
      expect.objectContaining({ code: "PLANNING_FAILED", message: expect.stringContaining(problem) }),
    );
    expect(convert(plain).kind).toBe("sequence");
  });

  it("is asked for at once where one key leads everywhere", async () => {
    const subgraphs = { a: `type Query { e: E } type E @key(fields: "id") { id: ID! x: Int }`, ...rest };
    const tree = await planned(subgraphs, "{ e { twice } }");
    expect(tree).toContain("query b at e {...on E{sum");
  });
});

describe("a member of a union that the subgraph further on does not know", () => {
  const partial = {
    a: `type Query { e: E both: E @shareable } type E @key(fields: "id") { id: ID! list: [Any] @shareable }
      union Any = Both | OnlyA type Both @shareable { z: Int } type OnlyA { x: Int }`,
    b: `type Query { both: E @shareable } type E @key(fields: "id") { id: ID! list: [Any] @shareable }
      union Any = Both | OnlyB type Both @shareable { z: Int } type OnlyB { y: Int }`,
  };
  const list = (root: string) =>
    `{ ${root} { list { ...on Both { z } ...on OnlyA { x } ...on OnlyB { y } } } }`;

  it("is asked of the one that knows it", async () => {
    expect(await planned(partial, list("e"))).toMatchInlineSnapshot(
      `"query a {e{list{__typename ...on Both{z}...on OnlyA{x}}}}"`,
    );
  });

  it("is not asked of either where both are as near", async () => {
    expect(await planned(partial, list("both"))).toMatchInlineSnapshot(
      `"query a {both{list{__typename ...on Both{z}}}}"`,
    );
  });

  it("is a repair that the planner needs", () => {
    expect(stock(partial, list("e"))).not.toContain("OnlyA");
  });
});

describe("fragments at the root of a mutation", () => {
  const text =
    "mutation { add { x } ... on Mutation { add { x } } remove ...F } fragment F on Mutation { last: add { x } }";

  it("leave its fields in their order", async () => {
    expect(await planned(sums, text)).toMatchInlineSnapshot(`
      "sequence
        mutation a {add{x}}
        mutation b {remove}
        mutation a {last:add{x}}"
    `);
  });

  it("leave it so under conditions", async () => {
    const conditional =
      "mutation ($b: Boolean!) { ... @include(if: $b) { add { x } } remove ... @include(if: $b) { last: add { x } } }";
    expect(await planned(sums, conditional)).toMatchInlineSnapshot(`
      "if $b
        sequence
          mutation a {add{x}}
          mutation b {remove}
          mutation a {last:add{x}}
      unless $b
        mutation b {remove}"
    `);
  });

  it("are a repair that the planner needs", () => {
    const fetches = JSON.parse(
      stock(sums, text.replace("...F }", "... on Mutation { last: add { x } } }").replace(/fragment.*/, "")),
    );
    expect(fetches.nodes.map(({ operation }: { operation: string }) => operation)).toEqual([
      "mutation{add{x}last:add{x}}",
      "mutation{remove}",
    ]);
  });

  it.each([
    ["{ a ...F } fragment F on Query { b }"],
    ["mutation { a { ... on A { b } } c }"],
  ])("are not written out in %s", (text) => {
    const document = parse(text);
    expect(writeOutRootFragments(document)).toBe(document);
  });

  it("keep their directives", () => {
    const written = print(writeOutRootFragments(parse("mutation { ... { a ... @mine { b } } c }")));
    expect(written.replaceAll(/\s+/g, " ")).toBe("mutation { a ... @mine { b } c }");
  });
});

describe("a client's alias that is called like a field of a key or of a @requires", () => {
  const shop = {
    products: `
      type Query { products: [Product!]! }
      type Product @key(fields: "upc") { upc: ID! name: String weight: Int }`,
    reviews: `
      type Product @key(fields: "upc") { upc: ID! stars: Int weight: Int @external
        shipping: Int @requires(fields: "weight") }`,
  };
  const ask = async (text: string) => {
    const { plan } = await plannerOf(shop);
    const planned = plan({ text, operationName: undefined });
    if (planned.kind !== "planned") throw new Error(text);
    expect(refusals(shop, planned.tree)).toEqual([]);
    return { aliases: planned.aliases, tree: printTree(planned.tree) };
  };

  it("is fetched under another name", async () => {
    expect(
      await ask("{ products { upc: name stars weight: stars shipping __typename: name } }"),
    ).toMatchInlineSnapshot(`
      {
        "aliases": {
          "__typename:name()": "weft_as___typename",
          "upc:name()": "weft_as_upc",
          "weight:stars()": "weft_as_weight",
        },
        "tree": "sequence
        query products {products{__typename upc weft_as_upc:name weft_as___typename:name weight}}
        query reviews at products.@ {...on Product{stars weft_as_weight:stars shipping _k0_upc:upc}}
          needs on Product{__typename upc weight}
          echoes Product as Product: upc = _k0_upc",
      }
    `);
  });

  it("is renamed in fragments and conditions, too", async () => {
    const { aliases, tree } = await ask(
      "query ($c: Boolean!) { products { ...F stars } } fragment F on Product { upc: name @skip(if: $c) }",
    );
    expect(aliases).toEqual({ "upc:name()": "weft_as_upc" });
    expect(tree).toContain("weft_as_upc:name@skip(if:$c)");
  });

  it("is told from a field of that name elsewhere, and from another under that name", async () => {
    const { aliases, tree } = await ask(
      "{ products { upc: name stars } more: products { upc weight } most: products { upc: weight } }",
    );
    expect(aliases).toEqual({ "upc:name()": "weft_as_upc", "upc:weight()": "weft_as2_upc" });
    expect(tree).toContain("weft_as_upc:name}more:products{upc weight}most:products{weft_as2_upc:weight}}");
  });

  it("stays where it is the field's own name, or no such field's", async () => {
    const { aliases, tree } = await ask("{ products { upc: upc name: weight stars } }");
    expect(aliases).toEqual({});
    expect(tree).toContain("{products{__typename upc name:weight}}");
  });

  it("is a repair that the planner needs", async () => {
    expect(stock(shop, "{ products { upc: name stars } }")).not.toContain("name}");
  });
});

describe("different fields under one response name", () => {
  const vendor = 'type Vendor @key(fields: "id") { id: ID!';
  const shop = {
    things: `
      type Query { all: [Thing!]! } union Thing = Book | Film
      type Book { vendor: Vendor! } type Film { vendor: Vendor! } ${vendor} }`,
    prices: `${vendor} price(in: String, per: Int): String name: String }`,
  };
  const both = (book: string, film: string) =>
    `{ all { ...on Book { vendor { ${book} } } ...on Film { vendor { ${film} } } } }`;
  const ask = async (text: string) => {
    const { plan } = await plannerOf(shop);
    const planned = plan({ text, operationName: undefined });
    if (planned.kind !== "planned") throw new Error(JSON.stringify(planned));
    expect(refusals(shop, planned.tree)).toEqual([]);
    return { aliases: planned.aliases, tree: printTree(planned.tree) };
  };

  it("are fetched under names of their own, below types of a union", async () => {
    expect(await ask(both('price(in: "EUR")', 'price(in: "USD")'))).toMatchInlineSnapshot(`
      {
        "aliases": {
          "price:price(in: "USD")": "weft_as1_price",
        },
        "tree": "sequence
        query things {all{__typename ...on Book{vendor{__typename id}}...on Film{vendor{__typename id}}}}
        query prices at all.@.vendor {...on Vendor{price(in:"EUR")weft_as1_price:price(in:"USD")_k0_id:id}}
          needs on Vendor{__typename id}
          echoes Vendor as Vendor: id = _k0_id",
      }
    `);
  });

  it("are so in named fragments", async () => {
    const text = `{ all { ...on Book { vendor { ...E } } ...on Film { vendor { ...U } } } }
      fragment E on Vendor { p: price(in: "EUR") } fragment U on Vendor { p: name }`;
    expect((await ask(text)).aliases).toEqual({ "p:name()": "weft_as1_p" });
  });

  it.each([
    ["are one where they ask for the same", both('price(in: "EUR")', 'price(in: "EUR")')],
    [
      "are one whatever the order of their arguments",
      both("price(in: null, per: 1)", "price(per: 1, in: null)"),
    ],
    ["are one under other conditions", both("price", "price @skip(if: false)")],
    ["keep their names where those differ", both('price(in: "EUR")', 'usd: price(in: "USD")')],
  ])("%s", async (_, text) => {
    expect((await ask(text)).aliases).toEqual({});
  });

  it("keep their names where no type condition stands", async () => {
    const { plan } = await plannerOf({ one: "type Query { a: A b: A } type A { x(n: Int): Int }" });
    expect(plan({ text: "{ a { x(n: 1) } b { x(n: 2) } }", operationName: undefined })).toMatchObject({
      aliases: {},
      tree: { selection: "{a{x(n:1)}b{x(n:2)}}" },
    });
  });

  it("are a repair that the planner needs", async () => {
    const planned = JSON.stringify(stock(shop, both('price(in: "EUR")', 'price(in: "USD")')));
    expect(planned).toContain("EUR");
    expect(planned).not.toContain("USD");
  });
});

describe("a condition that is a constant", () => {
  const settled = (text: string) => print(settleConditions(parse(text))).replaceAll(/\s+/g, " ");

  it("does not ask for what is left in by what is left out", async () => {
    const withoutSum = await planned(sums, "{ a { name } }");
    expect(await planned(sums, "{ a { name sum @skip(if: true) } }")).toBe(withoutSum);
    expect(await planned(sums, "{ a { name ...F @include(if: false) } } fragment F on A { sum }")).toBe(
      withoutSum,
    );
    expect(await planned(sums, "{ a { name @skip(if: false) ... @include(if: true) { name } } }")).toBe(
      withoutSum,
    );
  });

  it("is a repair that the planner needs", async () => {
    const needs = '{"kind":"Field","name":"x"}';
    expect(stock(sums, "{ a { name sum } }")).toContain(needs);
    expect(stock(sums, "{ a { name sum @skip(if: true) } }")).toContain(needs);
    expect(stock(sums, "{ a { name } }")).not.toContain(needs);
  });

  it.each([
    ["is taken away with what it leaves out", "{ a b @skip(if: true) c @include(if: false) }", "{ a }"],
    [
      "is taken away from what it leaves in",
      "{ a @skip(if: false) ... @include(if: true) { b } }",
      "{ a ... { b } }",
    ],
    [
      "counts where another of the selection is a variable",
      "{ a @skip(if: $b) @include(if: false) c @skip(if: $b) @include(if: true) }",
      "{ c @skip(if: $b) }",
    ],
    ["leaves an object without fields", "{ a { b @skip(if: true) } }", "{ a { __typename } }"],
    ["leaves an operation without fields", "mutation M { a @skip(if: true) }", "mutation M { __typename }"],
    ["leaves no fragment without fields", "{ a ... on B { ... { c @skip(if: true) } } }", "{ a }"],
    [
      "leaves no spread of a fragment without fields",
      "{ a { ...F } b { ...H c } } fragment F on A { ...G } fragment G on A { d @skip(if: true) } fragment H on B { e { ...F } }",
      "{ a { __typename } b { ...H c } } fragment H on B { e { __typename } }",
    ],
  ])("%s", (_, text, expected) => {
    expect(settled(text)).toBe(expected);
  });

  it("leaves a document without one as it is", () => {
    const document = parse(
      "query ($b: Boolean!) { a @skip(if: $b) @other(if: true) { ...F } } fragment F on A { b }",
    );
    expect(settleConditions(document)).toBe(document);
  });
});

describe("a variable that decides", () => {
  it("about a computed field has a plan for either value", async () => {
    expect(
      await planned(sums, "query ($b: Boolean!) { a { name sum @skip(if: $b) } }"),
    ).toMatchInlineSnapshot(`
      "if $b
        sequence
          query a {a{__typename id}}
          query b at a {...on A{name _k0_id:id}}
            needs on A{__typename id}
            echoes A as A: id = _k0_id
      unless $b
        sequence
          query a {a{__typename id x}}
          query b at a {...on A{name sum _k0_id:id}}
            needs on A{__typename id x}
            echoes A as A: id = _k0_id"
    `);
  });

  it("about a root field of a mutation that stands there twice has a plan for either value", async () => {
    expect(
      await planned(sums, "mutation ($b: Boolean!) { add { x } remove add @include(if: $b) { name } }"),
    ).toMatchInlineSnapshot(`
      "if $b
        sequence
          mutation a {add{__typename id x}}
          query b at add {...on A{name _k0_id:id}}
            needs on A{__typename id}
            echoes A as A: id = _k0_id
          mutation b {remove}
      unless $b
        sequence
          mutation a {add{x}}
          mutation b {remove}"
    `);
  });

  it("is a repair that the planner needs", async () => {
    const left = stock(sums, "query ($b: Boolean!) { a { name sum @skip(if: $b) } }");
    expect(left).toContain("name sum@skip(if:$b)");
    const twice = stock(sums, "mutation ($b: Boolean!) { add { x } remove add @include(if: $b) { x } }");
    expect(twice.match(/\{add/g)).toHaveLength(2);
  });

  it.each([
    ["a plain field", "query ($b: Boolean!) { a { name @skip(if: $b) sum } }"],
    [
      "a mutation's root field that stands there once",
      "mutation ($b: Boolean!) { add @skip(if: $b) { x } remove }",
    ],
    ["a field below a mutation's", "mutation ($b: Boolean!) { add { x x @skip(if: $b) } add { x } }"],
  ])("about %s does not", async (_, text) => {
    const { definitions } = parse(text);
    expect(
      decidingVariables(parse(text), definitions[0] as OperationDefinitionNode, new Set(["sum"])),
    ).toEqual([]);
  });

  it.each([
    ["{ a { sum @skip(if: $b) } }", ["b"]],
    ["{ a @include(if: $c) { ... @skip(if: $b) { sum @skip(if: true) } } }", ["b", "c"]],
    [
      "{ a { ...F @skip(if: $b) } } fragment F on A { ...G @include(if: $c) } fragment G on A { x: sum }",
      ["b", "c"],
    ],
    ["mutation { a @skip(if: $b) a }", ["b"]],
    ["mutation { a ...F @skip(if: $b) } fragment F on M { ... @skip(if: $c) { a } }", ["b", "c"]],
    ["mutation { ...F @skip(if: $b) ...F } fragment F on M { a @skip(if: $c) }", ["b", "c"]],
    ["mutation { a: b a: b c @skip(if: $b) }", ["b"]],
    ["mutation { ... @skip(if: $b) { a } c @include(if: $c) }", ["b", "c"]],
  ])("is found in %s", (text, names) => {
    const document = parse(text);
    const [operation] = document.definitions;
    expect(decidingVariables(document, operation as OperationDefinitionNode, new Set(["sum"]))).toEqual(
      names,
    );
  });

  it("is one of at most five", async () => {
    const { plan } = await plannerOf(sums);
    const ask = (count: number) => {
      const names = Array.from({ length: count }, (_, i) => `$v${i}`);
      const fields = names.map((name, i) => `f${i}: sum @skip(if: ${name})`);
      const text = `query (${names.map((name) => `${name}: Boolean!`)}) { a { ${fields.join(" ")} } }`;
      return plan({ text, operationName: undefined });
    };
    expect(ask(5).kind).toBe("planned");
    expect(() => ask(6)).toThrow(
      expect.objectContaining({ code: "PLAN_TOO_LARGE", message: expect.stringContaining("$v0, $v1, $v2") }),
    );
  });
});
