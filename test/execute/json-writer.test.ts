// The JSON that is written by hand, against the runtime's own.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  beginWriting,
  openJsonWriter,
  repeatWritten,
  takeWritten,
  writeByte,
  writeBytes,
  writeString,
  writeValue,
} from "../../gateway/execute/json-writer.ts";

const out = openJsonWriter();
const written = (value: unknown): string => {
  writeValue(out, value);
  return takeWritten(out).toString();
};

describe("a written value", () => {
  it.each<[string, unknown]>([
    ["a text", "plain text ~"],
    ["an empty text", ""],
    ["a quote", 'a"b'],
    ["a backslash", "a\\b"],
    ["a control character", "a\u0000\u001f\n"],
    ["the last control character", "\u007f"],
    ["Latin letters", "é"],
    ["letters of three bytes", "～".repeat(100)],
    ["a pair of surrogates", "😀"],
    ["half a pair", "\ud800"],
    ["a text of 256", "x".repeat(256)],
    ["a text of 257", "x".repeat(257)],
    ["a long text of three bytes a letter", "～".repeat(300_000)],
    ["numbers", [0, -0, 1e21, 1e-7, 5e-324, 9007199254740991, -1.5]],
    ["a large number", 1e21],
    ["a negative zero", -0],
    ["true", true],
    ["false", false],
    ["null", null],
    ["JSON with a key __proto__", JSON.parse('{"__proto__":[null,{"a":"é"}]}')],
  ])("is what JSON.stringify makes of it: %s", (_, value) => {
    expect(written(value) === JSON.stringify(value)).toBe(true);
  });

  it("is what JSON.stringify makes of it, whatever it is and whatever was written before", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.string({ unit: "grapheme-ascii" }),
    );
    const value = fc.oneof(text, fc.double({ noNaN: true }), fc.jsonValue());
    fc.assert(
      fc.property(fc.array(value, { maxLength: 20 }), (values) => {
        for (const each of values) {
          writeValue(out, each);
          writeByte(out, 0x2c);
        }
        expect(takeWritten(out).toString()).toBe(values.map((each) => `${JSON.stringify(each)},`).join(""));
      }),
      { seed: 20261121, numRuns: 1_000 },
    );
  });

  it("stays as it was taken, although the memory is used again", () => {
    writeString(out, "first");
    const first = takeWritten(out);
    writeString(out, "other");
    takeWritten(out);
    expect(first.toString()).toBe('"first"');
  });

  it("is whole however often memory has to grow, and short ones are right after it", () => {
    const small = openJsonWriter();
    const count = 300_000;
    for (let i = 0; i < count; i++) writeBytes(small, Buffer.from(`${i % 10}`));
    expect(takeWritten(small).toString()).toBe("0123456789".repeat(count / 10));
    writeString(small, "x");
    expect(takeWritten(small).toString()).toBe('"x"');
  });

  it("stays as it was taken where it is much, whatever is written after it and however much was expected", () => {
    const writer = openJsonWriter();
    const texts = [20_000, 90_000, 10, 600_000, 17_000, 2_000_000, 40_000, 200_000, 200_000, 200_000];
    for (const expected of [0, 100_000, 3_000_000]) {
      const taken = texts.map((length, i) => {
        beginWriting(writer, expected);
        for (let at = 0; at < length; at += 10) writeBytes(writer, Buffer.from(`${i}`.repeat(10)));
        return takeWritten(writer);
      });
      taken.forEach((each, i) => {
        expect(each.equals(Buffer.alloc(texts[i] as number, `${i}`))).toBe(true);
      });
    }
  });

  it("loses what was begun before and not taken", () => {
    const writer = openJsonWriter();
    writeString(writer, "x".repeat(30_000));
    takeWritten(writer);
    writeString(writer, "given up");
    beginWriting(writer, 0);
    writeString(writer, "kept");
    expect(takeWritten(writer).toString()).toBe('"kept"');
  });

  it("is repeated from where it stands, also where memory has to grow for it", () => {
    const writer = openJsonWriter();
    writeString(writer, "x".repeat(50_000));
    takeWritten(writer);
    const from = writer.at;
    for (let i = 0; i < 100; i++) writeString(writer, `text ${i}`);
    const to = writer.at;
    const once = [...Array(100).keys()].map((i) => `"text ${i}"`).join("");
    for (let i = 0; i < 1_000; i++) repeatWritten(writer, from, to);
    expect(takeWritten(writer).toString()).toBe(once.repeat(1_001));
  });

  it.each([
    0, 1, -1, 9, 10, 99, 100, 2_147_483_647, -2_147_483_648, 2_147_483_648, -0, 1_000_000_000,
  ])("has the digits of %d", (value) => {
    expect(written(value)).toBe(JSON.stringify(value));
  });

  it("can be taken back", () => {
    writeString(out, "kept");
    const { at } = out;
    writeString(out, "～".repeat(100));
    out.at = at;
    writeString(out, "more");
    expect(takeWritten(out).toString()).toBe('"kept""more"');
  });
});
