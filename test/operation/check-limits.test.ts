// Documents that cost too much are refused, each by the limit it goes past; one step smaller they are not.
import { buildSchema, getIntrospectionQuery, parse, validate } from "graphql";
import { describe, expect, it } from "vitest";
import { checkLimits } from "../../gateway/operation/check-limits.ts";
import { limits } from "./support/limits.ts";
import { parseWithin } from "./support/parse-within.ts";
import { doubling, many, nested } from "./support/write.ts";

const schema = buildSchema(`
  type Query { a: Query b: Query s: String n(x: In, l: [Int], i: Int): String }
  input In { x: In }
`);

const check = (text: string, changed: Partial<typeof limits> = {}) =>
  checkLimits(parseWithin(text, { ...limits, ...changed }), { ...limits, ...changed });

/** The code that it is refused with, and whether the text names its limit. */
function refusal(text: string, changed: Partial<typeof limits> = {}): string | undefined {
  try {
    check(text, changed);
    return undefined;
  } catch (fault) {
    return (fault as { code: string }).code;
  }
}

type Attack = readonly [what: string, code: string, allowed: string, refused: string];

const fragmentsOf = (count: number, fields: string) =>
  `{ ${many(count, (i) => `...F${i}`)} } ${many(count, (i) => `fragment F${i} on Query { ${fields} }`)}`;

const attacks: readonly Attack[] = [
  ["30 levels of doubling fragments", "SELECTIONS_MAX", doubling(11), doubling(30)],
  ["1,000 levels of doubling fragments", "NESTING_MAX", doubling(11), doubling(1_000)],
  [
    "doubling fragments that select nothing",
    "SELECTIONS_MAX",
    "{ ...F0 } fragment F0 on Query { ...F1 ...F1 } fragment F1 on Query { s }",
    `{ ...F0 } ${many(40, (i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`)} fragment F40 on Query { s }`,
  ],
  [
    "one fragment spread over and over",
    "SELECTIONS_MAX",
    `{ ${"...F ".repeat(4_999)} a { b { s } } s } fragment F on Query { ... { ... { s } } }`,
    `{ ${"...F ".repeat(4_999)} a { b { s } } s s } fragment F on Query { ... { ... { s } } }`,
  ],
  ["one field over and over", "OVERLAPS_MAX", `{ ${"s ".repeat(447)} }`, `{ ${"s ".repeat(448)} }`],
  [
    "one field with arguments over and over",
    "OVERLAPS_MAX",
    `{ ${"n(i: 1) ".repeat(316)} }`,
    `{ ${"n(i: 1) ".repeat(317)} }`,
  ],
  [
    "one field over and over on each of several levels",
    "OVERLAPS_MAX",
    `{ ${"a { a { s } } ".repeat(258)} }`,
    `{ ${"a { a { s } } ".repeat(259)} }`,
  ],
  [
    "inline fragments in inline fragments with one field",
    "OVERLAPS_MAX",
    `{ ${`... { a { ${"... { s } ".repeat(22)} } } `.repeat(20)} }`,
    `{ ${`... { a { ${"... { s } ".repeat(23)} } } `.repeat(20)} }`,
  ],
  ["one field in many fragments", "OVERLAPS_MAX", fragmentsOf(258, "a { s }"), fragmentsOf(260, "a { s }")],
  ["many fragments at one place", "OVERLAPS_MAX", fragmentsOf(316, "s"), fragmentsOf(318, "s")],
  [
    "one field over and over in a fragment that nobody spreads",
    "OVERLAPS_MAX",
    `{ s } fragment F on Query { ${"s ".repeat(447)} }`,
    `{ s } fragment F on Query { ${"s ".repeat(448)} }`,
  ],
  [
    "10,000 aliases",
    "ALIASES_MAX",
    `{ a { ${many(2_000, (i) => `s${i}: s`)} } }`,
    `{ a { ${many(2_001, (i) => `s${i}: s`)} } }`,
  ],
  [
    "aliases by way of a fragment",
    "ALIASES_MAX",
    `{ ${many(40, (i) => `a${i}: a { ...F }`)} } fragment F on Query { ${many(49, (i) => `s${i}: s`)} }`,
    `{ ${many(40, (i) => `a${i}: a { ...F }`)} } fragment F on Query { ${many(50, (i) => `s${i}: s`)} }`,
  ],
  [
    "many root fields",
    "ROOT_FIELDS_MAX",
    `{ ${many(1_000, (i) => `s${i}: s`)} }`,
    `{ ...F ... { t: s } } fragment F on Query { ${many(1_000, (i) => `s${i}: s`)} }`,
  ],
  ["deep fields", "DEPTH_MAX", nested(99, "{ a ", "{ s }"), nested(100, "{ a ", "{ s }")],
  [
    "deep fields by way of fragments",
    "DEPTH_MAX",
    `{ ...F } fragment F on Query ${nested(50, "{ a ", "{ ...G }")} fragment G on Query ${nested(49, "{ b ", "{ s }")}`,
    `{ ...F } fragment F on Query ${nested(50, "{ a ", "{ ...G }")} fragment G on Query ${nested(50, "{ b ", "{ s }")}`,
  ],
  ["deep inline fragments", "NESTING_MAX", nested(199, "{ ... ", "{ s }"), nested(200, "{ ... ", "{ s }")],
  [
    "a long chain of fragments",
    "NESTING_MAX",
    `{ ...F0 } ${many(198, (i) => `fragment F${i} on Query { ...F${i + 1} }`)} fragment F198 on Query { s }`,
    `{ ...F0 } ${many(199, (i) => `fragment F${i} on Query { ...F${i + 1} }`)} fragment F199 on Query { s }`,
  ],
  [
    "a deep fragment that was measured at a shallow place first",
    "NESTING_MAX",
    `{ ...F ${nested(50, "... { ", "...F")} } fragment F on Query ${nested(148, "{ ... ", "{ s }")}`,
    `{ ...F ${nested(51, "... { ", "...F")} } fragment F on Query ${nested(148, "{ ... ", "{ s }")}`,
  ],
  [
    "a deep list",
    "NESTING_MAX",
    `{ n(l: ${nested(199, "[", "", "]")}) }`,
    `{ n(l: ${nested(200, "[", "", "]")}) }`,
  ],
  [
    "a deep input object",
    "NESTING_MAX",
    `{ n(x: ${nested(198, "{ x: ", "{}")}) }`,
    `{ n(x: ${nested(199, "{ x: ", "{}")}) }`,
  ],
  [
    "a deep value of a directive",
    "NESTING_MAX",
    `{ s @d(l: ${nested(199, "[", "", "]")}) }`,
    `{ s @d(l: ${nested(200, "[", "", "]")}) }`,
  ],
  [
    "a variable's deep type",
    "NESTING_MAX",
    `query ($l: ${nested(200, "[", "Int", "]")}) { s }`,
    `query ($l: ${nested(201, "[", "Int", "]")}) { s }`,
  ],
  [
    "a variable's deep default",
    "NESTING_MAX",
    `query ($l: L = ${nested(200, "[", "", "]")}) { s }`,
    `query ($l: L = ${nested(201, "[", "", "]")}) { s }`,
  ],
  ["many directives", "DIRECTIVES_MAX", `{ s ${"@d ".repeat(500)} }`, `{ s ${"@d ".repeat(501)} }`],
  [
    "many directives in other places",
    "DIRECTIVES_MAX",
    `query ($v: Int ${"@d ".repeat(250)}) @d { ... @d { ...F @d } } fragment F on Query ${"@d ".repeat(247)} { s }`,
    `query ($v: Int ${"@d ".repeat(250)}) @d { ... @d { ...F @d } } fragment F on Query ${"@d ".repeat(248)} { s }`,
  ],
  [
    "many variables",
    "VARIABLES_MAX",
    `query (${many(2_000, (i) => `$v${i}: Int`)}) { s }`,
    `query (${many(2_001, (i) => `$v${i}: Int`)}) { s }`,
  ],
  [
    "many operations",
    "OPERATIONS_MAX",
    many(100, (i) => `query Q${i} { s }`),
    many(101, (i) => `query Q${i} { s }`),
  ],
  [
    "many fragments",
    "FRAGMENTS_MAX",
    `{ s } ${many(1_000, (i) => `fragment F${i} on Query { s }`)}`,
    `{ s } ${many(1_001, (i) => `fragment F${i} on Query { s }`)}`,
  ],
  ["a long name", "NAME_MAX", `query ${"Q".repeat(256)} { s }`, `query ${"Q".repeat(257)} { s }`],
  ["a long alias", "NAME_MAX", `{ ${"a".repeat(256)}: s }`, `{ ${"a".repeat(257)}: s }`],
  [
    "a long variable",
    "NAME_MAX",
    `query { n(i: $${"v".repeat(256)}) }`,
    `query { n(i: $${"v".repeat(257)}) }`,
  ],
  [
    "a fragment that spreads itself",
    "FRAGMENT_CYCLE",
    "{ ...F } fragment F on Query { a { ...G } } fragment G on Query { b { s } }",
    "{ ...F } fragment F on Query { a { ...G } } fragment G on Query { b { ...F } }",
  ],
  [
    "a fragment that spreads itself and is spread by nobody",
    "FRAGMENT_CYCLE",
    "{ s } fragment F on Query { s }",
    "{ s } fragment F on Query { ...F }",
  ],
  [
    "introspection in circles",
    "INTROSPECTION_DEPTH_MAX",
    "{ __schema { types { fields { type { name } } } } }",
    "{ __schema { types { fields { type { fields { name } } } } } }",
  ],
  [
    "introspection of one type in circles, by way of a fragment",
    "INTROSPECTION_DEPTH_MAX",
    '{ __type(name: "Query") { ...T } } fragment T on __Type { fields { type { possibleTypes { name } } } }',
    '{ __type(name: "Query") { interfaces { ...T } } } fragment T on __Type { fields { type { possibleTypes { name } } } }',
  ],
  [
    "introspection over and over",
    "INTROSPECTION_FIELDS_MAX",
    `{ ${many(125, (i) => `a${i}: __schema { types { fields { name } } }`)} }`,
    `{ ${many(126, (i) => `a${i}: __schema { types { fields { name } } }`)} }`,
  ],
];

describe("a document that costs too much", () => {
  it.each(attacks)("by %s is refused: %s", (_, code, allowed, refused) => {
    expect(refusal(allowed)).toBeUndefined();
    expect(refusal(refused)).toBe(code);
  });

  it("is told the limit, how far it went past it, and what to do", () => {
    expect(() => check(doubling(30))).toThrow(
      expect.objectContaining({
        status: 400,
        audience: "caller",
        message:
          "With its fragments written out the document has 5368709117 selections, more than 20000. Spread fragments fewer times, ask in several operations, or raise `operation.selectionsMax`.",
        extensions: { code: "SELECTIONS_MAX", selectionsMax: 20_000, selections: 5_368_709_117 },
      }),
    );
  });

  it("is told so where it comes to more than is counted", () => {
    expect(() => check(doubling(90))).toThrow("has more than 1000000000000 selections, more than 20000.");
  });

  it("is told which fragments spread each other", () => {
    const cycle =
      "{ ...E } fragment E on Query { ...F } fragment F on Query { ...G } fragment G on Query { ...F }";
    expect(() => check(cycle)).toThrow("A fragment spreads itself: F → G → F.");
  });
});

describe("a document of a real client", () => {
  const standard = getIntrospectionQuery({
    descriptions: true,
    specifiedByUrl: true,
    directiveIsRepeatable: true,
    schemaDescription: true,
    inputValueDeprecation: true,
    oneOf: true,
  });
  const dashboard = `query (${many(500, (i) => `$from${i}: Int $to${i}: Int $show${i}: Boolean!`)}) {
    ${many(500, (i) => `panel${i}: a @include(if: $show${i}) { ...Panel }`)} __typename
  } fragment Panel on Query { low: s high: s a { s } }`;
  const components = `{ ${many(400, (i) => `...Part${i}`)} }
    ${many(400, (i) => `fragment Part${i} on Query { __typename part${i}: a { s b { s } } }`)}`;

  it.each([
    ["the standard introspection query", standard],
    ["a dashboard of 500 panels", dashboard],
    ["400 components that spread their fragments level by level", levelByLevel(400)],
    ["60 fragments that ask one object for the same 50 fields", sameFields(60, 50)],
  ])("%s is let through", (_, text) => {
    expect(refusal(text)).toBeUndefined();
  });

  it("of 400 fragments at one place is let through where the limit is raised", () => {
    expect(refusal(components)).toBe("OVERLAPS_MAX");
    expect(refusal(components, { overlapsMax: 200_000 })).toBeUndefined();
  });
});

/** A tree of fragments, each the fields of one component and the fragments of two below it. */
function levelByLevel(count: number): string {
  const below = (i: number) =>
    [2 * i + 1, 2 * i + 2]
      .filter((child) => child < count)
      .map((child) => `part${child}: a { ...C${child} }`);
  return `{ ...C0 } ${many(count, (i) => `fragment C${i} on Query { s b { s } ${below(i).join(" ")} }`)}`;
}

function sameFields(fragments: number, fields: number): string {
  const definition = (i: number) => `fragment F${i} on Query { ${many(fields, (k) => `field${k}`)} }`;
  return `{ ${many(fragments, (i) => `...F${i}`)} } ${many(fragments, definition)}`;
}

describe("what is wrong with a document otherwise", () => {
  it.each([
    ["an unknown fragment", "{ ...Unknown }"],
    ["two fragments of one name", "{ ...F } fragment F on Query { s } fragment F on Query { a { s } }"],
    ["a fragment that is not used", "{ s } fragment F on Query { s }"],
    ["a definition of a type", "{ s } type T { t: Int }"],
    ["no operation", "fragment F on Query { s }"],
    ["fields that conflict", "{ a: s a: n }"],
  ])("is left to validation: %s", (_, text) => {
    expect(refusal(text)).toBeUndefined();
    expect(validate(schema, parse(text))).not.toEqual([]);
  });
});

describe("a document that is let through", () => {
  it.each(attacks)("by a hair from %s is validated to its end", (_what, _code, allowed) => {
    const messages = validate(schema, parse(allowed)).map(({ message }) => message);
    expect(messages).not.toContain("Validation aborted.");
  });
});
