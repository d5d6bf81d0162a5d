// Primary keys that no row has: known only where all rows are, or where their text can be made up.
import type { ScalarName, ScalarValue } from "../../schema/product/scalar.ts";
import type { Sample } from "./sample.ts";
import type { Subject } from "./subject.ts";

const madeUp: Partial<Record<ScalarName, (i: number) => ScalarValue>> = {
  Int: (i) => -2_147_483_001 + i,
  BigInt: (i) => String(-9_223_372_036_854_775_001n + BigInt(i)),
  String: (i) => `no such key \u{1F9F5}${i || ""}`,
  ID: (i) => `no such key \u{1F9F5}${i || ""}`,
};

export function unknownKey(subject: Subject, sample: Sample): readonly ScalarValue[] | undefined {
  return unknownKeys(subject, sample, 1)[0];
}

/** `count` different keys, or none where they cannot be made up. */
export function unknownKeys(
  { key }: Subject,
  { rows }: Sample,
  count: number,
): readonly (readonly ScalarValue[])[] {
  const makers = key.map(({ scalar }) => madeUp[scalar]);
  const taken = makers.map((_, at) => new Set(rows.map((row) => row.key[at])));
  const keys = Array.from({ length: count }, (_, i) =>
    makers.map((maker, at) => maker?.(i) ?? rows[0]?.key[at]),
  );
  const isUnknown = (values: (typeof keys)[number]) =>
    values.some((value, at) => makers[at] && !taken[at]?.has(value as ScalarValue)) &&
    values.every((value) => value !== undefined);
  return keys.every(isUnknown) ? (keys as ScalarValue[][]) : [];
}
