// The order of scalar values, the same wherever rows are compared: in engines by SQL, elsewhere by this.
import type { ScalarName, ScalarValue } from "./scalar.ts";

/** Below zero where `a` comes first. Both are canonical values of the scalar. */
export function compareScalars(scalar: ScalarName, a: ScalarValue, b: ScalarValue): number {
  switch (scalar) {
    case "Int":
    case "Float":
    case "Boolean":
      return Number(a) - Number(b);
    case "BigInt":
    case "Decimal":
      return compareDecimals(String(a), String(b));
    case "String":
    case "ID":
    case "Date":
      return compareText(String(a), String(b));
    case "DateTime":
    case "LocalDateTime":
      // Without the Z, and `…:05` before `…:05.5`: a point comes after nothing.
      return compareText(String(a).replace("Z", ""), String(b).replace("Z", ""));
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

/** Exactly, whatever their digits. */
function compareDecimals(a: string, b: string): number {
  const [negative, otherNegative] = [a.startsWith("-"), b.startsWith("-")];
  if (negative !== otherNegative) return negative ? -1 : 1;
  return negative ? compareDigits(b.slice(1), a.slice(1)) : compareDigits(a, b);
}

function compareDigits(a: string, b: string): number {
  const [whole = "", fraction = ""] = a.split(".");
  const [otherWhole = "", otherFraction = ""] = b.split(".");
  return (
    whole.length - otherWhole.length || compareText(whole, otherWhole) || compareText(fraction, otherFraction)
  );
}
