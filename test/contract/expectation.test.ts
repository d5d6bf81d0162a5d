// What a measure has to be: every operator, and what is known from a part.
import { describe, expect, it } from "vitest";
import { expectationText, holds, holdsFrom, readExpectation } from "../../schema/contract/expectation.ts";

/** An operator, its bound, the values from 0 to 6 that hold, and from which on it is decided. */
const operators: readonly [string, unknown, readonly number[], number, string][] = [
  ["mustBe", 3, [3], 4, "3"],
  ["mustNotBe", 3, [0, 1, 2, 4, 5, 6], 4, "not 3"],
  ["mustBeGreaterThan", 3, [4, 5, 6], 4, "more than 3"],
  ["mustBeGreaterOrEqualTo", 3, [3, 4, 5, 6], 3, "at least 3"],
  ["mustBeLessThan", 3, [0, 1, 2], 3, "less than 3"],
  ["mustBeLessOrEqualTo", 3, [0, 1, 2, 3], 4, "at most 3"],
  ["mustBeBetween", [2, 4], [2, 3, 4], 5, "from 2 to 4"],
  ["mustNotBeBetween", [2, 4], [0, 1, 5, 6], 5, "not from 2 to 4"],
];
const values = [0, 1, 2, 3, 4, 5, 6];

describe.each(operators)("%s", (operator, bound, holding, decided, words) => {
  const expectation = readExpectation({ [operator]: bound });
  if (!expectation) throw new Error(`${operator} is no operator`);

  it("holds for its values", () => {
    expect(values.filter((value) => holds(expectation, value))).toEqual(holding);
  });

  it("is decided by a least value only where each value from there on says the same", () => {
    for (const least of values) {
      const known = holdsFrom(expectation, least);
      expect(known !== undefined).toBe(least >= decided);
      if (known !== undefined)
        for (let value = least; value < least + 5; value++) expect(holds(expectation, value)).toBe(known);
    }
  });

  it("has words", () => {
    expect(expectationText(expectation, "rows")).toBe(words);
    expect(expectationText(expectation, "percent")).toContain("%");
  });
});

it("is none where there is no number", () => {
  expect(readExpectation({ mustBe: "3" })).toBeUndefined();
  expect(readExpectation({ mustBeBetween: [1] })).toBeUndefined();
  expect(readExpectation({})).toBeUndefined();
});
