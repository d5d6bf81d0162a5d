// Objects whose type is known before they are fetched are not asked for it; all others are.
import { buildSchema } from "graphql";
import { describe, expect, it } from "vitest";
import { withoutKnownTypes } from "../../gateway/execute/federated/known-types.ts";
import type { Fetch, FetchTree } from "../../gateway/plan/fetch-tree.ts";
import { fetchOf, field, keyed } from "./support/fetches.ts";

const schema = buildSchema(`
  type Query { a: A as: [[A!]] node: Node any: Any b: B }
  type Mutation { a: A }
  interface Node { id: ID a: A }
  union Any = A | B
  type A implements Node { id: ID a: A b: B node: Node }
  type B { id: ID a: A }
`);

const selectionsOf = (tree: FetchTree): readonly string[] =>
  tree.kind === "fetch"
    ? [tree.selection]
    : tree.kind === "condition"
      ? [tree.whenTrue, tree.whenFalse].flatMap((each) => (each ? selectionsOf(each) : []))
      : tree.nodes.flatMap(selectionsOf);

const selections = (...nodes: readonly Fetch[]) =>
  selectionsOf(withoutKnownTypes(schema, { kind: "sequence", nodes }).tree);

describe("what is asked of a subgraph", () => {
  it.each([
    ["leaves out the type of an object", "{a{__typename id}}", "{a{id}}"],
    ["leaves it out in lists, at any depth", "{as{__typename id b{id __typename}}}", "{as{id b{id}}}"],
    ["leaves it out below an interface", "{node{__typename a{__typename id}}}", "{node{__typename a{id}}}"],
    [
      "leaves it out below a union",
      "{any{__typename ...on B{a{__typename id}}}}",
      "{any{__typename ...on B{a{id}}}}",
    ],
    ["keeps arguments and variables", "{a @include(if:$x){__typename id}}", "{a@include(if:$x){id}}"],
  ])("%s", (_, before, after) => {
    expect(selections(fetchOf({ selection: before }))).toEqual([after]);
  });

  it.each([
    ["of an interface", "{node{__typename id}}"],
    ["of a union", "{any{__typename}}"],
    ["where the published schema has no such field", "{hidden{__typename id}}"],
    ["below such a field", "{hidden{a{__typename id}}}"],
    ["where nothing else is asked", "{a{__typename}}"],
    ["where variables may leave nothing else", "{a{__typename id @include(if:$x)}}"],
    ["where only a part of a fragment is asked besides", "{a{__typename ...on A{id}}}"],
    ["under another name", "{a{type:__typename id}}"],
    ["by a variable", "{a{__typename @include(if:$x)id}}"],
    ["of the entities themselves", "{__typename ...on A{id}}"],
  ])("keeps a type %s", (_, selection) => {
    const fetch = fetchOf({ selection });
    expect(withoutKnownTypes(schema, fetch).tree).toBe(fetch);
  });

  it("leaves out the type below entities, whatever subgraph brought these", () => {
    const root = fetchOf({ selection: "{node{__typename id}}" });
    const below = fetchOf({
      selection: "{...on A{b{__typename id}}}",
      at: ["node"],
      entities: keyed("A", ["id"]),
    });
    expect(selections(root, below)).toEqual(["{node{__typename id}}", "{...on A{b{id}}}"]);
  });

  it("keeps a type where two types may stand at one place", () => {
    const selection = "{any{__typename ...on A{x:a{__typename id}}...on B{x:a{__typename id}}}}";
    expect(selections(fetchOf({ selection }))).toEqual([
      "{any{__typename ...on A{x:a{id}}...on B{x:a{id}}}}",
    ]);
    const two = selection.replace("x:a", "x:b");
    expect(selections(fetchOf({ selection: two }))).toEqual([two]);
    const here = fetchOf({ selection: "{a{x:b{__typename id}}}" });
    const there = fetchOf({
      selection: "{...on A{x:a{__typename id}}}",
      at: ["a"],
      entities: keyed("A", ["id"]),
    });
    expect(selections(here, there)).toEqual([here.selection, there.selection]);
  });

  it("keeps a type that a representation of the object above holds", () => {
    const root = fetchOf({ selection: "{a{__typename id b{__typename id}}}" });
    const needed = [field("__typename"), field("b", [field("__typename"), field("id")])];
    const below = fetchOf({ selection: "{...on A{id}}", at: ["a"], entities: keyed("A", [], { needed }) });
    expect(selections(root, below)).toEqual(["{a{id b{__typename id}}}", "{...on A{id}}"]);
  });

  it("is left as it is where something is rewritten, or comes from above", () => {
    const root = fetchOf({ selection: "{a{__typename id}}" });
    const context = [{ variable: "v", up: 1, path: [{ kind: "field", name: "id" }] }] as const;
    const rename = { kind: "rename", path: [], field: "x", to: "y" } as const;
    for (const other of [
      fetchOf({ outputRewrites: [rename] }),
      fetchOf({ entities: keyed("A", ["id"], { context }), at: ["a"] }),
    ]) {
      const tree = { kind: "sequence", nodes: [root, other] } as const;
      const { tree: after, typeAt } = withoutKnownTypes(schema, tree);
      expect(after).toBe(tree);
      expect(typeAt(["a"])).toBeUndefined();
    }
  });

  it("is so under any condition, and in a mutation", () => {
    const whenTrue = fetchOf({ selection: "{a{__typename id}}", operation: "mutation" });
    const { tree } = withoutKnownTypes(schema, { kind: "condition", variable: "x", whenTrue });
    expect(tree).toEqual({
      kind: "condition",
      variable: "x",
      whenTrue: { ...whenTrue, selection: "{a{id}}" },
    });
  });
});

it("the type of a place is that of all that stands there", () => {
  const { typeAt } = withoutKnownTypes(schema, fetchOf({ selection: "{as{b{id}}node{id ...on A{a{id}}}}" }));
  const types = ["as.@.@", "as.@.@.b", "node", "node.a", "nothing", ""].map((place) =>
    typeAt(place.split(".")),
  );
  expect(types).toEqual(["A", "B", undefined, "A", undefined, undefined]);
});
