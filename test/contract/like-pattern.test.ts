// Regular expressions as patterns of `_like`: what can be said takes the same texts.
import fc from "fast-check";
import { expect, it } from "vitest";
import { likePattern } from "../../schema/contract/like-pattern.ts";

it.each<[string, string | undefined]>([
  ["^..$", "__"],
  ["^A-.*$", "A-%"],
  ["A", "%A%"],
  ["^.+@.+$", "_%@_%"],
  ["^.{3}$", "___"],
  ["", "%%"],
  ["^$", ""],
  ["^100%_\\.$", "100\\%\\_."],
  ["^a\\\\$", "a\\\\"],
  ["^a\\$", "a$%"],
  ["^é😀.$", "é😀_"],
  ["^[A-Z]{2}$", undefined],
  ["^a+$", undefined],
  ["^a?$", undefined],
  ["^.?$", undefined],
  ["^.*?$", undefined],
  ["^.{1,2}$", undefined],
  ["^(a|b)$", undefined],
  ["a|b", undefined],
  ["^\\d$", undefined],
  ["^\\bA$", undefined],
  ["a^b", undefined],
  ["a$b", undefined],
])("%s", (expression, pattern) => {
  expect(likePattern(expression)).toBe(pattern);
});

/** `_like` by the letter: `%` any text, `_` any character. */
function isLike(text: string, pattern: string): boolean {
  const parts = [...pattern.matchAll(/\\(.)|([%_])|([^\\%_])/gsu)].map(([, escaped, wild, plain]) =>
    wild === "%"
      ? "[\\s\\S]*"
      : wild === "_"
        ? "[\\s\\S]"
        : (escaped ?? plain ?? "").replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"),
  );
  return new RegExp(`^${parts.join("")}$`, "u").test(text);
}

it("takes the texts that the expression takes", () => {
  const part = fc.constantFrom(".", ".*", ".+", ".{2}", "a", "b", "%", "_", "\\.", "\\\\", "\\$", "-", "é");
  const expressions = fc
    .tuple(fc.boolean(), fc.array(part, { maxLength: 6 }), fc.boolean())
    .map(([start, parts, end]) => `${start ? "^" : ""}${parts.join("")}${end ? "$" : ""}`);
  const texts = fc.string({
    unit: fc.constantFrom("a", "b", "%", "_", ".", "\\", "$", "-", "é"),
    maxLength: 8,
  });
  fc.assert(
    fc.property(expressions, texts, (expression, text) => {
      const pattern = likePattern(expression);
      expect(pattern).toBeDefined();
      expect(isLike(text, pattern as string)).toBe(new RegExp(expression, "u").test(text));
    }),
    { numRuns: 3_000 },
  );
});
