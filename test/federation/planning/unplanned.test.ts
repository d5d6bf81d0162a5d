// Root fields that a plan leaves out: which were asked for, and which of them a tree fetches.
import { getOperationAST, parse } from "graphql";
import { describe, expect, it } from "vitest";
import { unplannedFields } from "../../../gateway/federation/planning/unplanned.ts";
import type { FetchTree } from "../../../gateway/plan/fetch-tree.ts";
import { fetchOf, keyed } from "../../execute/support/fetches.ts";

function unplanned(text: string, tree?: FetchTree, name?: string): readonly string[] {
  const document = parse(text);
  const operation = getOperationAST(document, name);
  if (!operation) throw new Error(text);
  return unplannedFields(document, operation, tree);
}

const given = "query ($a: Boolean!, $b: Boolean!)";

describe("where nothing is planned", () => {
  it.each<[string, string, readonly string[]]>([
    ["all fields are missed, by response name", "{ a x: b { c } }", ["a", "x"]],
    ["a field is missed once", "{ a { b } a { c } }", ["a"]],
    [
      "fields in fragments are missed",
      "{ ... { a } ...F } fragment F on Query { ...G } fragment G on Query { b }",
      ["a", "b"],
    ],
    [
      "introspection is not",
      '{ __typename x: __typename __schema { description } __type(name: "A") { name } }',
      [],
    ],
    ["a field is of which something is asked besides the type's name", "{ a { __typename } }", ["a"]],
  ])("%s", (_, text, names) => {
    expect(unplanned(text)).toEqual(names);
  });

  it("other operations miss nothing", () => {
    expect(unplanned("query A { a } query B { b }", undefined, "B")).toEqual(["b"]);
  });

  it.each<[string, string, readonly string[]]>([
    ["by a variable alone", "{ a @skip(if: $a) b @include(if: $b) }", ["a", "b"]],
    ["by two variables", "{ a @skip(if: $a) @include(if: $b) }", ["a"]],
    ["by one variable, twice", "{ a @skip(if: $a) { b @skip(if: $a) { c @skip(if: $a) } } }", ["a"]],
    ["by one of its leaves", "{ a @skip(if: $a) { b @include(if: $a) c } }", ["a"]],
    ["by one of its occurrences", "{ a @skip(if: $a) { b @include(if: $a) } a @skip(if: $a) { b } }", ["a"]],
    ["by a literal", "{ a @include(if: true) b @skip(if: false) }", ["a", "b"]],
    ["by a variable against a neighbour's", "{ a @skip(if: $a) b @include(if: $a) }", ["a", "b"]],
    [
      "by a fragment on one way to it",
      "{ ... @skip(if: $a) { ...F } ... @include(if: $a) { ...F } } fragment F on Query { a @skip(if: $a) }",
      ["a"],
    ],
    ["by a directive that says nothing of it", "{ a @other(if: false) }", ["a"]],
  ])("what can be included is missed: %s", (_, selection, names) => {
    expect(unplanned(`${given} ${selection}`)).toEqual(names);
  });

  it.each([
    ["a literal", "{ a @skip(if: true) b @include(if: false) }"],
    ["the two directives of a field", "{ a @skip(if: $a) @include(if: $a) }"],
    ["a field and what it holds", "{ a @skip(if: $a) { b @include(if: $a) } }"],
    [
      "a field and what all that it holds hold",
      "{ a @include(if: $a) { b { c @skip(if: $a) } d { ... { e @skip(if: $a) } } } }",
    ],
    ["an inline fragment and what it holds", "{ ... @include(if: $a) { a @skip(if: $a) } }"],
    [
      "a fragment and what it holds",
      "{ ...F @skip(if: $a) } fragment F on Query { a { b @include(if: $a) } }",
    ],
    [
      "a field and a fragment in it",
      "{ a @skip(if: $a) { ...F } } fragment F on A { ...G @include(if: $a) } fragment G on A { b }",
    ],
    [
      "what stands far above",
      "{ ... @skip(if: $b) { ... @include(if: $a) { a { b { c @include(if: $b) } } } } }",
    ],
    [
      "leaves, each by another condition",
      "{ a @skip(if: $a) @skip(if: $b) { b @include(if: $a) c @include(if: $b) } }",
    ],
    ["a literal in what a field holds", "{ a { b @skip(if: true) ... @include(if: false) { c } } }"],
  ])("what nothing can include is not: by %s", (_, selection) => {
    expect(unplanned(`${given} ${selection}`)).toEqual([]);
  });
});

describe("a tree", () => {
  const a = fetchOf({ receives: [{ name: "a" }] });
  const b = fetchOf({ receives: [{ name: "b" }] });
  const within = fetchOf({ receives: [{ name: "c" }], at: ["a"], entities: keyed("A", ["id"]) });

  it.each<[string, FetchTree, readonly string[]]>([
    ["fetches what a fetch of root fields receives", a, ["b", "c"]],
    ["fetches what one of a sequence does", { kind: "sequence", nodes: [a, b] }, ["c"]],
    ["fetches what one of several at a time does", { kind: "parallel", nodes: [b, a] }, ["c"]],
    [
      "fetches what either branch does",
      { kind: "condition", variable: "v", whenTrue: a, whenFalse: b },
      ["c"],
    ],
    ["fetches what the one branch does", { kind: "condition", variable: "v", whenFalse: b }, ["a", "c"]],
    ["fetches no root fields for entities", { kind: "sequence", nodes: [a, within] }, ["b", "c"]],
  ])("%s", (_, tree, names) => {
    expect(unplanned("{ a { x } b c }", tree)).toEqual(names);
  });
});
