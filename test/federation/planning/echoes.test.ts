// Echoes on their own: which key is repeated, and under which names.
import type { QueryPlanSelectionNode } from "@apollo/query-planner";
import { Kind, parse, print, type SelectionSetNode, stripIgnoredCharacters } from "graphql";
import { describe, expect, it } from "vitest";
import { addEchoes } from "../../../gateway/federation/planning/echoes.ts";
import { possibleTypes } from "../../../gateway/federation/planning/possible-types.ts";
import { readSupergraph } from "../../../gateway/federation/planning/supergraph-facts.ts";
import { supergraphOf } from "./planned.ts";

const facts = readSupergraph(
  parse(
    supergraphOf({
      a: `
        type Query { x: X y: Y }
        type X @key(fields: "id") @key(fields: "place { town street }") @key(fields: "code", resolvable: false)
          { id: ID! place: Place! code: ID! name: String }
        type Place { town: ID! street: ID! }
        type Y @key(fields: "id") { id: Int! name: String }`,
    }),
  ),
);
const given = { facts, possible: possibleTypes(facts) };

const selectionOf = (text: string): SelectionSetNode => {
  const definition = parse(text).definitions[0];
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error(text);
  return definition.selectionSet;
};
const field = (name: string, ...selections: string[]): QueryPlanSelectionNode => ({
  kind: "Field",
  name,
  ...(selections.length > 0 && { selections: selections.map((each) => field(each)) }),
});
const on = (typeCondition: string, ...selections: QueryPlanSelectionNode[]): QueryPlanSelectionNode => ({
  kind: "InlineFragment",
  typeCondition,
  selections,
});

const echoed = (selection: string, ...requires: QueryPlanSelectionNode[]) => {
  const added = addEchoes(given, "a", { requires, selection: selectionOf(selection) });
  return [
    stripIgnoredCharacters(print(added.selection)),
    ...added.echoes.map(({ leaves }) => leaves.map(({ answered }) => answered.join(".")).join()),
  ];
};

describe("an echo", () => {
  it("repeats the smallest key that the representation holds", () => {
    const both = on("X", field("place", "town", "street"), field("id"));
    expect(echoed("{ ... on X { name } }", both)).toEqual(["{...on X{name _k0_id:id}}", "_k0_id"]);
  });

  it("repeats a key with fields inside it", () => {
    expect(echoed("{ ... on X { name } }", on("X", field("place", "town", "street")))).toEqual([
      "{...on X{name _k0_place:place{town street}}}",
      "_k0_place.town,_k0_place.street",
    ]);
  });

  it("adds nothing to a key that is selected as it is", () => {
    expect(echoed("{ ... on X { id name } }", on("X", field("id")))).toEqual(["{...on X{id name}}", "id"]);
  });

  it.each([
    ["under another name", "{ ... on X { key: id } }"],
    ["where a variable says so", "query ($if: Boolean!) { ... on X { id @include(if: $if) } }"],
    ["of entities of any type", "{ ... on X @include(if: true) { id } }"],
  ])("adds a key that is selected %s only", (_, selection) => {
    expect(echoed(selection, on("X", field("id")))[1]).toBe("_k0_id");
  });

  it("names the keys of two types apart, which may be of different types", () => {
    expect(
      echoed("{ ... on X { name } ... on Y { name } }", on("X", field("id")), on("Y", field("id"))),
    ).toEqual(["{...on X{name _k0_id:id}...on Y{name _k1_id:id}}", "_k0_id", "_k1_id"]);
  });

  it.each([
    ["only a part is held", on("X", field("place", "town"))],
    ["the key can't be asked by", on("X", field("code"))],
    ["no key is held", on("X", field("name"))],
  ])("is left out where %s", (_, requires) => {
    expect(echoed("{ ... on X { name } }", requires)).toEqual(["{...on X{name}}"]);
  });
});
