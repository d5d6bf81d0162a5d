// The scalars of the surface: which values they take, how they are written, and what can be done with them.
import { strict as assert } from "node:assert";
import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from "graphql";

export const scalarNames = [
  "Int",
  "BigInt",
  "Float",
  "Decimal",
  "String",
  "Boolean",
  "ID",
  "Date",
  "DateTime",
  "LocalDateTime",
] as const;
export type ScalarName = (typeof scalarNames)[number];

/** A value as it stands in a predicate and on the wire: BigInt, Decimal and the times are strings. */
export type ScalarValue = string | number | boolean;

export const buckets = ["year", "quarter", "month", "week", "day", "hour"] as const;
export type Bucket = (typeof buckets)[number];

export type ScalarTraits = {
  readonly numeric: boolean;
  readonly text: boolean;
  /** Has an order: may be compared, sorted, and have a least and a greatest. */
  readonly ordered: boolean;
  /** The type of `sum`, where there is one. */
  readonly sum?: ScalarName;
  /** Calendar buckets it can be grouped by, and the type of each bucket's start. */
  readonly buckets: Partial<Record<Bucket, ScalarName>>;
};

const dayBuckets = { year: "Date", quarter: "Date", month: "Date", week: "Date", day: "Date" } as const;
const plain = { numeric: false, text: false, ordered: true, buckets: {} } as const;

export const scalarTraits: Readonly<Record<ScalarName, ScalarTraits>> = {
  Int: { ...plain, numeric: true, sum: "BigInt" },
  BigInt: { ...plain, numeric: true, sum: "Decimal" },
  Float: { ...plain, numeric: true, sum: "Float" },
  Decimal: { ...plain, numeric: true, sum: "Decimal" },
  String: { ...plain, text: true },
  Boolean: { ...plain, ordered: false },
  ID: { ...plain, text: true },
  Date: { ...plain, buckets: dayBuckets },
  DateTime: { ...plain, buckets: { ...dayBuckets, hour: "DateTime" } },
  LocalDateTime: { ...plain, buckets: { ...dayBuckets, hour: "LocalDateTime" } },
};

/** Is this the name of a scalar that a column may have? */
export function isScalarName(name: string): name is ScalarName {
  return (scalarNames as readonly string[]).includes(name);
}

const clockPattern = String.raw`([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?`;
const datePattern = /^(?!0000)\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const localPattern = new RegExp(`^\\d{4}-\\d\\d-\\d\\dT${clockPattern}$`);
const utcPattern = new RegExp(`^\\d{4}-\\d\\d-\\d\\dT${clockPattern}Z$`);
const decimalPattern = /^-?\d{1,38}(\.\d{1,38})?$/;
const int64Max = 2n ** 63n - 1n;

/** Does the day stand in the (proleptic Gregorian) calendar? `2001-02-29` does not. */
function isCalendarDay(text: string): boolean {
  if (!datePattern.test(text)) return false;
  return new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);
}

function bigIntText(value: unknown): string | undefined {
  if (typeof value === "number" && !Number.isSafeInteger(value)) return undefined;
  if (!/^-?\d{1,19}$/.test(String(value))) return undefined;
  const exact = BigInt(value as string | number);
  return exact <= int64Max && exact >= -int64Max - 1n ? exact.toString() : undefined;
}

/**
 * The canonical text of an exact decimal: no leading zeros, no trailing zeros after the point, no `-0`. It is the
 * one form in which decimals leave a port, whichever engine made them.
 */
export function canonicalDecimal(text: string): string {
  const parts = /^(-?)0*(\d+)(?:\.(\d*?)0*)?$/.exec(text);
  assert(parts, `${text} is a decimal`);
  const [, sign = "", whole = "", fraction = ""] = parts;
  const digits = fraction === "" ? whole : `${whole}.${fraction}`;
  return digits === "0" ? "0" : `${sign}${digits}`;
}

/** A number of more than 15 digits may have been rounded on its way here, so it is no exact decimal. */
function decimalText(value: unknown): string | undefined {
  const text = String(value);
  const digitsMax = typeof value === "number" ? 15 : 38;
  const digits = text.replace(/^-?0*|\./g, "").length;
  return decimalPattern.test(text) && digits <= digitsMax ? canonicalDecimal(text) : undefined;
}

/** The canonical text of a timestamp: a fraction only where it is not zero, and no trailing zeros in it. */
export function canonicalClock(text: string): string {
  return text.replace(/\.(\d*?)0+(?=Z?$)/, (_, kept: string) => (kept === "" ? "" : `.${kept}`));
}

type Reading = { readonly description: string; readonly read: (value: unknown) => string | undefined };

const readings: Readonly<Record<"BigInt" | "Decimal" | "Date" | "DateTime" | "LocalDateTime", Reading>> = {
  BigInt: {
    description: 'A whole number of 64 bits, written as a string: `"9007199254740993"`.',
    read: bigIntText,
  },
  Decimal: {
    description: 'An exact decimal of at most 38 digits, written as a string: `"12.50"`.',
    read: decimalText,
  },
  Date: {
    description: "A day of the calendar, ISO 8601: `2001-01-31`.",
    read: (value) => (isCalendarDay(String(value)) ? String(value) : undefined),
  },
  DateTime: {
    description: "A point in time, ISO 8601 in UTC: `2001-01-31T13:05:00Z`, at most microseconds.",
    read: (value) => clockText(value, utcPattern),
  },
  LocalDateTime: {
    description:
      "A time on a local clock, ISO 8601 without a zone: `2001-01-31T13:05:00`, at most microseconds.",
    read: (value) => clockText(value, localPattern),
  },
};

function clockText(value: unknown, pattern: RegExp): string | undefined {
  const text = String(value);
  return pattern.test(text) && isCalendarDay(text.slice(0, 10)) ? canonicalClock(text) : undefined;
}

function graphqlScalar(name: keyof typeof readings): GraphQLScalarType<string, string> {
  const { description, read } = readings[name];
  const numeric = name === "BigInt" || name === "Decimal";
  const refuse = (shown: string) =>
    new GraphQLError(`${name} cannot represent ${shown}. ${description}`, {
      extensions: { code: "BAD_USER_INPUT" },
    });
  const parseValue = (value: unknown): string => {
    const accepted = typeof value === "string" || (numeric && typeof value === "number");
    const text = accepted ? read(value) : undefined;
    if (text === undefined) throw refuse(JSON.stringify(value) ?? String(value));
    return text;
  };
  return new GraphQLScalarType<string, string>({
    name,
    description,
    serialize: (value) => String(value),
    parseValue,
    parseLiteral: (node: ValueNode) => {
      const accepted =
        node.kind === Kind.STRING || (numeric && (node.kind === Kind.INT || node.kind === Kind.FLOAT));
      const text = accepted ? read(node.value) : undefined;
      if (text === undefined) throw refuse("value" in node ? JSON.stringify(node.value) : node.kind);
      return text;
    },
  });
}

/** The scalars that GraphQL itself does not have. Inputs are checked and made canonical; outputs pass as they are. */
export const meshScalars: Readonly<Record<string, GraphQLScalarType>> = Object.fromEntries(
  (Object.keys(readings) as (keyof typeof readings)[]).map((name) => [name, graphqlScalar(name)]),
);
