// Order: directions as in PostgreSQL, one term a key; the primary key is always the last tie-break.
import type { Value } from "./value.ts";

export const directions = [
  "asc",
  "desc",
  "asc_nulls_first",
  "asc_nulls_last",
  "desc_nulls_first",
  "desc_nulls_last",
] as const;
export type Direction = (typeof directions)[number];

export type OrderTerm = { readonly by: Value; readonly direction: Direction };

/** `asc` puts nulls last, `desc` first. */
export function directionParts(direction: Direction): { descending: boolean; nullsFirst: boolean } {
  const descending = direction.startsWith("desc");
  return { descending, nullsFirst: direction.endsWith("nulls_first") || direction === "desc" };
}
