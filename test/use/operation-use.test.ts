// What the text of an operation uses: coordinates, and a hash that values do not change.
import { describe, expect, it } from "vitest";
import { preparedUse } from "./support/shop.ts";

const coordinates = (text: string, name?: string) => [...preparedUse(text, name).coordinates];

describe("the coordinates of an operation", () => {
  it.each<[string, string, readonly string[]]>([
    ["fields", "{ things { id } }", ["Query.things", "Thing.id"]],
    ["fields under an alias", "{ a: things { b: id } }", ["Query.things", "Thing.id"]],
    [
      "arguments",
      '{ thing(id: "1") { name(tone: LOUD) } }',
      ["Query.thing", "Query.thing(id:)", "Thing.name", "Thing.name(tone:)", "Tone.LOUD"],
    ],
    [
      "predicates in literals, at any depth",
      '{ things(where: { _and: [{ name: { _eq: "x" } }, { _not: { tone: { _in: [LOUD] } } }] }) { id } }',
      [
        "Query.things",
        "Query.things(where:)",
        "Thing.id",
        "Tone.LOUD",
        "text_exp._eq",
        "thing_exp._and",
        "thing_exp._not",
        "thing_exp.name",
        "thing_exp.tone",
        "tone_exp._in",
      ],
    ],
    [
      "one value in place of a list",
      "{ things(order_by: { name: asc }, tones: SOFT) { id } }",
      [
        "Direction.asc",
        "Query.things",
        "Query.things(order_by:)",
        "Query.things(tones:)",
        "Thing.id",
        "Tone.SOFT",
        "thing_order.name",
      ],
    ],
    [
      "fragments that are spread, and the types they name",
      'query { node(id: "1") { ...A ... on Other { other } } } fragment A on Thing { ...B } fragment B on Thing { tone }',
      ["Node", "Other", "Other.other", "Query.node", "Query.node(id:)", "Thing", "Thing.tone"].filter(
        (each) => each !== "Node",
      ),
    ],
    [
      "an interface's fields as the interface's",
      '{ node(id: "1") { id } }',
      ["Node.id", "Query.node", "Query.node(id:)"],
    ],
    [
      "types of variables that are not built in, and their defaults",
      'query ($w: thing_exp = { name: { _like: "a%" } }, $n: Int) { things(where: $w, limit: $n) { id } }',
      [
        "Query.things",
        "Query.things(limit:)",
        "Query.things(where:)",
        "Thing.id",
        "text_exp._like",
        "thing_exp",
        "thing_exp.name",
      ],
    ],
    [
      "a variable within a literal",
      "query ($n: String) { things(where: { name: { _eq: $n } }) { id } }",
      ["Query.things", "Query.things(where:)", "Thing.id", "text_exp._eq", "thing_exp.name"],
    ],
    [
      "directives of the mesh's own",
      '{ things @noted(text: "x", tone: SOFT) { id @include(if: true) } }',
      ["@noted", "@noted(text:)", "@noted(tone:)", "Query.things", "Thing.id", "Tone.SOFT"],
    ],
    [
      "nothing of a scalar's own objects",
      "{ free(json: { a: { b: C } }) }",
      ["Query.free", "Query.free(json:)"],
    ],
    [
      "nothing of introspection",
      '{ __typename __schema { queryType { name } } __type(name: "Thing") { name } }',
      [],
    ],
    ["nothing of what is left out", "{ things { __typename } }", ["Query.things"]],
  ])("are %s", (_, text, expected) => {
    expect(coordinates(text)).toEqual(expected);
  });

  it("are those of the named operation and its fragments alone", () => {
    const text =
      "query A { things { ...a } } query B { things { ...b } } fragment a on Thing { id } fragment b on Thing { tone }";
    expect(coordinates(text, "A")).toEqual(["Query.things", "Thing", "Thing.id"]);
    expect(coordinates(text, "B")).toEqual(["Query.things", "Thing", "Thing.tone"]);
  });
});

describe("the hash of an operation", () => {
  const of = (text: string, name?: string) => preparedUse(text, name).hash;
  const text = '{ things(where: { name: { _in: ["a"] } }, limit: 5) { id name } }';

  it.each([
    ["other values", '{ things(where: { name: { _in: ["b"] } }, limit: 50) { id name } }'],
    ["more values in a list", '{ things(where: { name: { _in: ["b", "c", "d"] } }, limit: 5) { id name } }'],
    ["aliases", '{ jfk: things(where: { name: { _in: ["a"] } }, limit: 5) { sfo: id name } }'],
    ["spaces and comments", `# a question\n${text.replaceAll(" ", "\n  ")}`],
  ])("is the same with %s", (_, other) => {
    expect(of(other)).toBe(of(text));
  });

  it.each([
    ["another predicate", '{ things(where: { name: { _eq: "a" } }, limit: 5) { id name } }'],
    ["another field", '{ things(where: { name: { _in: ["a"] } }, limit: 5) { id tone } }'],
    ["another argument", '{ things(where: { name: { _in: ["a"] } }) { id name } }'],
  ])("is another with %s", (_, other) => {
    expect(of(other)).not.toBe(of(text));
  });

  it("tells values of enums apart, which are names", () => {
    expect(of("{ things(tones: [LOUD]) { id } }")).not.toBe(of("{ things(tones: [SOFT]) { id } }"));
  });

  it("is the same for other objects of a scalar's own", () => {
    expect(of("{ free(json: { a: 1 }) }")).toBe(of("{ free(json: [{ b: C }]) }"));
  });
});

describe("what is deprecated of an operation", () => {
  it("is told with reason, replacement and days, of fields, arguments, input fields and values", () => {
    const { deprecations } = preparedUse('{ old(of: "x") things(where: { size: 1 }, tones: [GREY]) { id } }');
    expect(deprecations).toEqual([
      {
        coordinate: "Query.old",
        reason: "Use `Query.things`. Ends 2027-06-30.",
        since: null,
        ends: "2027-06-30",
        replacement: "Query.things",
      },
      { coordinate: "Query.old(of:)", reason: "Nobody minds.", since: null, ends: null, replacement: null },
      { coordinate: "Tone.GREY", reason: "It is no tone.", since: null, ends: null, replacement: null },
      {
        coordinate: "thing_exp.size",
        reason: "Use `thing_exp.tone`. Since 2026-01-31. Ends 2026-12-31. It lies.",
        since: "2026-01-31",
        ends: "2026-12-31",
        replacement: "thing_exp.tone",
      },
    ]);
  });

  it("makes headers of the earliest days", () => {
    expect(preparedUse("{ old things(where: { size: 1 }) { id } }").headers).toEqual({
      deprecation: "@1769817600",
      sunset: "Thu, 31 Dec 2026 00:00:00 GMT",
    });
    expect(preparedUse("{ things(tones: [GREY]) { id } }").headers).toEqual({ deprecation: "@0" });
    expect(preparedUse("{ things { id } }").headers).toBeUndefined();
  });
});
