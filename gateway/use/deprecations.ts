// What a caller is told of the deprecated things that its operation uses.
import { readDeprecation } from "../../schema/product/deprecation.ts";
import type { DeprecatedUse } from "../federation/planning/operation-use.ts";

/** An entry of `extensions.deprecations`. */
export type UsedDeprecation = {
  /** Schema coordinate, such as `Airport.city`. */
  readonly coordinate: string;
  /** As the schema gives it. */
  readonly reason: string;
  /** Days, such as `2027-06-30`; null where none is named. */
  readonly since: string | null;
  /** From this day on it may be gone. */
  readonly ends: string | null;
  /** The coordinate of what takes its place. */
  readonly replacement: string | null;
};

export function asDeprecation({ coordinate, reason }: DeprecatedUse): UsedDeprecation {
  const { since = null, ends = null, replacement = null } = readDeprecation(reason);
  return { coordinate, reason, since, ends, replacement };
}

/**
 * `Deprecation` (RFC 9745) with the earliest day since which something is deprecated, and `Sunset` (RFC 8594) with the first
 * on which something may be gone. One of which no day is known has been deprecated from the beginning of time.
 * @returns undefined where nothing is deprecated
 */
export function deprecationHeaders(
  deprecations: readonly UsedDeprecation[],
): Readonly<Record<string, string>> | undefined {
  if (deprecations.length === 0) return undefined;
  const [since = "1970-01-01"] = deprecations.flatMap((each) => each.since ?? []).sort();
  const [ends] = deprecations.flatMap((each) => each.ends ?? []).sort();
  return {
    deprecation: `@${Date.parse(since) / 1000}`,
    ...(ends !== undefined && { sunset: new Date(ends).toUTCString() }),
  };
}
