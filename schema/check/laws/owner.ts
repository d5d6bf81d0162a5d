// Somebody answers for every product, and can be reached: an e-mail address or a URL.
import type { Law, LawFinding } from "../law.ts";
import { ownEntities } from "../own-definitions.ts";
import type { PortType } from "../port.ts";

export const owner: Law = {
  name: "owner",
  code: "LAW_OWNER",
  severity: "error",
  check: ({ mine, others }) => ownEntities(mine, others).flatMap(problems),
};

function problems({ name, dataProduct }: PortType): readonly LawFinding[] {
  if (!dataProduct)
    return [
      {
        coordinate: name,
        text: `Nobody answers for ${name}: it has no @dataProduct.`,
        fix: "Add `@dataProduct(id:, version:, domain:, owner:, contact:)` to the type.",
      },
    ];
  const found: LawFinding[] = [];
  const say = (text: string, fix: string) => found.push({ coordinate: name, text, fix });
  if (isEmpty(dataProduct.owner))
    say(`The product ${name} names no owner.`, "Give `owner` of @dataProduct the name of a team.");
  if (!isContact(String(dataProduct.contact ?? "")))
    say(
      `The contact of ${name}, ${JSON.stringify(dataProduct.contact ?? "")}, is neither an e-mail address nor a URL.`,
      "Give `contact` of @dataProduct where the team can be reached, such as `team@company.example`.",
    );
  return found;
}

const placeholders = /^(todo|tbd|n\/?a|none|unknown|owner|team|\?+|-+)$/i;

function isEmpty(owner: unknown): boolean {
  return typeof owner !== "string" || owner.trim() === "" || placeholders.test(owner.trim());
}

/** Plausible, no more: nobody is written to. */
function isContact(text: string): boolean {
  return (
    /^(mailto:)?[^\s@<>]+@[^\s@<>]+\.[^\s@<>.]{2,}$/.test(text) ||
    /^https?:\/\/[^\s/.]+(\.[^\s/.]+)*(:\d+)?(\/\S*)?$/.test(text)
  );
}
