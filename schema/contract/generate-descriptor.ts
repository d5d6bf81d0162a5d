// Generates a descriptor from the SDL, or brings one that the team has completed back in step with it.
import type { SubgraphSdl } from "../compose/read-mesh.ts";
import { descriptorVersion } from "./descriptor-schema.ts";
import { contactChannel, contractIdOf, declaredIn } from "./generate-contract.ts";
import type { Facts } from "./merge-yaml.ts";
import { type Written, writeDocument } from "./write-document.ts";

/** The output port that is the product's GraphQL. */
export const graphqlPort = "graphql";

const comment = ` The descriptor of a data product: Open Data Product Standard 1.0.0.
 \`weft contract --write\` keeps what the SDL says in step. All else is the team's: purpose, input ports, members.`;

/**
 * @param contractId - of the product's contract as it is written; left out = as `generateContract` names a new one
 * @param existing - the descriptor so far: what the team wrote in it is kept, with its comments
 * @throws composing.SDL_INVALID, generating.PRODUCT_UNDECLARED, generating.DOCUMENT_UNREADABLE
 */
export function generateDescriptor(
  subgraph: SubgraphSdl,
  { contractId }: { readonly contractId?: string } = {},
  existing?: string,
): Written {
  const declared = declaredIn(subgraph);
  const { id, version, status, domain, owner, contact } = declared;
  const channel = contactChannel(contact);
  const port: Facts = {
    name: graphqlPort,
    type: "graphql",
    version,
    contractId: contractId ?? contractIdOf(declared),
  };
  const facts: Facts = {
    apiVersion: descriptorVersion,
    kind: "DataProduct",
    id,
    version,
    status,
    domain,
    outputPorts: { items: [port], by: ["name"], others: "kept" },
    // The standard asks for a URL, which a contact need not be.
    ...(channel.url !== undefined && { support: { items: [channel], by: ["channel"], others: "kept" } }),
    team: { items: [{ name: owner, role: "owner" }], by: ["role"], others: "kept" },
  };
  return writeDocument(facts, existing, { comment });
}
