// The version that differences ask for, by Semantic Versioning.
import { majorOf, type VersionStep, versionAfter } from "../product/version.ts";
import type { Change } from "./change.ts";

type Stated = Pick<Change, "kind" | "verdict">;

/** Kinds that add something to ask for. */
const additions = /(added|widened)$/;

/**
 * What the differences alone ask for, whoever uses what: breaking → major; risky, or something new → minor; words →
 * patch. A version 0.y.z promises less: there breaking → minor, all else → patch. Undefined without a difference.
 */
export function stepFor(changes: readonly Stated[], version: string): VersionStep | undefined {
  if (changes.length === 0) return undefined;
  const early = majorOf(version) === 0;
  if (changes.some(({ verdict }) => verdict === "breaking")) return early ? "minor" : "major";
  const larger = changes.some(({ kind, verdict }) => verdict === "risky" || additions.test(kind));
  return larger && !early ? "minor" : "patch";
}

/** The least version that may follow `version` with these differences; itself where there are none. */
export function nextVersion(version: string, changes: readonly Stated[]): string {
  const step = stepFor(changes, version);
  return step === undefined ? version : versionAfter(version, step);
}
