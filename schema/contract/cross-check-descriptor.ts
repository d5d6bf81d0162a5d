// Holds a descriptor against the SDL and the contract.
import type { Finding } from "../check/finding.ts";
import type { Contract } from "./contract.ts";
import type { DeclaredProduct } from "./declared-product.ts";
import { documentFinding } from "./document-findings.ts";
import { contractIdOf } from "./generate-contract.ts";
import type { Descriptor } from "./read-descriptor.ts";

const fix = "Correct the one that is wrong; to take the SDL's, run `weft contract --write`.";

/** All that the descriptor says otherwise than the SDL, and whether an output port has the version and the contract. */
export function crossCheckDescriptor(
  descriptor: Descriptor,
  declared: DeclaredProduct,
  contract: Contract | undefined,
): readonly Finding[] {
  return [
    ...identity(descriptor, declared),
    ...owner(descriptor, declared),
    ...port(descriptor, declared, contract?.id ?? contractIdOf(declared)),
  ];
}

function identity(descriptor: Descriptor, declared: DeclaredProduct): readonly Finding[] {
  return (["id", "version", "status", "domain"] as const).flatMap((key) => {
    if (descriptor[key] === declared[key]) return [];
    return [
      documentFinding("DESCRIPTOR_IDENTITY", {
        place: descriptor.placeOf([key]),
        text: `${key} is ${descriptor[key] ?? "not said"}, and \`${key}\` of @dataProduct is ${declared[key]}.`,
        fix,
      }),
    ];
  });
}

function owner(
  { team = [], support = [], placeOf }: Descriptor,
  declared: DeclaredProduct,
): readonly Finding[] {
  const isOwner = team.some(({ name, username }) => [name, username].includes(declared.owner));
  const isContact = support.some(({ channel, url }) =>
    [channel, url, url.replace(/^mailto:/, "")].includes(declared.contact),
  );
  const canBeContact = declared.contact.includes("@") || URL.canParse(declared.contact);
  const finding = (key: string, text: string) =>
    documentFinding("DESCRIPTOR_OWNER", { place: placeOf([key]), text, fix });
  return [
    ...(isOwner
      ? []
      : [finding("team", `team does not name ${declared.owner}, the owner that @dataProduct names.`)]),
    ...(isContact || !canBeContact
      ? []
      : [finding("support", `support does not name ${declared.contact}, the contact of @dataProduct.`)]),
  ];
}

function port(
  { outputPorts = [], placeOf }: Descriptor,
  { version }: DeclaredProduct,
  contractId: string,
): readonly Finding[] {
  if (outputPorts.some((each) => each.contractId === contractId && each.version === version)) return [];
  const i = outputPorts.findIndex((each) => each.contractId === contractId);
  const [key, text] =
    i >= 0
      ? [
          "version",
          `The output port of the contract ${contractId} is of version ${outputPorts[i]?.version}, and the product is ${version}.`,
        ]
      : ["contractId", `No output port has the contract ${contractId}.`];
  const at = i >= 0 ? i : outputPorts.length === 1 ? 0 : undefined;
  return [
    documentFinding("DESCRIPTOR_PORT", {
      place: placeOf(at === undefined ? ["outputPorts"] : ["outputPorts", at, key]),
      text,
      fix,
    }),
  ];
}
