// What a text of a question may hold: what every engine can compare.
import { asking } from "./asking-faults.ts";

/**
 * Texts only; all else passes. PostgreSQL has no NUL in a text, and half a surrogate pair is no character: it would
 * reach an engine as another one.
 * @throws asking.TEXT_MALFORMED
 */
export function checkText(value: unknown, at: string): void {
  if (typeof value !== "string") return;
  if (value.includes("\0")) throw asking.TEXT_MALFORMED({ at, holds: "NUL (U+0000)" });
  if (/\p{Surrogate}/u.test(value)) throw asking.TEXT_MALFORMED({ at, holds: "half a surrogate pair" });
}
