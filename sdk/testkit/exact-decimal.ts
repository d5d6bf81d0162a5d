// Decimals as whole numbers of their last place: sums and comparisons without rounding.
import { canonicalDecimal } from "../../schema/product/scalar.ts";

type Exact = { readonly units: bigint; readonly scale: number };

function exactOf(text: string): Exact {
  const [whole = "0", fraction = ""] = text.split(".");
  return { units: BigInt(whole + fraction), scale: fraction.length };
}

function unitsAt({ units, scale }: Exact, wanted: number): bigint {
  return units * 10n ** BigInt(wanted - scale);
}

/** Below zero where `a` is less. Texts are decimals without an exponent. */
export function compareDecimals(a: string, b: string): number {
  const [left, right] = [exactOf(a), exactOf(b)];
  const scale = Math.max(left.scale, right.scale);
  const apart = unitsAt(left, scale) - unitsAt(right, scale);
  return apart < 0n ? -1 : apart > 0n ? 1 : 0;
}

/** All values at one scale. */
function aligned(texts: readonly string[]): { readonly units: readonly bigint[]; readonly scale: number } {
  const exact = texts.map(exactOf);
  const scale = Math.max(0, ...exact.map((each) => each.scale));
  return { units: exact.map((each) => unitsAt(each, scale)), scale };
}

/** The canonical text of the sum. */
export function sumOf(texts: readonly string[]): string {
  const { units, scale } = aligned(texts);
  return decimalText(
    units.reduce((sum, each) => sum + each, 0n),
    scale,
  );
}

function decimalText(units: bigint, scale: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, "0");
  const whole = digits.slice(0, digits.length - scale);
  const text = scale === 0 ? whole : `${whole}.${digits.slice(-scale)}`;
  return canonicalDecimal(units < 0n ? `-${text}` : text);
}

/** Mean and population variance of at least one value, rounded only at the end. */
export function momentsOf(texts: readonly string[]): { readonly mean: number; readonly variance: number } {
  const { units, scale } = aligned(texts);
  const count = BigInt(units.length);
  const sum = units.reduce((total, each) => total + each, 0n);
  const squares = units.reduce((total, each) => total + each * each, 0n);
  const one = 10n ** BigInt(scale);
  return {
    mean: ratio(sum, count * one),
    variance: ratio(count * squares - sum * sum, count * count * one * one),
  };
}

/** To some 20 digits, whatever the sizes. */
function ratio(above: bigint, below: bigint): number {
  const digits = Math.max(0, 25 - above.toString().length + below.toString().length);
  return Number(`${(above * 10n ** BigInt(digits)) / below}e-${digits}`);
}
