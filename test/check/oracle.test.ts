// graphql-js finds breaking changes too: each that it finds in mutated schemas, we call breaking, at the same coordinate.
import fc from "fast-check";
import { buildSchema, findBreakingChanges, findDangerousChanges } from "graphql";
import { expect, it } from "vitest";
import type { Change } from "../../schema/check/change.ts";
import { diffPorts } from "../../schema/check/diff.ts";
import { readPort } from "../../schema/check/port.ts";

const pick = (...texts: readonly string[]) => fc.constantFrom(...texts);
const answered = pick(
  "Int",
  "Int!",
  "[Int]",
  "[Int!]!",
  "[Int]!",
  "String",
  "E",
  "E!",
  "U",
  "N",
  "[B!]",
  "S",
);
const taken = pick("Int", "Int!", "[Int]", "[Int!]", "[Int!]!", "String", "E", "I", "I!", "S", "[E!]!");
const withDefault = fc
  .record({ type: pick("Int", "Int!"), value: pick("1", "2") })
  .map(({ type, value }) => `${type} = ${value}`);
const given = fc.oneof({ weight: 3, arbitrary: taken }, { weight: 1, arbitrary: withDefault });

/** `a: Int b: String`: some of the names, each with what it is made of. */
const members = (made: fc.Arbitrary<string>, ...names: readonly string[]) =>
  fc
    .tuple(
      ...names.map((name) =>
        fc.option(
          made.map((text) => `${name}${text}`),
          { freq: 4 },
        ),
      ),
    )
    .map((texts) => texts.filter((text) => text !== null).join("\n  "));

const args = members(
  given.map((type) => `: ${type}`),
  "x",
  "y",
).map((text) => (text === "" ? "" : `(${text})`));
const fields = members(
  fc.tuple(args, answered).map(([list, type]) => `${list}: ${type}`),
  "a",
  "b",
  "c",
);
const inputs = members(
  given.map((type) => `: ${type}`),
  "a",
  "b",
  "c",
);
const some = (...names: readonly string[]) => fc.subarray([...names], { minLength: 1 });

const schema = fc
  .record({
    a: fields,
    b: fields,
    n: fields,
    i: inputs,
    e: some("X", "Y", "Z"),
    u: some("A", "B"),
    implemented: fc.subarray(["N", "M"]),
    extra: pick(
      "",
      "type O { a: Int }",
      "input O { a: Int }",
      "scalar O",
      "enum O { X }",
      "union O = A",
      "interface O { a: Int }",
    ),
    directive: pick(
      "",
      "directive @d on FIELD",
      "directive @d on FIELD | QUERY",
      "directive @d repeatable on FIELD",
      "directive @d(x: Int) on FIELD",
      "directive @d(x: Int!) on FIELD",
    ),
  })
  .map(
    ({ a, b, n, i, e, u, implemented, extra, directive }) => `${directive}
type Query { keep(it: I): A e: E u: U n: N m: M b: B all(i: Int, f: Float, s: String, b: Boolean, id: ID): Float }
type A${implemented.length > 0 ? ` implements ${implemented.join(" & ")}` : ""} {
  kept: Int
  ${a}
}
type B {
  kept: Int
  ${b}
}
interface N {
  kept: Int
  ${n}
}
interface M { kept: Int }
input I {
  kept: Int
  ${i}
}
enum E { ${e.join(" ")} }
union U = ${u.join(" | ")}
scalar S
${extra}
`,
  );

/** What graphql-js's sentence is about. */
const forms: readonly (readonly [RegExp, (...groups: readonly string[]) => string])[] = [
  [/^(\w+) was removed from union type (\w+)\./, (_, union) => `${union}`],
  [/^(\w+) was added to union type (\w+)\./, (_, union) => `${union}`],
  [/^(\w+) was (?:removed from|added to) enum type (\w+)\./, (value, type) => `${type}.${value}`],
  [
    /^An? (?:required|optional) field (\w+) on input type (\w+) was added/,
    (field, type) => `${type}.${field}`,
  ],
  [/^An? (?:required|optional) arg (\w+) on directive (\w+) was added/, (_, name) => `@${name}`],
  [/^An? (?:required|optional) arg (\w+) on (\w+\.\w+) was added/, (arg, field) => `${field}(${arg}:)`],
  [/^(\w+\.\w+) arg (\w+) (?:was removed|has changed|defaultValue)/, (field, arg) => `${field}(${arg}:)`],
  [/^(\w+) no longer implements/, (type) => `${type}`],
  [/^\w+ added to interfaces implemented by (\w+)/, (type) => `${type}`],
  [/^(\w+\.\w+) (?:was removed|changed type)/, (field) => `${field}`],
  [/^d was removed\./, () => "@d"],
  [/^(?:\w+ was removed from|Repeatable flag was removed from) (d)/, () => "@d"],
  [/^(\w+) (?:was removed|changed from)/, (type) => `${type}`],
];

function coordinateOf(description: string): string {
  for (const [form, say] of forms) {
    const found = form.exec(description);
    if (found) return say(...found.slice(1));
  }
  throw new Error(`not read: ${description}`);
}

function compare(before: string, after: string) {
  const schemas = [before, after].map((sdl) => buildSchema(sdl, { assumeValid: true })) as [never, never];
  const ours = diffPorts({ before: readPort("it", before), after: readPort("it", after) });
  return { ours, breaking: findBreakingChanges(...schemas), dangerous: findDangerousChanges(...schemas) };
}

const at = (changes: readonly Change[], description: string) =>
  changes.filter(({ coordinate }) => coordinate === coordinateOf(description));

it("calls breaking whatever graphql-js does", () => {
  let seen = 0;
  fc.assert(
    fc.property(schema, schema, (before, after) => {
      const { ours, breaking } = compare(before, after);
      for (const { description } of breaking) {
        seen++;
        expect(
          at(ours, description).map(({ verdict }) => verdict),
          description,
        ).toContain("breaking");
      }
    }),
    { seed: 20_261_121, numRuns: 600 },
  );
  expect(seen).toBeGreaterThan(2_000);
});

it("tells whatever graphql-js calls dangerous", () => {
  fc.assert(
    fc.property(schema, schema, (before, after) => {
      const { ours, dangerous } = compare(before, after);
      for (const { description } of dangerous) expect(at(ours, description), description).not.toEqual([]);
    }),
    { seed: 20_261_122, numRuns: 300 },
  );
});

it("finds nothing between a schema and itself", () => {
  fc.assert(
    fc.property(schema, (sdl) => {
      expect(compare(sdl, sdl).ours).toEqual([]);
    }),
    { seed: 20_261_123, numRuns: 100 },
  );
});
