// How the scalars of the mesh are called in a contract: logical types of the Open Data Contract Standard.
import { isScalarName, type ScalarName } from "../product/scalar.ts";

export type LogicalType =
  | "string"
  | "date"
  | "timestamp"
  | "number"
  | "integer"
  | "object"
  | "array"
  | "boolean";

const logicalTypes: Readonly<Record<ScalarName, LogicalType>> = {
  Int: "integer",
  BigInt: "integer",
  Float: "number",
  Decimal: "number",
  String: "string",
  Boolean: "boolean",
  ID: "string",
  Date: "date",
  DateTime: "timestamp",
  LocalDateTime: "timestamp",
};

/**
 * Enums and foreign scalars are text.
 * @param type - as GraphQL has it, in brackets where it is a list; `isObject` = it has fields
 */
export function logicalTypeOf(type: string, isObject: boolean): LogicalType {
  if (type.startsWith("[")) return "array";
  if (isObject) return "object";
  return isScalarName(type) ? logicalTypes[type] : "string";
}

/** What else the standard can say of a scalar. */
export function logicalTypeOptionsOf(type: string): Readonly<Record<string, unknown>> | undefined {
  if (type === "BigInt") return { format: "i64" };
  if (type === "DateTime") return { timezone: true };
  if (type === "LocalDateTime") return { timezone: false };
  return undefined;
}
