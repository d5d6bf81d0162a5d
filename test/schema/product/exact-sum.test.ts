// Sums of exact numbers against whole-number arithmetic on the same values.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ExactMoments, ExactSum } from "../../../schema/product/exact-sum.ts";

const sumOf = (values: readonly (string | number)[]) => {
  const sum = new ExactSum();
  for (const value of values) sum.add(value);
  return sum.value();
};

describe("an exact sum", () => {
  it("is that of whole numbers of any size, in any order", () => {
    const edges = [2n ** 53n, 2n ** 52n, 2n ** 63n - 1n, 10n ** 15n, 10n ** 16n].flatMap((n) => [
      n,
      -n,
      n + 1n,
      n - 1n,
    ]);
    const value = fc.oneof(fc.bigInt(-(2n ** 63n), 2n ** 63n), fc.bigInt(-9n, 9n), fc.constantFrom(...edges));
    fc.assert(
      fc.property(fc.array(value), (values) => {
        expect(sumOf(values.map(String))).toBe(String(values.reduce((sum, each) => sum + each, 0n)));
      }),
    );
    expect(sumOf(Array.from({ length: 100 }, () => 2 ** 52))).toBe(String(100n * 2n ** 52n));
  });

  it("is that of decimals, each at its own scale and spelt in its own way", () => {
    const decimal = fc.tuple(fc.bigInt(-(10n ** 20n), 10n ** 20n), fc.nat(12));
    fc.assert(
      fc.property(fc.array(decimal, { minLength: 1 }), (values) => {
        const units = values.reduce((sum, [each, scale]) => sum + each * 10n ** BigInt(12 - scale), 0n);
        expect(sumOf(values.map(([each, scale]) => `${each}e-${scale}`))).toBe(sumOf([`${units}e-12`]));
      }),
    );
    expect(sumOf(["0.10", "-.1", "+00.5", "5.e2", "-0"])).toBe("500.5");
  });

  it("is none where a text is no number, or stands for a number of very many digits", () => {
    expect(["NaN", "", "1e", "Infinity", "1e999999", "1e-999999"].map((text) => sumOf([text, "1"]))).toEqual(
      Array(6).fill(undefined),
    );
    expect(new ExactSum().value()).toBe("0");
  });
});

describe("exact moments", () => {
  it("are rounded only at the end, where sums of squares of doubles would have lost all", () => {
    const moments = new ExactMoments();
    for (const value of ["99999999999999999.1", "99999999999999999.3", "99999999999999999.5"])
      moments.add(value);
    expect(moments.mean()).toBe(1e17);
    expect(moments.variance()).toBeCloseTo(0.08 / 3, 15);
  });

  it("of equal values have no variance at all", () => {
    const moments = new ExactMoments();
    for (const value of ["0.1", "0.10", 0.1]) moments.add(value);
    expect([moments.mean(), moments.variance()]).toEqual([0.3 / 3, 0]);
  });
});
