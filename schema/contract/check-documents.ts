// Checks the documents of a product: each by its standard, against the SDL, and against each other.
import type { Finding } from "../check/finding.ts";
import type { SubgraphSdl } from "../compose/read-mesh.ts";
import type { Contract } from "./contract.ts";
import { crossCheck } from "./cross-check.ts";
import { crossCheckDescriptor } from "./cross-check-descriptor.ts";
import { readDeclared } from "./declared-product.ts";
import { readContract } from "./read-contract.ts";
import { readDescriptor } from "./read-descriptor.ts";

export type DocumentText = { readonly file: string; readonly text: string };

export type ProductDocuments = {
  readonly contract?: DocumentText;
  readonly descriptor?: DocumentText;
};

export type DocumentsCheck = {
  /** As far as it can be read; undefined where there is none, or none that is an object. */
  readonly contract: Contract | undefined;
  /** The contract's, then the descriptor's. */
  readonly findings: readonly Finding[];
};

/**
 * All problems at once. A port that declares no product has no SDL to hold the documents against, and they are checked by
 * their standards alone.
 * @throws composing.SDL_INVALID
 */
export function checkDocuments(subgraph: SubgraphSdl, documents: ProductDocuments): DocumentsCheck {
  const declared = readDeclared(subgraph);
  const named = (document: DocumentText) => ({ subgraph: subgraph.name, ...document });
  const read = documents.contract && readContract(named(documents.contract));
  const described = documents.descriptor && readDescriptor(named(documents.descriptor));
  const contract = read?.contract;
  const descriptor = described?.descriptor;
  return {
    contract,
    findings: [
      ...withoutEchoes(read?.findings ?? [], contract && declared ? crossCheck(contract, declared) : []),
      ...(described?.findings ?? []),
      ...(descriptor && declared ? crossCheckDescriptor(descriptor, declared, contract) : []),
    ],
  };
}

/** A line that the standard refuses is not held against the SDL as well: it would be told twice. */
function withoutEchoes(standard: readonly Finding[], differences: readonly Finding[]): readonly Finding[] {
  const lines = new Set(standard.map(({ place }) => place?.line));
  return [...standard, ...differences.filter(({ place }) => !lines.has(place?.line))];
}
