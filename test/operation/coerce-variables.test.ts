// Variables: what they are limited to before they are coerced, and how much is said of mistakes in them.
import { buildSchema, type OperationDefinitionNode, parse } from "graphql";
import { describe, expect, it } from "vitest";
import { checkVariables } from "../../gateway/operation/check-variables.ts";
import { coerceVariables } from "../../gateway/operation/coerce-variables.ts";
import { limits } from "./support/limits.ts";

const schema = buildSchema(`
  scalar Anything
  input Filter { not: Filter equals: Int among: [Int!] }
  type Query { rows(where: Filter, ids: [Int!], anything: Anything): Int }
`);

const operation = parse(
  "query ($where: Filter, $ids: [Int!], $anything: Anything, $n: Int = 3) { rows(where: $where) }",
).definitions[0] as OperationDefinitionNode;

const coerce = (given: Record<string, unknown>) => coerceVariables(schema, operation, given, limits);

/** An object in an object, `levels` of them, around 1. */
function deep(levels: number, key: string): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level++) value = { [key]: value };
  return value;
}

describe("variables", () => {
  it("are coerced", () => {
    expect(coerce({ ids: 7, where: { equals: 1 } })).toEqual({
      coerced: { n: 3, ids: [7], where: { equals: 1 } },
    });
  });

  it("have a size", () => {
    expect(checkVariables({ ids: [1, 2], anything: { word: "four", none: null } }, limits)).toEqual({
      values: 6,
      characters: 3 + 8 + 4 + 4 + 4,
    });
  });

  it.each([
    ["a recursive input type", (levels: number) => ({ where: deep(levels, "not") })],
    ["a scalar of any form", (levels: number) => ({ anything: deep(levels, "x") })],
    ["what the operation does not define", (levels: number) => ({ unknown: deep(levels, "x") })],
  ])("too deep are refused: %s", (_, given) => {
    expect(() => coerce(given(100))).not.toThrow();
    const refused = expect.objectContaining({
      code: "VARIABLE_NESTING_MAX",
      extensions: { code: "VARIABLE_NESTING_MAX", variableNestingMax: 100 },
    });
    expect(() => coerce(given(101))).toThrow(refused);
    expect(() => coerce(given(200_000))).toThrow(refused);
  });

  it.each([
    ["in a list", (count: number) => ({ ids: Array.from({ length: count - 1 }, (_, i) => i) })],
    [
      "in an object",
      (count: number) => ({
        anything: Object.fromEntries(Array.from({ length: count - 1 }, (_, i) => [i, 0])),
      }),
    ],
    ["in many lists", (count: number) => ({ anything: Array.from({ length: count - 1 }, () => []) })],
  ])("with too many values %s are refused", (_, given) => {
    expect(coerce(given(100_000)).errors).toBeUndefined();
    expect(() => coerce(given(100_001))).toThrow(
      expect.objectContaining({ code: "VARIABLE_VALUES_MAX", status: 400, audience: "caller" }),
    );
  });

  it("that are short have up to 50 mistakes told, and that there are more", () => {
    const { errors = [] } = coerce({ ids: Array.from({ length: 60 }, () => "x") });
    expect(errors).toHaveLength(51);
    expect(errors.at(-1)?.message).toMatch(/^Too many errors processing variables/);
  });

  it("that are long have one mistake told, and that there are more", () => {
    const { errors = [] } = coerce({ ids: Array.from({ length: 60 }, () => "x".repeat(2_000)) });
    expect(errors.map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /^Variable "\$ids" got .* at "ids\[0\]"; Int cannot represent non-integer value: "x+… \(/,
      ),
      expect.stringContaining("Too many errors"),
    ]);
  });

  it("with unknown fields in a large object are quoted in short", () => {
    const where = Object.fromEntries(Array.from({ length: 90_000 }, (_, i) => [`unknown${i}`, 0]));
    const { errors = [] } = coerce({ where });
    const [first] = errors;
    expect(errors).toHaveLength(2);
    expect(first?.message).toMatch(
      /^Variable "\$where" got invalid value \{.*… \(\d+ characters\) ….*Field "unknown0" is not defined/,
    );
    expect(first?.message.length).toBeLessThan(2_100);
    expect(first?.locations).toEqual([{ line: 1, column: 8 }]);
  });
});
