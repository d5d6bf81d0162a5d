// The problems of a contract or a descriptor as findings: code, place in the YAML, and fix.
import type { Finding, Severity, SourcePlace } from "../check/finding.ts";
import { isObject } from "../product/is-object.ts";
import type { YamlPath } from "./contract.ts";

/** What each code says in general; the codes never change their meaning. */
export const contractCodes = {
  CONTRACT_YAML: "The contract is no YAML.",
  CONTRACT_STANDARD: "The contract is not as the Open Data Contract Standard 3.1.0 has it.",
  CONTRACT_IDENTITY: "Id, version, status, domain or data product are not what the SDL says.",
  CONTRACT_OWNER: "Owner or contact are not what the SDL says.",
  CONTRACT_ENTITY_MISSING: "An entity of the SDL is not in the contract.",
  CONTRACT_ENTITY_UNKNOWN: "The contract has an entity that the SDL does not have.",
  CONTRACT_COLUMN_MISSING: "A column of the SDL is not in the contract.",
  CONTRACT_COLUMN_UNKNOWN: "The contract has a column that the SDL does not have.",
  CONTRACT_TYPE: "A column's type is not that of the SDL.",
  CONTRACT_REQUIRED: "Required in one of the two, and not in the other.",
  CONTRACT_KEY: "The primary key is not that of the SDL.",
  CONTRACT_RELATIONSHIP: "A reference is missing, or leads elsewhere than the SDL's.",
  CONTRACT_FRESHNESS: "The latency agreed is not the freshness objective of the SDL.",
  CONTRACT_RULE: "A quality rule cannot be run.",
  DESCRIPTOR_YAML: "The descriptor is no YAML.",
  DESCRIPTOR_STANDARD: "The descriptor is not as the Open Data Product Standard 1.0.0 has it.",
  DESCRIPTOR_IDENTITY: "Id, version, status or domain are not what the SDL says.",
  DESCRIPTOR_OWNER: "Owner or contact are not what the SDL says.",
  DESCRIPTOR_PORT: "No output port of the descriptor has this version and this contract.",
} as const;
export type ContractCode = keyof typeof contractCodes;

export type Said = {
  readonly severity?: Severity;
  readonly coordinate?: string;
  readonly place: SourcePlace;
  readonly text: string;
  readonly fix: string;
};

export function documentFinding(code: ContractCode, { severity = "error", ...said }: Said): Finding {
  return { code, severity, subgraph: said.place.subgraph, ...said };
}

/** `Flight.delay` for a path within a contract's schema; undefined elsewhere. */
export function coordinateAt(path: YamlPath, value: unknown): string | undefined {
  const names: string[] = [];
  let here = value;
  if (path[0] !== "schema") return undefined;
  for (const [i, step] of path.entries()) {
    here =
      isObject(here) || Array.isArray(here) ? (here as Record<string | number, unknown>)[step] : undefined;
    const isElement = typeof step === "number" && (path[i - 1] === "schema" || path[i - 1] === "properties");
    if (isElement && isObject(here) && typeof here.name === "string") names.push(here.name);
  }
  return names.length > 0 ? names.join(".") : undefined;
}

/** `schema.0.name`, as the configuration's problems name their places. */
export function pathText(path: YamlPath): string {
  return path.length === 0 ? "the document" : path.join(".");
}
