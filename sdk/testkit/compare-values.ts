// The order of values: text by code point, whole numbers and decimals exactly, times by the microsecond.
import { strict as assert } from "node:assert";
import { compareDecimals, readDecimal } from "../../schema/product/exact-decimal.ts";
import type { ScalarName, ScalarValue } from "../../schema/product/scalar.ts";

/** Below zero where `a` comes first. */
export function compareValues(scalar: ScalarName, a: ScalarValue, b: ScalarValue): number {
  switch (scalar) {
    case "Int":
    case "Float":
      return Math.sign(Number(a) - Number(b)) || 0;
    case "Boolean":
      return Number(a) - Number(b);
    case "BigInt":
    case "Decimal":
      return compareNumbers(String(a), String(b));
    case "String":
    case "ID":
      return compareText(String(a), String(b));
    case "Date":
      return compareText(String(a), String(b));
    case "DateTime":
    case "LocalDateTime":
      return compareText(clockDigits(String(a)), clockDigits(String(b)));
  }
}

function compareNumbers(a: string, b: string): number {
  const [left, right] = [readDecimal(a), readDecimal(b)];
  assert(left && right, `${a} and ${b} are decimals`);
  return compareDecimals(left, right);
}

/** By code point: in UTF-16 a surrogate would come before `～`. */
function compareText(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const apart = (left[i]?.codePointAt(0) ?? 0) - (right[i]?.codePointAt(0) ?? 0);
    if (apart !== 0) return apart;
  }
  return left.length - right.length;
}

function clockDigits(text: string): string {
  const [seconds = "", fraction = ""] = text.replace("Z", "").split(".");
  return `${seconds}.${fraction.padEnd(6, "0")}`;
}
