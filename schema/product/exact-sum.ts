// Sums, means and variances of exact numbers, one value after another, rounded only at the end.
import { readDecimal, writeDecimal } from "./exact-decimal.ts";
import type { ScalarValue } from "./scalar.ts";

/** units × 10^-scale. */
type Exact = { readonly units: number | bigint; readonly scale: number };

/** More digits than this before or after the point are out of range: a short text may stand for very many. */
const digitsMax = 400;
/** Whole numbers up to here are added as numbers; what is added to one of these is still exact. */
const safeMax = 2 ** 52;

/** A sum of Ints, BigInts and Decimals, however they are spelt. What is no number makes it none. */
export class ExactSum {
  /** What has been added is `#units + #low`, at one scale; `#low` is a safe whole number. */
  #units = 0n;
  #low = 0;
  #scale = 0;
  #isNumber = true;

  add(value: ScalarValue): void {
    this.addExact(readExact(value));
  }

  addExact(exact: Exact | undefined): void {
    if (!exact) {
      this.#isNumber = false;
      return;
    }
    if (exact.scale > this.#scale) this.#rescale(exact.scale);
    const { units } = exact;
    if (exact.scale < this.#scale) this.#units += BigInt(units) * powerOf10(this.#scale - exact.scale);
    else if (typeof units === "bigint") this.#units += units;
    else {
      this.#low += units;
      if (this.#low > safeMax || this.#low < -safeMax) this.#carry();
    }
  }

  #rescale(scale: number): void {
    this.#carry();
    this.#units *= powerOf10(scale - this.#scale);
    this.#scale = scale;
  }

  #carry(): void {
    this.#units += BigInt(this.#low);
    this.#low = 0;
  }

  /** Undefined where something that was added is no number. */
  total(): { readonly units: bigint; readonly scale: number } | undefined {
    return this.#isNumber ? { units: this.#units + BigInt(this.#low), scale: this.#scale } : undefined;
  }

  /** The canonical text; undefined where something that was added is no number. */
  value(): string | undefined {
    const total = this.total();
    return total && textOf(total.units, total.scale);
  }

  /** The sum rounded, then by the count, as ports have it: means that tie there tie here. NaN where something is no number. */
  mean(count: number): number {
    const total = this.total();
    return total ? ratio(total.units, powerOf10(total.scale)) / count : Number.NaN;
  }
}

/** Mean and population variance of Ints, BigInts and Decimals. NaN where something that was added is no number. */
export class ExactMoments {
  #count = 0;
  readonly #sum = new ExactSum();
  readonly #squares = new ExactSum();

  add(value: ScalarValue): void {
    const exact = readExact(value);
    this.#count++;
    this.#sum.addExact(exact);
    this.#squares.addExact(exact && square(exact));
  }

  mean(): number {
    return this.#sum.mean(this.#count);
  }

  variance(): number {
    const [sum, squares] = [this.#sum.total(), this.#squares.total()];
    if (!sum || !squares) return Number.NaN;
    const count = BigInt(this.#count);
    const scale = 2 * sum.scale;
    const aligned = squares.units * powerOf10(scale - squares.scale);
    return ratio(count * aligned - sum.units * sum.units, count * count * powerOf10(scale));
  }
}

/**
 * Population variance of a whole from its parts' counts, sums and variances (Chan, Golub and LeVeque 1979). Differences of
 * means are exact, however large the means are.
 */
export class ExactParts {
  #count = 0;
  #deviations = 0;
  readonly #sum = new ExactSum();

  add(count: number, sum: ScalarValue, variance: number): void {
    const part = new ExactSum();
    part.add(sum);
    if (this.#count > 0) {
      const apart = this.#meansApart(count, part);
      this.#deviations += apart * apart * this.#count * (count / (this.#count + count));
    }
    this.#deviations += count * variance;
    this.#count += count;
    this.#sum.add(sum);
  }

  #meansApart(count: number, part: ExactSum): number {
    const [whole, added] = [this.#sum.total(), part.total()];
    if (!whole || !added) return Number.NaN;
    const scale = Math.max(whole.scale, added.scale);
    const [n, m] = [BigInt(this.#count), BigInt(count)];
    const above =
      added.units * powerOf10(scale - added.scale) * n - whole.units * powerOf10(scale - whole.scale) * m;
    return ratio(above, n * m * powerOf10(scale));
  }

  variance(): number {
    return this.#deviations / this.#count;
  }
}

function square({ units, scale }: Exact): Exact {
  const isSmall = typeof units === "number" && units < 2 ** 26 && units > -(2 ** 26);
  return { units: isSmall ? units * units : BigInt(units) * BigInt(units), scale: 2 * scale };
}

const plainDecimal = /^-?\d+(?:\.(\d+))?$/;

function readExact(value: ScalarValue): Exact | undefined {
  if (typeof value === "number" && Number.isInteger(value) && Math.abs(value) <= safeMax)
    return { units: value, scale: 0 };
  const text = String(value);
  const point = text.indexOf(".");
  if (text.length <= 15 && plainDecimal.test(text)) {
    if (point < 0) return { units: Number(text), scale: 0 };
    const units = Number(text.slice(0, point) + text.slice(point + 1));
    return { units, scale: text.length - point - 1 };
  }
  return readLong(text);
}

function readLong(text: string): Exact | undefined {
  const exact = readDecimal(text);
  if (!exact) return undefined;
  const { negative, digits, magnitude } = exact;
  const scale = digits.length - magnitude;
  if (Math.abs(magnitude) > digitsMax || scale > digitsMax) return undefined;
  const units = BigInt(digits === "" ? 0 : digits) * powerOf10(Math.max(0, -scale));
  return { units: negative ? -units : units, scale: Math.max(0, scale) };
}

function textOf(units: bigint, scale: number): string {
  const negative = units < 0n;
  const written = String(negative ? -units : units);
  const digits = written.replace(/0+$/, "");
  return writeDecimal({ negative, digits, magnitude: digits === "" ? 0 : written.length - scale });
}

const powers: readonly bigint[] = Array.from({ length: 40 }, (_, exponent) => 10n ** BigInt(exponent));

function powerOf10(exponent: number): bigint {
  return powers[exponent] ?? 10n ** BigInt(exponent);
}

/** To some 25 digits, whatever the sizes: equal fractions have one double. */
function ratio(above: bigint, below: bigint): number {
  if (above === 0n) return 0;
  const digits = Math.max(0, 25 - String(above).length + String(below).length);
  return Number(`${(above * powerOf10(digits)) / below}e-${digits}`);
}
