// The shapes of a mesh: which columns a question can name, and where relationships lead.
import { describe, expect, it } from "vitest";
import {
  collectionOf,
  keyColumnsOf,
  keyFieldsOf,
  meshShape,
  meshShapes,
} from "../../../schema/product/mesh-shape.ts";
import type { Shape } from "../../../schema/product/shape.ts";
import { meshed, meshOf, product } from "../compose/mesh-sdl.ts";

/** Shops and wares of two domains; a ware's maker has no collection, and others know more of shops. */
const { mesh } = meshOf({
  wares: meshed(`
    type Query {
      wares: [Ware!]! @collection(entity: "Ware")
      shopWindows: [Shop!]! @collection(entity: "Shop")
      old: [Ware!]! @collection(entity: "Ware", dialect: "hasura")
    }
    enum wares_column { id shopTown shopNumber makerCode }
    type Ware @key(fields: "id") ${product("wares")} {
      id: Int! price: Float shape: Round tags: [String!]
      shop: Shop @reference(key: ["shopTown", "shopNumber"])
      maker: Maker @reference(key: ["makerCode"])
    }
    enum Round { ROUND }
    type Maker @key(fields: "code") { code: ID! }
    type Shop @key(fields: "town number") {
      town: String! number: Int! window: String wares: [Ware!]! @reference(inverseOf: "shop")
    }`),
  shops: meshed(`
    type Query { shops: [Shop!]! @collection(entity: "Shop") }
    type Shop @key(fields: "id") @key(fields: "town number") ${product("shops")} {
      id: ID! town: String! number: Int! opened: DateTime
    }`),
});

/** The names of a shape, and of those that it leads to. */
function spelled({ columns, references, inverses }: Shape, depth = 2): unknown {
  const below = (of: ReadonlyMap<string, () => Shape>) =>
    Object.fromEntries([...of].map(([name, shape]) => [name, depth > 1 ? spelled(shape(), depth - 1) : "…"]));
  return { ...Object.fromEntries(columns), ...below(references), ...below(inverses) };
}

const wares = { id: "Int", price: "Float" };
const shops = { id: "ID", town: "String", number: "Int", opened: "DateTime" };

describe("the shape of an entity", () => {
  it("has the scalars of its collection's subgraph, references, and inverses whoever contributed them", () => {
    expect(spelled(meshShape(mesh, "Ware"))).toEqual({
      ...wares,
      shop: { ...shops, wares: "…" },
      maker: { code: "ID" },
    });
    expect(spelled(meshShape(mesh, "Shop"))).toEqual({
      ...shops,
      wares: { ...wares, shop: "…", maker: "…" },
    });
  });

  it("is its key alone where it has no collection", () => {
    expect(spelled(meshShape(mesh, "Maker"))).toEqual({ code: "ID" });
  });

  it("is that of its owner's collection; another one has its own subgraph's columns and the key", () => {
    expect(collectionOf(mesh, "Shop")?.name).toBe("shops");
    // Its rows have no town and number of which the model says that this subgraph answers them.
    expect(spelled(meshShapes(mesh).ofCollection("shopWindows"))).toEqual({ id: "ID", window: "String" });
  });

  it("is made once", () => {
    const shapes = meshShapes(mesh);
    const ware = shapes.ofEntity("Ware");
    expect(ware.references.get("shop")?.().inverses.get("wares")?.()).toBe(ware);
    expect(shapes.ofCollection("wares")).toBe(ware);
  });

  it("is of collections of the dialect weft alone", () => {
    expect(() => meshShapes(mesh).ofCollection("old")).toThrow("old is a collection of the dialect weft");
  });
});

describe("the key of a reference", () => {
  const reference = (name: string) => mesh.entities.get("Ware")?.references.get(name) as never;

  it("is the target's key of as many fields", () => {
    expect(keyFieldsOf(mesh, reference("shop"))).toEqual(["town", "number"]);
    expect([...keyColumnsOf(mesh, reference("shop"))]).toEqual([
      ["town", "String"],
      ["number", "Int"],
    ]);
    expect(keyFieldsOf(mesh, reference("maker"))).toEqual(["code"]);
  });
});
