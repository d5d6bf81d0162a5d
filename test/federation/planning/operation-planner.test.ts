// Questions that get no plan, and how they are told so; features; progressive override.
import { describe, expect, it } from "vitest";
import { overrideConditions } from "../../../gateway/federation/planning/override-conditions.ts";
import { features } from "../../../gateway/federation/planning/supergraph-features.ts";
import { fetchesOf, plannerOf, treeOf } from "./planned.ts";

const { plan, apiSdl, subgraphs } = await plannerOf({
  a: `type Query { a: A list: [A!]! } type A @key(fields: "id") { id: ID! name(as: String): String inner: A hidden: Int @inaccessible }`,
});
const ask = (text: string, operationName?: string) => plan({ text, operationName });

describe("a supergraph", () => {
  it("tells its API schema and where its subgraphs are", () => {
    expect(apiSdl).toContain("type A {");
    expect(apiSdl).not.toMatch(/hidden|join__/);
    expect([...subgraphs]).toEqual([["a", "http://a"]]);
  });
});

describe("an operation", () => {
  it("is told all its errors at once, with their places", () => {
    expect(ask("{ a { nam idd } }")).toEqual({
      kind: "invalid",
      errors: [
        {
          message: 'Cannot query field "nam" on type "A". Did you mean "name"?',
          locations: [{ line: 1, column: 7 }],
          extensions: { code: "GRAPHQL_VALIDATION_FAILED" },
        },
        {
          message: 'Cannot query field "idd" on type "A". Did you mean "id"?',
          locations: [{ line: 1, column: 11 }],
          extensions: { code: "GRAPHQL_VALIDATION_FAILED" },
        },
      ],
    });
  });

  it.each([
    ["{ a { id }", undefined, "GRAPHQL_PARSE_FAILED"],
    ["{ a { hidden } }", undefined, "GRAPHQL_VALIDATION_FAILED"],
    ["query A { a { id } } query B { a { id } }", undefined, "OPERATION_RESOLUTION_FAILURE"],
    ["query A { a { id } } query B { a { id } }", "C", "OPERATION_RESOLUTION_FAILURE"],
  ])("%s named %s is invalid: %s", (text, name, code) => {
    expect(ask(text, name)).toMatchObject({ kind: "invalid", errors: [{ extensions: { code } }] });
  });

  it("is found by its name", () => {
    const planned = ask("query A { a { id } } query B { list { id } }", "B");
    expect(planned).toMatchObject({ kind: "planned", tree: { selection: "{list{id}}" } });
  });

  it.each([
    "{ a { ... @defer { id } } }",
    "{ list @stream { id } }",
  ])("%s is told that it is early", (text) => {
    expect(() => ask(text)).toThrow(expect.objectContaining({ code: "DEFER_NOT_YET" }));
  });

  it("that fans out without end is too large", () => {
    const fragments = Array.from(
      { length: 30 },
      (_, i) => `fragment F${i} on A { ...F${i + 1} inner { ...F${i + 1} } }`,
    );
    const text = `{ a { ...F0 } } ${fragments.join(" ")} fragment F30 on A { id }`;
    expect(() => ask(text)).toThrow(expect.objectContaining({ code: "PLAN_TOO_LARGE" }));
  });
});

describe("a feature", () => {
  it.each([
    ["@authenticated", "@authenticated on Query.a"],
    ['@requiresScopes(scopes: [["x"]])', "@requiresScopes on Query.a"],
    ['@policy(policies: [["x"]])', "@policy on Query.a"],
  ])("that nobody enforces is refused: %s", async (directive, use) => {
    await expect(plannerOf({ a: `type Query { a: Int ${directive} }` })).rejects.toMatchObject({
      code: "FEATURES_NOT_ENFORCED",
      extensions: { uses: [use] },
    });
  });

  it("that nobody enforces is refused on types, too", async () => {
    const sdl = "type Query { a: A e: E } type A @authenticated { id: ID } enum E @authenticated { B }";
    await expect(plannerOf({ a: sdl })).rejects.toMatchObject({
      extensions: { uses: ["@authenticated on A", "@authenticated on E"] },
    });
  });

  it.each([
    "@cost(weight: 5)",
    "@listSize(assumedSize: 5)",
    '@tag(name: "x")',
  ])("that costs nothing to ignore is ignored: %s", async (directive) => {
    const planner = await plannerOf({ a: `type Query { a: [Int] ${directive} }` });
    expect(planner.apiSdl).toContain("a: [Int]");
  });

  it("is listed with what becomes of it", () => {
    expect(Object.keys(features).filter((name) => features[name] === "refused")).toEqual([
      "authenticated",
      "requiresScopes",
      "policy",
      "connect",
    ]);
  });
});

describe("progressive override", () => {
  const moving = (label: string) =>
    plannerOf({
      old: `type Query { a: A } type A @key(fields: "id") { id: ID! x: Int }`,
      new: `type A @key(fields: "id") { id: ID! x: Int @override(from: "old", label: "${label}") }`,
    });
  const asked = async (label: string) =>
    fetchesOf(treeOf(await moving(label), "{ a { x } }")).map(({ subgraph }) => subgraph);

  it.each([
    ["percent(0)", ["old"]],
    ["percent(100)", ["old", "new"]],
    ["a-label", ["old"]],
  ])("of %s asks %s", async (label, subgraphs) => {
    expect(await asked(label)).toEqual(subgraphs);
  });

  it("of some percent takes that share of operations, and each always the same way", () => {
    const isOn = (text: string) => overrideConditions(["percent(25)"], text).get("percent(25)");
    const texts = Array.from({ length: 2_000 }, (_, i) => `{ a${i} }`);
    const share = texts.filter(isOn).length / texts.length;
    expect(share).toBeGreaterThan(0.2);
    expect(share).toBeLessThan(0.3);
    expect(texts.map(isOn)).toEqual(texts.map(isOn));
  });
});
