// Values read once and compared often: the order of `compareScalars` without reading a decimal's text at every step.
import { compareScalars } from "../../../schema/product/compare-scalars.ts";
import { compareDecimals, type ExactDecimal, readDecimal } from "../../../schema/product/exact-decimal.ts";
import { canonicalClock, type ScalarName, type ScalarValue } from "../../../schema/product/scalar.ts";

/** What a value is compared by. */
export type Sortable = ScalarValue | ExactDecimal;

export type Ordering = {
  readonly of: (value: ScalarValue) => Sortable;
  /** Below zero where `a` comes first. */
  readonly compare: (a: Sortable, b: Sortable) => number;
};

export function orderingOf(scalar: ScalarName): Ordering {
  switch (scalar) {
    case "Int":
    case "Float":
    case "Boolean":
      return { of: Number, compare: (a, b) => Number(a) - Number(b) };
    case "BigInt":
    case "Decimal":
      return { of: readNumber, compare: compareNumbers };
    case "String":
    case "ID":
    case "Date":
      return { of: String, compare: compareTexts };
    case "DateTime":
    case "LocalDateTime":
      // Without the Z, so that `…:05` comes before `…:05.5`.
      return { of: (value) => canonicalClock(String(value)).replace("Z", ""), compare: compareTexts };
  }
}

const plainDecimal = /^-?\d+(\.\d+)?$/;
/** Of so few digits no two decimals have one double. */
const exactDigits = 15;

/** A number where it is exact, else its digits; what is no number stays a text. */
function readNumber(value: ScalarValue): Sortable {
  const text = String(value);
  if (text.length <= exactDigits && plainDecimal.test(text)) return Number(text);
  return readDecimal(text) ?? text;
}

function compareNumbers(a: Sortable, b: Sortable): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  const [left, right] = [exactOf(a), exactOf(b)];
  if (typeof left === "object" && typeof right === "object") return compareDecimals(left, right);
  if (typeof left !== "object" && typeof right !== "object") return compareTexts(left, right);
  return typeof left === "object" ? -1 : 1;
}

function exactOf(value: Sortable): Sortable {
  return typeof value === "number" ? (readDecimal(String(value)) ?? value) : value;
}

function compareTexts(a: Sortable, b: Sortable): number {
  return compareScalars("String", a as string, b as string);
}
