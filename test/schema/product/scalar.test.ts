// The scalars: which values they take, and the one canonical form in which they leave.
import { GraphQLError, parseValue } from "graphql";
import { describe, expect, it } from "vitest";
import {
  canonicalClock,
  canonicalDecimal,
  isScalarName,
  meshScalars,
  scalarNames,
  scalarTraits,
} from "../../../schema/product/scalar.ts";

const scalar = (name: string) => meshScalars[name] as NonNullable<(typeof meshScalars)[string]>;

describe("a variable", () => {
  it.each([
    ["BigInt", "9007199254740993", "9007199254740993"],
    ["BigInt", "9223372036854775807", "9223372036854775807"],
    ["BigInt", "-9223372036854775808", "-9223372036854775808"],
    ["BigInt", "007", "7"],
    ["BigInt", "-0", "0"],
    ["BigInt", 9007199254740991, "9007199254740991"],
    ["BigInt", -5, "-5"],
    ["Decimal", "12.50", "12.5"],
    ["Decimal", "0012.50", "12.5"],
    ["Decimal", "12.00", "12"],
    ["Decimal", "100", "100"],
    ["Decimal", "0.00", "0"],
    ["Decimal", "-0.0", "0"],
    ["Decimal", "-0.50", "-0.5"],
    ["Decimal", "12345678901234567890123456789012345678", "12345678901234567890123456789012345678"],
    ["Decimal", 0.25, "0.25"],
    ["Decimal", 5, "5"],
    ["Decimal", "0.12345678901234567890123456789012345678", "0.12345678901234567890123456789012345678"],
    ["Date", "2001-01-31", "2001-01-31"],
    ["Date", "2000-02-29", "2000-02-29"],
    ["Date", "0001-01-01", "0001-01-01"],
    ["Date", "9999-12-31", "9999-12-31"],
    ["DateTime", "2001-01-31T13:05:00Z", "2001-01-31T13:05:00Z"],
    ["DateTime", "2001-01-31T13:05:00.000Z", "2001-01-31T13:05:00Z"],
    ["DateTime", "2001-01-31T13:05:00.120Z", "2001-01-31T13:05:00.12Z"],
    ["DateTime", "2001-01-31T13:05:00.123456Z", "2001-01-31T13:05:00.123456Z"],
    ["LocalDateTime", "2001-01-31T13:05:00", "2001-01-31T13:05:00"],
    ["LocalDateTime", "2001-01-31T13:05:00.500000", "2001-01-31T13:05:00.5"],
  ])("of the type %s may be %j and is read as %s", (name, value, text) => {
    expect(scalar(name).parseValue(value)).toBe(text);
  });

  it.each([
    ["BigInt", "9223372036854775808"],
    ["BigInt", "-9223372036854775809"],
    ["BigInt", 2 ** 53],
    ["BigInt", 1e21],
    ["BigInt", 1.5],
    ["BigInt", "1.0"],
    ["BigInt", "1e3"],
    ["BigInt", "+1"],
    ["BigInt", " 1"],
    ["BigInt", "1\n"],
    ["BigInt", "0x10"],
    ["BigInt", ""],
    ["BigInt", true],
    ["BigInt", null],
    ["BigInt", ["5"]],
    ["Decimal", "123456789012345678901234567890123456789"],
    ["Decimal", ".5"],
    ["Decimal", "1."],
    ["Decimal", "1e5"],
    ["Decimal", 1e21],
    ["Decimal", 9007199254740992],
    ["Decimal", 0.1234567890123456],
    ["Decimal", "NaN"],
    ["Decimal", "Infinity"],
    ["Decimal", "1,5"],
    ["Decimal", "1\n"],
    ["Decimal", ["5"]],
    ["Date", "2001-02-29"],
    ["Date", "1900-02-29"],
    ["Date", "2001-04-31"],
    ["Date", "2001-13-01"],
    ["Date", "0000-01-01"],
    ["Date", "2001-1-1"],
    ["Date", "2001-01-31T00:00:00Z"],
    ["Date", "2001-01-31\n"],
    ["Date", 20010131],
    ["DateTime", "2001-01-31T13:05:00"],
    ["DateTime", "2001-01-31T13:05:00+00:00"],
    ["DateTime", "2001-01-31T13:05:00z"],
    ["DateTime", "2001-01-31 13:05:00Z"],
    ["DateTime", "2001-01-31T13:05Z"],
    ["DateTime", "2001-01-31T24:00:00Z"],
    ["DateTime", "2001-01-31T23:59:60Z"],
    ["DateTime", "2001-01-31T13:05:00.1234567Z"],
    ["DateTime", "2001-02-30T13:05:00Z"],
    ["DateTime", 980946300],
    ["LocalDateTime", "2001-01-31T13:05:00Z"],
    ["LocalDateTime", "2001-01-31T13:05:00+01:00"],
    ["LocalDateTime", "2001-02-29T13:05:00"],
  ])("of the type %s may not be %j", (name, value) => {
    const read = () => scalar(name).parseValue(value);
    expect(read).toThrow(GraphQLError);
    expect(read).toThrow(`${name} cannot represent ${JSON.stringify(value)}`);
  });

  it("that is refused is the caller's mistake", () => {
    const read = () => scalar("Date").parseValue("tomorrow");
    expect(read).toThrow(expect.objectContaining({ extensions: { code: "BAD_USER_INPUT" } }));
  });
});

describe("a literal", () => {
  it.each([
    ["BigInt", "9007199254740993", "9007199254740993"],
    ["BigInt", '"12"', "12"],
    ["Decimal", "12345678901234567890.50", "12345678901234567890.5"],
    ["Decimal", "7", "7"],
    ["Date", '"2001-01-31"', "2001-01-31"],
    ["LocalDateTime", '"""2001-01-31T13:05:00"""', "2001-01-31T13:05:00"],
  ])("of the type %s may be written %s and keeps every digit", (name, literal, text) => {
    expect(scalar(name).parseLiteral(parseValue(literal))).toBe(text);
  });

  it.each([
    ["BigInt", "1.5"],
    ["BigInt", "1e3"],
    ["BigInt", "true"],
    ["BigInt", "[1]"],
    ["Decimal", "1e3"],
    ["Decimal", "{ a: 1 }"],
    ["Date", "20010131"],
    ["Date", "TODAY"],
    ["DateTime", "980946300"],
  ])("of the type %s may not be written %s", (name, literal) => {
    expect(() => scalar(name).parseLiteral(parseValue(literal))).toThrow(`${name} cannot represent`);
  });
});

describe("the canonical form", () => {
  it.each([
    ["0", "0"],
    ["-0.000", "0"],
    ["000", "0"],
    ["0.10", "0.1"],
    ["-00.50", "-0.5"],
    ["1000", "1000"],
    ["1000.000", "1000"],
    ["1.", "1"],
  ])("of the decimal %s is %s", (text, canonical) => {
    expect(canonicalDecimal(text)).toBe(canonical);
  });

  it.each([
    ["2001-01-31T13:05:00.100Z", "2001-01-31T13:05:00.1Z"],
    ["2001-01-31T13:05:00.000000", "2001-01-31T13:05:00"],
    ["2001-01-31T13:05:00.010", "2001-01-31T13:05:00.01"],
    ["2001-01-31T13:05:10Z", "2001-01-31T13:05:10Z"],
  ])("of the time %s is %s", (text, canonical) => {
    expect(canonicalClock(text)).toBe(canonical);
  });

  it.each(Object.keys(meshScalars))("of %s is left as it is on the way out", (name) => {
    expect(scalar(name).serialize("2001-01-31T13:05:00.10Z")).toBe("2001-01-31T13:05:00.10Z");
  });
});

describe("the traits", () => {
  it.each([
    ["Int", "BigInt"],
    ["BigInt", "Decimal"],
    ["Decimal", "Decimal"],
    ["Float", "Float"],
    ["String", undefined],
    ["Date", undefined],
  ] as const)("say that a sum of %s is %s", (name, sum) => {
    expect(scalarTraits[name].sum).toBe(sum);
  });

  it("give every scalar but Boolean an order", () => {
    expect(scalarNames.filter((name) => !scalarTraits[name].ordered)).toEqual(["Boolean"]);
  });

  it("give hours to timestamps alone, and to nothing but times any bucket", () => {
    const withBuckets = scalarNames.filter((name) => Object.keys(scalarTraits[name].buckets).length > 0);
    expect(withBuckets).toEqual(["Date", "DateTime", "LocalDateTime"]);
    expect(withBuckets.map((name) => scalarTraits[name].buckets.hour)).toEqual([
      undefined,
      "DateTime",
      "LocalDateTime",
    ]);
  });

  it("name the scalars of the mesh and no others", () => {
    expect(["Int", "ID", "LocalDateTime"].every(isScalarName)).toBe(true);
    expect(["int", "JSON", "", "toString"].some(isScalarName)).toBe(false);
  });
});
