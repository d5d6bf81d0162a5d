// A law of the mesh: what every product has to keep, beyond that it composes. A mesh says how grave each is.
import type { Contract } from "../contract/contract.ts";
import type { Change } from "./change.ts";
import type { Finding, Severity } from "./finding.ts";
import type { Port } from "./port.ts";

export type LawName =
  | "owner"
  | "freshness"
  | "keys"
  | "personalData"
  | "version"
  | "contract"
  | "deprecation"
  | "naming"
  | "descriptions"
  | "scalars";

export type LawSeverity = Severity | "off";

export type LawFacts = {
  readonly mine: Port;
  readonly others: readonly Port[];
  /** Of the product as it is to be published. */
  readonly version: string;
  /** What is published of it now. */
  readonly published: { readonly version: string; readonly port: Port } | undefined;
  /** What differs from that; [] without. */
  readonly changes: readonly Change[];
  /** missing: there is none. unreadable: what is wrong with it is told elsewhere. */
  readonly contract: Contract | "missing" | "unreadable";
  readonly now: Date;
};

/** Where no coordinate is given, it is the product as a whole. */
export type LawFinding = Pick<Finding, "text" | "fix"> & { readonly coordinate?: string };

export type Law = {
  readonly name: LawName;
  /** Stable; never changes its meaning. */
  readonly code: string;
  /** Where the mesh says nothing. */
  readonly severity: LawSeverity;
  readonly check: (facts: LawFacts) => readonly LawFinding[];
};
