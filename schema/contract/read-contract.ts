// Reads a contract: its YAML, the standard's schema, and the words that the mesh looks at.
import type { Finding } from "../check/finding.ts";
import { isObject } from "../product/is-object.ts";
import type {
  Contract,
  ContractObject,
  ContractProperty,
  ContractRelationship,
  PlaceOf,
} from "./contract.ts";
import { contractProblems } from "./contract-schema.ts";
import { coordinateAt, documentFinding, pathText } from "./document-findings.ts";
import { inPresentWords } from "./earlier-quality.ts";
import { readYamlSource, type YamlText } from "./yaml-source.ts";

/** What can be read is read, also where the findings have something against it; `contract` is undefined where nothing can. */
export type ContractReading = {
  readonly contract: Contract | undefined;
  readonly findings: readonly Finding[];
};

/** The findings are the standard's alone: `crossCheck` holds the contract against the SDL. */
export function readContract(document: YamlText): ContractReading {
  const read = readYamlSource(document, "CONTRACT_YAML");
  if ("findings" in read) return { contract: undefined, findings: read.findings };
  const { source } = read;
  const value = inPresentWords(source.value);
  const findings = contractProblems(value).map(({ path, key, problem }) => {
    const coordinate = coordinateAt(path, value);
    return documentFinding("CONTRACT_STANDARD", {
      ...(coordinate !== undefined && { coordinate }),
      place: key === undefined ? source.placeOf(path) : source.placeOfKey(path, key),
      text: `${pathText(path)}: ${problem}.`,
      fix:
        key === undefined
          ? "Write it as the standard has it."
          : "Remove it, or say it under `customProperties`.",
    });
  });
  return { contract: isObject(value) ? contractOf(value, document, source.placeOf) : undefined, findings };
}

type Written = Readonly<Record<string, unknown>>;

function contractOf(value: Written, { file, subgraph }: YamlText, placeOf: PlaceOf): Contract {
  return {
    file,
    subgraph,
    id: String(value.id ?? ""),
    version: String(value.version ?? ""),
    status: String(value.status ?? ""),
    ...texts(value, "domain", "dataProduct"),
    schema: list(value.schema).map(objectOf),
    support: list(value.support).map((each) => ({ channel: String(each.channel), ...texts(each, "url") })),
    teamNames: teamNames(value.team),
    slaProperties: list(value.slaProperties).map((each) => ({
      property: String(each.property),
      value: each.value,
      ...texts(each, "unit", "element"),
    })),
    customProperties: list(value.customProperties).map((each) => ({
      property: String(each.property),
      value: each.value,
    })),
    placeOf,
  };
}

function objectOf(value: Written): ContractObject {
  return {
    name: String(value.name),
    properties: list(value.properties).map(propertyOf),
    relationships: list(value.relationships).map(relationshipOf),
    quality: list(value.quality),
  };
}

function propertyOf(value: Written): ContractProperty {
  const { primaryKeyPosition: position } = value;
  return {
    name: String(value.name),
    ...texts(value, "logicalType", "physicalType", "classification"),
    required: value.required === true,
    unique: value.unique === true,
    primaryKey: value.primaryKey === true,
    ...(typeof position === "number" && position > 0 && { primaryKeyPosition: position }),
    relationships: list(value.relationships).map(relationshipOf),
    quality: list(value.quality),
    parts: [
      ...list(value.properties).map((part, i) => ({ steps: ["properties", i], property: propertyOf(part) })),
      ...(isObject(value.items)
        ? [{ steps: ["items"], property: propertyOf({ name: "items", ...value.items }) }]
        : []),
    ],
  };
}

function relationshipOf({ from, to }: Written): ContractRelationship {
  const names = (value: unknown) => (Array.isArray(value) ? value.map(String) : String(value));
  return { to: names(to), ...(from !== undefined && { from: names(from) }) };
}

function teamNames(team: unknown): readonly string[] {
  const named = isObject(team) ? [team] : list(team);
  return named.flatMap(({ name, username }) => [name, username].filter((each) => typeof each === "string"));
}

/** Those of the keys whose values are text. */
function texts<Key extends string>(
  value: Written,
  ...keys: readonly Key[]
): { readonly [K in Key]?: string } {
  const given = keys.filter((key) => typeof value[key] === "string");
  return Object.fromEntries(given.map((key) => [key, value[key]])) as { readonly [K in Key]?: string };
}

function list(value: unknown): readonly Written[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
