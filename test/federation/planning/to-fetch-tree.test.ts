// Plans as fetch trees: places, conditions, representations, rewrites, echoes, arguments from above.
import { describe, expect, it } from "vitest";
import type { OperationPlanner } from "../../../gateway/federation/planning/operation-planner.ts";
import { plannerOf, treeOf } from "./planned.ts";
import { printTree } from "./print-tree.ts";

const shop = await plannerOf({
  products: `
    type Query { products(first: Int): [Product!]! product(upc: ID!): Product }
    type Mutation { rename(upc: ID!, name: String!): Product }
    type Product @key(fields: "upc") @key(fields: "sku { house number }") { upc: ID! sku: Sku! name: String }
    type Sku @shareable { house: String! number: Int! }`,
  reviews: `
    type Product @key(fields: "upc") { upc: ID! reviews(first: Int): [Review!]! }
    type Review @key(fields: "id") { id: ID! body: String author: User }
    type User @key(fields: "id") { id: ID! }`,
  users: `type User @key(fields: "id") { id: ID! name: String }`,
  stock: `
    type Product @key(fields: "sku { house number }") { sku: Sku! stock: Int weight: Int @external
      shipping: Int @requires(fields: "weight") }
    type Sku @shareable { house: String! number: Int! }`,
  scales: `type Product @key(fields: "upc") { upc: ID! weight: Int }`,
});

const media = await plannerOf({
  catalog: `
    type Query { media: [Media!]! either: [Either!]! }
    interface Media @key(fields: "id") { id: ID! title: String }
    type Book implements Media @key(fields: "id") { id: ID! title: String pages: Int }
    type Film implements Media @key(fields: "id") { id: ID! title: String minutes: Int }
    union Either = Book | Film`,
  ratings: `
    type Query { top: [Media!]! }
    type Media @key(fields: "id") @interfaceObject { id: ID! rating: Float raters: Int }`,
  shops: `
    type Book @key(fields: "id") { id: ID! price: Int }
    type Film @key(fields: "id") { id: ID! name: Int }`,
});

const planned = (planner: OperationPlanner, text: string) => printTree(treeOf(planner, text));

describe("a fetch tree", () => {
  it("is nothing where nothing has to be fetched", () => {
    expect(planned(shop, "{ __typename __schema { queryType { name } } }")).toBe("nothing");
  });

  it("has a fetch of root fields with the definitions of its variables", () => {
    expect(
      planned(shop, "query ($n: Int = 5, $u: ID!) { products(first: $n) { name } product(upc: $u) { upc } }"),
    ).toMatchInlineSnapshot(
      `"query products ($n:Int=5,$u:ID!) {products(first:$n){name}product(upc:$u){upc}}"`,
    );
  });

  it("has fetches of entities that repeat their keys", () => {
    expect(planned(shop, "{ products { name reviews { body author { name } } } }")).toMatchInlineSnapshot(`
      "sequence
        query products {products{__typename upc name}}
        query reviews at products.@ {...on Product{reviews{body author{__typename id}}_k0_upc:upc}}
          needs on Product{__typename upc}
          echoes Product as Product: upc = _k0_upc
        query users at products.@.reviews.@.author {...on User{name _k0_id:id}}
          needs on User{__typename id}
          echoes User as User: id = _k0_id"
    `);
  });

  it("repeats a key with fields inside it, and what is required with it", () => {
    expect(planned(shop, "{ products { stock shipping } }")).toMatchInlineSnapshot(`
      "sequence
        query products {products{__typename sku{house number}upc}}
        parallel
          query stock at products.@ {...on Product{stock _k0_sku:sku{house number}}}
            needs on Product{__typename sku{house number}}
            echoes Product as Product: sku.house = _k0_sku.house, sku.number = _k0_sku.number
          sequence
            query scales at products.@ {...on Product{weight _k0_upc:upc}}
              needs on Product{__typename upc}
              echoes Product as Product: upc = _k0_upc
            query stock at products.@ {...on Product{shipping _k0_sku:sku{house number}}}
              needs on Product{__typename weight sku{house number}}
              echoes Product as Product: sku.house = _k0_sku.house, sku.number = _k0_sku.number"
    `);
  });

  it("has the conditions of variables, in fetches and around them", () => {
    expect(
      planned(
        shop,
        "query ($a: Boolean!, $b: Boolean!) { products { upc @skip(if: $b) reviews @include(if: $a) { id } } }",
      ),
    ).toMatchInlineSnapshot(`
      "sequence
        query products ($b:Boolean!) {products{__typename upc upc@skip(if:$b)}}
        if $a
          query reviews at products.@ {...on Product{reviews{id}_k0_upc:upc}}
            needs on Product{__typename upc}
            echoes Product as Product: upc = _k0_upc"
    `);
  });

  it("has mutations", () => {
    expect(
      planned(shop, 'mutation { rename(upc: 1, name: "x") { name reviews { id } } }'),
    ).toMatchInlineSnapshot(`
      "sequence
        mutation products {rename(upc:1 name:"x"){__typename upc name}}
        query reviews at rename {...on Product{reviews{id}_k0_upc:upc}}
          needs on Product{__typename upc}
          echoes Product as Product: upc = _k0_upc"
    `);
  });

  it("names no fragment", () => {
    expect(
      planned(
        shop,
        "{ a: products { ...F } b: products { ...F } } fragment F on Product { name upc sku { house number } }",
      ),
    ).toMatchInlineSnapshot(
      `"query products {a:products{name upc sku{house number}}b:products{name upc sku{house number}}}"`,
    );
  });
});

describe("type conditions", () => {
  it("hold for the type, what implements it, and interfaces that some subgraph takes for types", () => {
    expect(planned(media, "{ media { title rating } }")).toMatchInlineSnapshot(`
      "sequence
        query catalog {media{__typename id title}}
        query ratings at media.@ {...on Media{rating _k0_id:id}}
          needs on Media,Book,Film{__typename id}
          sends on Media,Book,Film/__typename := "Media"
          echoes Media as Media: id = _k0_id"
    `);
  });

  it("ask an entity of an interface, which is answered as what implements it", () => {
    expect(planned(media, "{ top { rating title ... on Book { pages } } }")).toMatchInlineSnapshot(`
      "sequence
        query ratings {top{__typename id rating}}
        query catalog at top.@ {__typename ...on Media{__typename title ...on Book{pages}_k0_id:id}}
          needs on Media,Book,Film{__typename id}
          sends on Media,Book,Film/__typename := "Media"
          echoes Media as Book,Film: id = _k0_id"
    `);
  });

  it("ask an interface object by the interface's name", () => {
    expect(planned(media, "{ media { ... on Book { rating pages } } }")).toMatchInlineSnapshot(`
      "sequence
        query catalog {media{__typename ...on Book{__typename id pages}}}
        query ratings at media.@ {__typename ...on Media{rating _k0_id:id}}
          needs on Book{__typename id}
          sends on Book/__typename := "Media"
          echoes Media as Media: id = _k0_id"
    `);
  });

  it("rename what two types say under one name, and name each type's key apart", () => {
    expect(
      planned(media, "{ media { ... on Book { price } ... on Film { price: name } } }"),
    ).toMatchInlineSnapshot(`
      "sequence
        query catalog {media{__typename ...on Book{__typename id}...on Film{__typename id}}}
        query shops at media.@ {__typename ...on Book{price _k0_id:id}...on Film{weft_as1_price:name _k1_id:id}}
          needs on Book{__typename id} on Film{__typename id}
          echoes Book as Book: id = _k0_id
          echoes Film as Film: id = _k1_id"
    `);
  });

  it("hold for the members of a union", () => {
    expect(
      planned(media, "{ either { ... on Book { price } ... on Film { minutes } } }"),
    ).toMatchInlineSnapshot(`
      "sequence
        query catalog {either{__typename ...on Book{__typename id}...on Film{minutes}}}
        query shops at either.@ {...on Book{price _k0_id:id}}
          needs on Book{__typename id}
          echoes Book as Book: id = _k0_id"
    `);
  });
});

describe("arguments from objects above", () => {
  it("go up one object for every field, whatever lists are between", async () => {
    const planner = await plannerOf({
      a: `
        type Query { shops: [Shop!]! }
        type Shop @key(fields: "id") @context(name: "shop") { id: ID! currency: String! shelves: [Shelf!]! }
        type Shelf @key(fields: "id") { id: ID! items: [Item!]! }
        type Item @key(fields: "id") { id: ID! price(in: String @fromContext(field: "$shop { currency }")): Int name: String }`,
      b: `type Item @key(fields: "id") { id: ID! stock: Int }`,
    });
    expect(planned(planner, "{ shops { shelves { items { price stock } } } }")).toMatchInlineSnapshot(`
      "sequence
        query a {shops{__typename currency shelves{items{__typename id}}}}
        parallel
          query b at shops.@.shelves.@.items.@ {...on Item{stock _k0_id:id}}
            needs on Item{__typename id}
            echoes Item as Item: id = _k0_id
          query a at shops.@.shelves.@.items.@ ($contextualArgument_1_0:String) {...on Item{price(in:$contextualArgument_1_0)_k0_id:id}}
            needs on Item{__typename id}
            echoes Item as Item: id = _k0_id
            takes $contextualArgument_1_0 from 2 up on Shop/currency"
    `);
  });
});

describe("an echo", () => {
  it("is left out where the subgraph only mentions a field of the key", async () => {
    const planner = await plannerOf({
      a: `type Query { users: [User!]! } type User @key(fields: "id") { id: ID! name: String }`,
      b: `type User @key(fields: "id") { id: ID! @external age: Int }`,
    });
    expect(planned(planner, "{ users { name age } }")).toMatchInlineSnapshot(`
      "sequence
        query a {users{__typename id name}}
        query b at users.@ {__typename ...on User{age}}
          needs on User{__typename id}"
    `);
  });

  it("is named apart from a client's alias", () => {
    expect(planned(shop, "{ products { reviews { author { _k0_id: name } } } }")).toContain("_k1_id:id");
  });
});
