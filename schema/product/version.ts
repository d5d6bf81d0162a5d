// Semantic versions of ports. The only importer of semver.
import semver from "semver";

export type VersionStep = "major" | "minor" | "patch";

const charactersMax = 64;

/** Is it a semantic version as it is written by itself: `1.4.0`, not `v1.4`? */
export function isVersion(text: string): boolean {
  return text.length <= charactersMax && semver.valid(text) === text;
}

/** The highest first. */
export function highestFirst(versions: readonly string[]): readonly string[] {
  return semver.rsort([...versions]);
}

/** Is it the same version, or a later one? */
export function isAtLeast(version: string, least: string): boolean {
  return semver.gte(version, least);
}

/** The version after a step; of a prerelease, the release itself where that is step enough. */
export function versionAfter(version: string, step: VersionStep): string {
  return semver.inc(version, step) ?? version;
}

/** 0 for versions that promise nothing yet. */
export function majorOf(version: string): number {
  return semver.major(version);
}
