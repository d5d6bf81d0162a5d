// A contract and a descriptor as they were read: the words of the standards that the mesh looks at.
import type { SourcePlace } from "../check/finding.ts";

/** Steps from the document's root: keys, and positions in lists. */
export type YamlPath = readonly (string | number)[];

/** Where something stands in the YAML: the nearest thing around it where it is not there. */
export type PlaceOf = (path: YamlPath) => SourcePlace;

/** An Open Data Contract Standard document that its standard takes. */
export type Contract = {
  readonly file: string;
  readonly subgraph: string;
  readonly id: string;
  readonly version: string;
  readonly status: string;
  readonly domain?: string;
  readonly dataProduct?: string;
  readonly schema: readonly ContractObject[];
  readonly support: readonly { readonly channel: string; readonly url?: string }[];
  /** Its name where the team is an object; the members' names where it is a list. */
  readonly teamNames: readonly string[];
  readonly slaProperties: readonly ContractSla[];
  readonly customProperties: readonly { readonly property: string; readonly value: unknown }[];
  readonly placeOf: PlaceOf;
};

export type ContractObject = {
  readonly name: string;
  readonly properties: readonly ContractProperty[];
  readonly relationships: readonly ContractRelationship[];
  readonly quality: readonly ContractQuality[];
};

export type ContractProperty = {
  readonly name: string;
  readonly logicalType?: string;
  readonly physicalType?: string;
  readonly required: boolean;
  readonly unique: boolean;
  readonly primaryKey: boolean;
  /** From 1; left out = none is said. */
  readonly primaryKeyPosition?: number;
  readonly classification?: string;
  readonly relationships: readonly ContractRelationship[];
  readonly quality: readonly ContractQuality[];
  /** Of an object its properties, of a list its items; each with the steps that lead there. */
  readonly parts: readonly { readonly steps: YamlPath; readonly property: ContractProperty }[];
};

export type ContractRelationship = {
  /** At a property it is the property itself. */
  readonly from?: string | readonly string[];
  readonly to: string | readonly string[];
};

/** An entry of `quality` as it is written; of a 3.0 document in the words of 3.1. */
export type ContractQuality = Readonly<Record<string, unknown>>;

export type ContractSla = {
  readonly property: string;
  readonly value: unknown;
  readonly unit?: string;
  readonly element?: string;
};
