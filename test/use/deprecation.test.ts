// The text of a deprecation: what it says to people, and what is read out of it.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Deprecation,
  isCoordinate,
  isDay,
  readDeprecation,
  writeDeprecation,
} from "../../schema/product/deprecation.ts";

describe("the text of a deprecation", () => {
  it.each<[string, Deprecation]>([
    ["", { reason: "" }],
    ["No longer supported", { reason: "No longer supported" }],
    ["Use `Airport.town`.", { replacement: "Airport.town", reason: "" }],
    [
      "Use `Airport.town`. Since 2026-11-21. Ends 2027-06-30. The city is another one.",
      {
        replacement: "Airport.town",
        since: "2026-11-21",
        ends: "2027-06-30",
        reason: "The city is another one.",
      },
    ],
    ["Ends 2027-06-30. Two\nlines.", { ends: "2027-06-30", reason: "Two\nlines." }],
    ["Use town instead.", { reason: "Use town instead." }],
    ["Ends 2027-06-31. No such day.", { reason: "Ends 2027-06-31. No such day." }],
    ["It ends. Ends 2027-06-30.", { reason: "It ends. Ends 2027-06-30." }],
    ["Ends 2027-06-30.Soon.", { reason: "Ends 2027-06-30.Soon." }],
  ])("%j is read", (text, expected) => {
    expect(readDeprecation(text)).toEqual(expected);
  });

  it("is read as it was written", () => {
    const day = fc
      .date({ min: new Date("2000-01-01"), max: new Date("2099-12-31"), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    const deprecation = fc.record(
      {
        replacement: fc.constantFrom("Airport", "Airport.town", "Query.airports(where:)"),
        since: day,
        ends: day,
        reason: fc.stringMatching(/^[a-z][a-z .,]{0,30}$/).map((text) => text.trim()),
      },
      { requiredKeys: ["reason"] },
    );
    fc.assert(
      fc.property(deprecation, (given) => {
        expect(readDeprecation(writeDeprecation(given))).toEqual(given);
      }),
    );
  });

  it.each([
    ["2027-06-30", true],
    ["2028-02-29", true],
    ["2027-02-29", false],
    ["27-06-30", false],
    ["2027-6-30", false],
  ])("%s is a day: %s", (text, expected) => {
    expect(isDay(text)).toBe(expected);
  });

  it.each([
    ["Airport", true],
    ["Airport.town", true],
    ["Query.airports(where:)", true],
    ["airport town", false],
    ["Airport.town()", false],
    ["", false],
  ])("%j is a coordinate: %s", (text, expected) => {
    expect(isCoordinate(text)).toBe(expected);
  });
});
