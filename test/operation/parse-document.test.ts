// Parsing: what the text itself is limited to, before and while it is read.
import { GraphQLError } from "graphql";
import { describe, expect, it } from "vitest";
import { parsingFault } from "../../gateway/operation/parse-document.ts";
import { limits } from "./support/limits.ts";
import { parseWithin } from "./support/parse-within.ts";
import { many, nested } from "./support/write.ts";

const small = { ...limits, charactersMax: 100, linesMax: 5, tokensMax: 10 };

/** The fault's code, or `undefined` for a document. */
function refusal(text: string, bounds: typeof limits = limits): string | undefined {
  try {
    parseWithin(text, bounds);
    return undefined;
  } catch (fault) {
    return (fault as { code: string }).code;
  }
}

describe("a text", () => {
  it("becomes a document", () => {
    expect(parseWithin("{ a }", limits).definitions).toHaveLength(1);
  });

  it("with a mistake keeps the parser's own words and place", () => {
    expect(() => parseWithin("{\n a(", limits)).toThrow(GraphQLError);
    expect(() => parseWithin("{\n a(", limits)).toThrow(
      expect.objectContaining({
        message: "Syntax Error: Expected Name, found <EOF>.",
        locations: [{ line: 2, column: 4 }],
      }),
    );
  });

  it.each([
    ["characters", "CHARACTERS_MAX", `{ a }${" ".repeat(95)}`, `{ a }${" ".repeat(96)}`],
    ["lines that end in LF", "LINES_MAX", `\n\n\n\n{ a }`, `\n\n\n\n\n{ a }`],
    ["lines that end in CR", "LINES_MAX", `\r\r\r\r{ a }`, `\r\r\r\r\r{ a }`],
    ["lines that end in both", "LINES_MAX", `\r\n\r\n\r\n\r\n{ a }`, `\r\n\r\n\r\n\r\n\r\n{ a }`],
    ["comments", "LINES_MAX", `${"#\n".repeat(4)}{ a }`, `${"#\n".repeat(5)}{ a }`],
    ["tokens", "TOKENS_MAX", `{ ${"a ".repeat(8)}}`, `{ ${"a ".repeat(9)}}`],
  ])("of too many %s is refused: %s", (_, code, allowed, refused) => {
    expect(refusal(allowed, small)).toBeUndefined();
    expect(refusal(refused, small)).toBe(code);
  });

  it.each([
    ["fields", nested(6_600, "{ a", "")],
    ["inline fragments", nested(4_000, "{ ... ", "{ s }")],
    ["lists", `{ n(l: ${nested(9_900, "[", "", "]")}) }`],
    ["input objects", `{ n(x: ${nested(4_900, "{ x: ", "{}")}) }`],
    ["types of a variable", `query ($l: ${nested(9_900, "[", "Int", "]")}) { s }`],
  ])("too deep for the parser's stack is refused: %s", (_, text) => {
    expect(() => parseWithin(text, limits)).toThrow(
      expect.objectContaining({ code: "NESTING_MAX", status: 400, audience: "caller" }),
    );
  });

  it("too deep is refused where the parser's error comes wrapped", () => {
    const wrapped = new GraphQLError("x", {
      originalError: new RangeError("Maximum call stack size exceeded"),
    });
    expect(parsingFault(wrapped, limits)).toMatchObject({ code: "NESTING_MAX", status: 400 });
    expect(parsingFault(new GraphQLError("Syntax Error"), limits)).toBeUndefined();
  });

  it("is read no further than its tokens", () => {
    const tokens = many(100_000, () => "a");
    expect(refusal(`{ ${tokens} ?`)).toBe("TOKENS_MAX");
  });
});
