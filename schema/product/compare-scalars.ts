// The order of scalar values, the same wherever rows are compared: in engines by SQL, elsewhere by this.
import { compareDecimals, readDecimal } from "./exact-decimal.ts";
import { canonicalClock, type ScalarName, type ScalarValue } from "./scalar.ts";

/**
 * Below zero where `a` comes first, zero where both are one value, however each is spelt. Texts that are no decimals come
 * after all that are.
 */
export function compareScalars(scalar: ScalarName, a: ScalarValue, b: ScalarValue): number {
  switch (scalar) {
    case "Int":
    case "Float":
    case "Boolean":
      return Number(a) - Number(b);
    case "BigInt":
    case "Decimal":
      return compareDecimalTexts(String(a), String(b));
    case "String":
    case "ID":
    case "Date":
      return compareText(String(a), String(b));
    case "DateTime":
    case "LocalDateTime":
      // Without the Z, and `…:05` before `…:05.5`: a point comes after nothing.
      return compareText(clockOf(a), clockOf(b));
  }
}

/** By Unicode code point. UTF-16 units are in that order but for surrogates, which stand for the highest ones. */
function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const [left, right] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (left === right) continue;
    const isApart = isSurrogate(left) !== isSurrogate(right);
    return isApart ? Number(isSurrogate(left)) - Number(isSurrogate(right)) : left - right;
  }
  return a.length - b.length;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}

function compareDecimalTexts(a: string, b: string): number {
  if (a === b) return 0;
  const [exact, other] = [readDecimal(a), readDecimal(b)];
  if (exact && other) return compareDecimals(exact, other);
  if (!exact && !other) return compareText(a, b);
  return exact ? -1 : 1;
}

function clockOf(value: ScalarValue): string {
  return canonicalClock(String(value)).replace("Z", "");
}
