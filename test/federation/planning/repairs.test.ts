// Repairs of the planner: the counterexample of each, and that nothing else is touched.
import { type OperationDefinitionNode, parse, print } from "graphql";
import { describe, expect, it } from "vitest";
import { decidingVariables } from "../../../gateway/federation/planning/deciding-variables.ts";
import { PlanningGateway } from "../../../gateway/federation/planning/planning-gateway.ts";
import { withRequiredFields } from "../../../gateway/federation/planning/required-arguments.ts";
import { resolvableKeysFirst } from "../../../gateway/federation/planning/resolvable-keys-first.ts";
import { settleConditions } from "../../../gateway/federation/planning/settled-conditions.ts";
import { plannerOf, refusals, supergraphOf, treeOf } from "./planned.ts";
import { printTree } from "./print-tree.ts";

const planned = async (subgraphs: Readonly<Record<string, string>>, text: string) => {
  const tree = treeOf(await plannerOf(subgraphs), text);
  expect(refusals(subgraphs, tree)).toEqual([]);
  return printTree(tree);
};

/** The fetches of Apollo's planner as it is: a repair that it no longer needs is to be taken out. */
const stock = async (subgraphs: Readonly<Record<string, string>>, text: string) => {
  const gateway = new PlanningGateway(supergraphOf(subgraphs), { validateSupergraph: true });
  await gateway.announce();
  const { node } = gateway.plan(parse(text), { operationName: undefined, overrideConditions: new Map() });
  return JSON.stringify(node);
};

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
    expect(await stock(shipping, '{ products { usd price(currency: "GBP") } }')).not.toContain("GBP");
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
    expect(await stock(shipping, "{ products { usd eur } }")).toContain("{usd eur}");
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
    expect(await stock(keys, "{ a { nameInB } }")).toContain('"name":"code"');
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
    expect(await stock(nodes, "{ a { field } }")).toBeUndefined();
  });

  it("may leave out what is never included", async () => {
    const { plan } = await plannerOf(nodes);
    const text = "{ __typename a @skip(if: true) { field } ... @include(if: false) { a { field } } }";
    expect(plan({ text, operationName: undefined })).toEqual({
      kind: "planned",
      tree: undefined,
      aliases: {},
    });
  });
});

describe("a computed field that is planned without what it requires", () => {
  const rest = {
    b: `type E @key(fields: "code") @key(fields: "id") { code: ID! id: ID! x: Int @external sum: Int @requires(fields: "x") }`,
    c: `type Query { c: Int } type E @key(fields: "id") { id: ID! sum: Int @external twice: Int @requires(fields: "sum") }`,
  };
  const overTwoKeys = { a: `type Query { e: E } type E @key(fields: "code") { code: ID! x: Int }`, ...rest };

  it("is refused", async () => {
    const { plan } = await plannerOf(overTwoKeys);
    expect(() => plan({ text: "{ e { twice } }", operationName: undefined })).toThrow(
      expect.objectContaining({
        code: "PLANNING_FAILED",
        message: expect.stringContaining("it asks b for E.sum without x"),
      }),
    );
    expect(plan({ text: "{ e { sum } }", operationName: undefined }).kind).toBe("planned");
  });

  it("is refused in the first fetch, too, and answered where it is provided there", async () => {
    const subgraphs = {
      a: `type E @key(fields: "id") { id: ID! x: Int @shareable }`,
      b: `type Query { e: E provided: E @provides(fields: "x") }
        type E @key(fields: "id") { id: ID! y: Int @shareable x: Int @external sum: Int @requires(fields: "x") }`,
      c: `type E @key(fields: "id") { id: ID! y: Int @external sum: Int @external
        twice: Int @requires(fields: "y sum") }`,
    };
    const { plan } = await plannerOf(subgraphs);
    const kind = (text: string) => plan({ text, operationName: undefined }).kind;
    expect(() => kind("{ e { twice } }")).toThrow("it asks b for E.sum without x");
    expect(kind("{ e { sum } }")).toBe("planned");
    expect(kind("{ provided { sum } }")).toBe("planned");
    expect(kind("{ provided { twice } }")).toBe("planned");
  });

  it("is a check that the planner needs", async () => {
    expect(await stock(overTwoKeys, "{ e { twice } }")).toContain(
      '"selections":[{"kind":"Field","name":"__typename"},{"kind":"Field","name":"code"}]}],"variableUsages":[],"operation":"query($representations:[_Any!]!){_entities(representations:$representations){...on E{__typename id code sum}}}"',
    );
  });

  it("is none where one key leads everywhere", async () => {
    const subgraphs = { a: `type Query { e: E } type E @key(fields: "id") { id: ID! x: Int }`, ...rest };
    expect(await planned(subgraphs, "{ e { twice } }")).toContain("query b at e {...on E{sum");
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
    expect(await stock(shop, "{ products { upc: name stars } }")).not.toContain("name}");
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
    const planned = JSON.stringify(await stock(shop, both('price(in: "EUR")', 'price(in: "USD")')));
    expect(planned).toContain("EUR");
    expect(planned).not.toContain("USD");
  });
});

const sums = {
  a: `type Query { a: A } type Mutation { add: A } type A @key(fields: "id") { id: ID! x: Int }`,
  b: `type A @key(fields: "id") { id: ID! x: Int @external name: String sum: Int @requires(fields: "x") }
    type Mutation { remove: Int }`,
};

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
    expect(await stock(sums, "{ a { name sum } }")).toContain(needs);
    expect(await stock(sums, "{ a { name sum @skip(if: true) } }")).toContain(needs);
    expect(await stock(sums, "{ a { name } }")).not.toContain(needs);
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
    const left = await stock(sums, "query ($b: Boolean!) { a { name sum @skip(if: $b) } }");
    expect(left).toContain("name sum@skip(if:$b)");
    const twice = await stock(
      sums,
      "mutation ($b: Boolean!) { add { x } remove add @include(if: $b) { x } }",
    );
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
