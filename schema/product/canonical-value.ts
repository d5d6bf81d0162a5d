// Values as subgraphs of others write them, in the one form that our own ports write them in.
import { readDecimal, writeDecimal } from "./exact-decimal.ts";
import { canonicalClock, type ScalarName, type ScalarValue } from "./scalar.ts";

/** Two values of a scalar are equal exactly where their forms are. What is no value of the scalar is left as it is. */
export function canonicalValue(scalar: ScalarName, value: ScalarValue): ScalarValue {
  switch (scalar) {
    case "Int":
    case "Float":
    case "Boolean":
    case "String":
    case "Date":
      return value;
    case "ID":
      return String(value);
    case "BigInt":
    case "Decimal": {
      const exact = readDecimal(String(value));
      return exact ? writeDecimal(exact) : value;
    }
    case "DateTime":
    case "LocalDateTime":
      return canonicalClock(String(value));
  }
}
