// References of the SDL and relationships of the contract: each has its other.
import type { Finding } from "../check/finding.ts";
import type { Contract, ContractObject, ContractRelationship, YamlPath } from "./contract.ts";
import type { DeclaredEntity, DeclaredReference } from "./declared-product.ts";
import { documentFinding } from "./document-findings.ts";

type Written = { readonly from: readonly string[]; readonly to: readonly string[]; readonly path: YamlPath };

export function crossCheckRelationships(
  { placeOf }: Contract,
  object: ContractObject,
  { name, references }: DeclaredEntity,
  path: YamlPath,
): readonly Finding[] {
  const written = relationshipsOf(object, path);
  const wanted = [...references.values()].map((reference) => ({
    reference,
    ...relationshipOf(name, reference),
  }));
  const missing = wanted.filter((each) => !written.some((other) => same(each, other)));
  return [
    ...missing.map(({ reference, from, to }) => {
      const i = object.properties.findIndex((property) => property.name === reference.key[0]?.column);
      return documentFinding("CONTRACT_RELATIONSHIP", {
        coordinate: `${name}.${reference.name}`,
        place: placeOf(i < 0 ? [...path, "name"] : [...path, "properties", i, "relationships"]),
        text: `The contract does not say that ${from.join(", ")} leads to ${to.join(", ")}.`,
        fix: "Add the relationship: run `weft contract --write`.",
      });
    }),
    ...written
      .filter((each) => !wanted.some((other) => same(each, other)))
      .map(({ from, to, path: at }) =>
        documentFinding("CONTRACT_RELATIONSHIP", {
          severity: "warning",
          coordinate: from[0] ?? name,
          place: placeOf([...at, "to"]),
          text: `${from.join(", ")} leads to ${to.join(", ")} in the contract, and no reference of the port does.`,
          fix: "Make it a reference of the product, or remove it.",
        }),
      ),
  ];
}

/** A reference as the contract has it: `Flight.origin` to `Airport.iata`. */
export function relationshipOf(
  entity: string,
  { target, key }: DeclaredReference,
): { readonly from: readonly string[]; readonly to: readonly string[] } {
  return {
    from: key.map(({ column }) => `${entity}.${column}`),
    to: key.map(({ field }) => `${target}.${field}`),
  };
}

function relationshipsOf(object: ContractObject, path: YamlPath): readonly Written[] {
  const at = (steps: YamlPath, i: number): YamlPath => [...path, ...steps, "relationships", i];
  const own = (relationship: ContractRelationship, from: readonly string[], where: YamlPath) => ({
    from,
    to: names(relationship.to),
    path: where,
  });
  return [
    ...object.relationships.map((each, i) => own(each, names(each.from ?? []), at([], i))),
    ...object.properties.flatMap(({ name, relationships }, p) =>
      relationships.map((each, i) => own(each, [`${object.name}.${name}`], at(["properties", p], i))),
    ),
  ];
}

/** In the short notation: `schema/Airport/properties/iata` of this or another contract is `Airport.iata`. */
function names(written: string | readonly string[]): readonly string[] {
  return [written].flat().map((name) => {
    const [, object, property] = /(?:^|#)\/?schema\/([^/]+)\/properties\/([^/]+)$/.exec(name) ?? [];
    return object === undefined ? name : `${object}.${property}`;
  });
}

function same(one: Pick<Written, "from" | "to">, other: Pick<Written, "from" | "to">): boolean {
  return one.from.join() === other.from.join() && one.to.join() === other.to.join();
}
