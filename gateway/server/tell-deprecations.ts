// What of an operation is deprecated, for callers who ask: `extensions: { "deprecations": true }`.
import { operating } from "../operation/operation-faults.ts";
import type { Parted } from "../remember/parted.ts";
import { type PreparedUse, usedDeprecations } from "../use/prepared-use.ts";
import { givenText } from "./given-text.ts";

/** @throws operating.DEPRECATIONS_UNKNOWN */
export function readDeprecationsDemand({ deprecations }: Readonly<Record<string, unknown>>): boolean {
  if (deprecations === undefined || deprecations === null) return false;
  if (typeof deprecations !== "boolean")
    throw operating.DEPRECATIONS_UNKNOWN({ given: givenText(deprecations) });
  return deprecations;
}

/** `extensions.deprecations`: [] where it uses nothing that is deprecated. */
export function withDeprecations(
  answer: Parted,
  used: PreparedUse,
  variables: Readonly<Record<string, unknown>>,
): Parted {
  return {
    ...answer,
    extensions: { ...answer.extensions, deprecations: usedDeprecations(used, variables) },
  };
}
