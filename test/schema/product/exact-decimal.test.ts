// Values as others spell them: compared by what they are, and written in one form.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalValue } from "../../../schema/product/canonical-value.ts";
import { compareScalars } from "../../../schema/product/compare-scalars.ts";
import { canonicalDecimal, type ScalarName, type ScalarValue } from "../../../schema/product/scalar.ts";

const digits = (max: number) =>
  fc.array(fc.nat(9), { minLength: 1, maxLength: max }).map((all) => all.join(""));

describe("two spellings of one value", () => {
  it.each<[ScalarName, ScalarValue, ScalarValue, ScalarValue]>([
    ["Decimal", "1.0", "1", "1"],
    ["Decimal", "1e3", "1000", "1000"],
    ["Decimal", "1.50E-2", "0.015", "0.015"],
    ["Decimal", "-.5", "-0.50", "-0.5"],
    ["Decimal", "+7.", "007", "7"],
    ["Decimal", "-0.00", "0e9", "0"],
    ["Decimal", 1.5, "1.50", "1.5"],
    ["Decimal", 1e21, "1000000000000000000000", "1000000000000000000000"],
    ["Decimal", "12e500", "1.2e501", "0.12e502"],
    ["BigInt", "9007199254740993.0", "9007199254740993", "9007199254740993"],
    ["BigInt", 5, "5", "5"],
    ["ID", 5, "5", "5"],
    ["DateTime", "2001-01-31T13:05:00.500Z", "2001-01-31T13:05:00.5Z", "2001-01-31T13:05:00.5Z"],
    ["LocalDateTime", "2001-01-31T13:05:00.000", "2001-01-31T13:05:00", "2001-01-31T13:05:00"],
  ])("%s %s and %s are one", (scalar, one, other, form) => {
    expect(compareScalars(scalar, one, other)).toBe(0);
    expect([canonicalValue(scalar, one), canonicalValue(scalar, other)]).toEqual([form, form]);
  });

  it("are written as ports write them", () => {
    const spelt = fc.tuple(
      fc.constantFrom("", "-"),
      digits(20),
      digits(15),
      fc.integer({ min: -12, max: 12 }),
    );
    fc.assert(
      fc.property(spelt, ([sign, whole, fraction, exponent]) => {
        const text = `${sign}${whole}.${fraction}`;
        const form = canonicalDecimal(text);
        expect(canonicalValue("Decimal", text)).toBe(form);
        // The point moved, and moved back by the exponent.
        const all = whole.padStart(13, "0") + fraction.padEnd(13, "0");
        const point = whole.padStart(13, "0").length - exponent;
        const moved = `${sign}${all.slice(0, point)}.${all.slice(point)}e${exponent}`;
        expect(canonicalValue("Decimal", moved)).toBe(form);
        expect(compareScalars("Decimal", moved, text)).toBe(0);
      }),
    );
  });
});

describe("values that differ", () => {
  it.each<[ScalarName, readonly ScalarValue[]]>([
    [
      "Decimal",
      ["-1e3", "-12", "-3.0", "-2.99", "-0.1", "0.0", "1e-200", "0.09", "00.1", "9", "10.0", "1e9"],
    ],
    ["BigInt", ["-10", "-9", "0", "9", "10.0", "9007199254740992", "9007199254740993"]],
    ["Decimal", ["1e-999999999", "1", "1e999999999", "", "NaN", "about 5"]],
    ["DateTime", ["2001-01-31T13:05:00.000Z", "2001-01-31T13:05:00.001Z", "2001-01-31T13:05:00.1Z"]],
  ])("of %s are in their order: %s", (scalar, ascending) => {
    const shuffled = [...ascending].reverse();
    expect(shuffled.sort((a, b) => compareScalars(scalar, a, b))).toEqual(ascending);
    expect(new Set(ascending.map((value) => canonicalValue(scalar, value))).size).toBe(ascending.length);
  });
});

describe("a text that is no value", () => {
  it.each<[ScalarName, ScalarValue]>([
    ["Decimal", ""],
    ["Decimal", "."],
    ["Decimal", "e5"],
    ["Decimal", "1,5"],
    ["BigInt", "0x10"],
    ["Date", "yesterday"],
    ["Boolean", true],
    ["Int", 0],
    ["String", "1.0"],
  ])("%s %j is left as it is", (scalar, value) => {
    expect(canonicalValue(scalar, value)).toBe(value);
  });

  it("stays as short as it is written, whatever its exponent", () => {
    expect(canonicalValue("Decimal", "1e999999999")).toBe("0.1e1000000000");
    expect(canonicalValue("Decimal", "10e999999998")).toBe("0.1e1000000000");
    expect(canonicalValue("Decimal", "-25e-999999999")).toBe("-0.25e-999999997");
  });
});
