// A primary key that no row has: known only where all rows are, or where its text can be made up.
import type { ScalarName, ScalarValue } from "../../schema/product/scalar.ts";
import type { Sample } from "./sample.ts";
import type { Subject } from "./subject.ts";

const madeUp: Partial<Record<ScalarName, ScalarValue>> = {
  Int: -2_147_483_001,
  BigInt: "-9223372036854775001",
  String: "no such key \u{1F9F5}",
  ID: "no such key \u{1F9F5}",
};

export function unknownKey({ key }: Subject, { rows }: Sample): readonly ScalarValue[] | undefined {
  const values = key.map(({ scalar }) => madeUp[scalar]);
  const found = values.some((value, i) => value !== undefined && rows.every((row) => row.key[i] !== value));
  const anywhere = values.map((value, i) => value ?? rows[0]?.key[i]);
  return found && anywhere.every((value) => value !== undefined) ? anywhere : undefined;
}
