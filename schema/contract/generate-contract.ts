// Generates a contract from the SDL, or brings one that the team has completed back in step with it.
import type { SubgraphSdl } from "../compose/read-mesh.ts";
import { agreedAs } from "./cross-check-freshness.ts";
import { relationshipOf } from "./cross-check-relationships.ts";
import {
  type DeclaredColumn,
  type DeclaredEntity,
  type DeclaredProduct,
  readDeclared,
} from "./declared-product.ts";
import { generating } from "./generating-faults.ts";
import { logicalTypeOptionsOf } from "./logical-type.ts";
import { type FactList, type Facts, plainList } from "./merge-yaml.ts";
import { presentKeys, type Written, writeDocument } from "./write-document.ts";

export type ProductFacts = {
  /** Where the port is asked. */
  readonly url: string;
};

const contractVersion = "v3.1.0";
const comment = ` The contract of a data product: Open Data Contract Standard 3.1.0.
 \`weft contract --write\` keeps what the SDL says in step. All else is the team's: descriptions, quality, classification, prices.`;

/**
 * @param existing - the contract so far: what the team wrote in it is kept, with its comments
 * @throws composing.SDL_INVALID, generating.PRODUCT_UNDECLARED, generating.DOCUMENT_UNREADABLE
 */
export function generateContract(subgraph: SubgraphSdl, { url }: ProductFacts, existing?: string): Written {
  const declared = declaredIn(subgraph);
  const present = presentKeys(existing);
  const { owner } = declared;
  const facts: Facts = {
    // Of what the team has chosen, and the SDL does not say.
    apiVersion: typeof present.apiVersion === "string" ? present.apiVersion : contractVersion,
    ...contractFacts(declared, url),
    ...(declared.contract === undefined && typeof present.id === "string" && { id: present.id }),
    // Before 3.1 a team was a list.
    ...(Array.isArray(present.team) && {
      team: { items: [{ username: owner, role: "owner" }], by: ["role"], others: "kept" as const },
    }),
  };
  return writeDocument(facts, existing, { comment });
}

/** @throws composing.SDL_INVALID, generating.PRODUCT_UNDECLARED */
export function declaredIn(subgraph: SubgraphSdl): DeclaredProduct {
  const declared = readDeclared(subgraph);
  if (!declared) throw generating.PRODUCT_UNDECLARED({ subgraph: subgraph.name });
  return declared;
}

/** The id of the contract of a product that names none. */
export function contractIdOf({ id, contract }: DeclaredProduct): string {
  return contract ?? `${id}-contract`;
}

function contractFacts(declared: DeclaredProduct, url: string): Facts {
  const { id, version, status, domain, owner, contact, entities } = declared;
  return {
    kind: "DataContract",
    id: contractIdOf(declared),
    version,
    status,
    domain,
    dataProduct: id,
    servers: {
      items: [{ server: "port", type: "api", location: url }],
      by: ["server"],
      others: "kept",
    },
    team: { name: owner },
    support: { items: [contactChannel(contact)], by: ["channel"], others: "kept" },
    slaProperties: {
      items: [...entities.values()].flatMap(({ name, freshness }) =>
        freshness ? [{ property: "latency", element: name, ...agreedAs(freshness.sloMs) }] : [],
      ),
      by: ["property", "element"],
      others: "kept",
    },
    schema: { items: [...entities.values()].map(objectFacts), by: ["name"], others: "removed" },
  };
}

/** A contact may be an address, a URL or a name. */
export function contactChannel(contact: string): Facts {
  const isAddress = /^[^@\s/]+@[^@\s/]+$/.test(contact);
  if (isAddress) return { channel: "contact", url: `mailto:${contact}`, tool: "email" };
  return URL.canParse(contact) ? { channel: "contact", url: contact, tool: "other" } : { channel: contact };
}

function objectFacts(entity: DeclaredEntity): Facts {
  const { name, description, collection, columns } = entity;
  return {
    name,
    logicalType: "object",
    ...(collection && { physicalName: collection.name, physicalType: "collection" }),
    ...(description !== undefined && { description }),
    relationships: relationshipFacts(entity, (columns) => columns > 1),
    properties: {
      items: [...columns.values()].map((column) => propertyFacts(entity, column)),
      by: ["name"],
      others: "removed",
    },
  };
}

function propertyFacts(entity: DeclaredEntity, column: DeclaredColumn): Facts {
  const { name, type, logicalType, required, description } = column;
  const position = entity.key.indexOf(name) + 1;
  const options = logicalTypeOptionsOf(type) as Facts | undefined;
  return {
    name,
    logicalType,
    ...(options && { logicalTypeOptions: options }),
    physicalType: type,
    required: required || undefined,
    primaryKey: position > 0 || undefined,
    primaryKeyPosition: position > 0 ? position : undefined,
    ...(description !== undefined && { description }),
    relationships: relationshipFacts(entity, (columns) => columns === 1, name),
  };
}

/** References of one column stand at it, those of several at the object. */
function relationshipFacts(
  { name: entity, references }: DeclaredEntity,
  fits: (columns: number) => boolean,
  column?: string,
): FactList {
  const items = [...references.values()]
    .filter(({ key }) => fits(key.length) && (column === undefined || key[0]?.column === column))
    .map((reference): Facts => {
      const { from, to } = relationshipOf(entity, reference);
      if (column !== undefined) return { type: "foreignKey", to: to[0] };
      return { type: "foreignKey", from: plainList(from), to: plainList(to) };
    });
  return { items, by: column === undefined ? ["from", "to"] : ["to"], others: "kept" };
}
