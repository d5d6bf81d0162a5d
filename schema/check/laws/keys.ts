// Keys are what others refer by: always there, compared exactly, and the same from version to version.
import { Kind } from "graphql";
import { namedType } from "../coordinates.ts";
import { keyFields } from "../key-fields.ts";
import type { Law, LawFacts, LawFinding } from "../law.ts";
import { ownEntities } from "../own-definitions.ts";
import { missing } from "../pairs.ts";
import type { PortType } from "../port.ts";

export const keys: Law = {
  name: "keys",
  code: "LAW_KEYS",
  severity: "error",
  check: (facts) =>
    ownEntities(facts.mine, facts.others).flatMap((type) => [...unfit(type), ...lost(type, facts)]),
};

function unfit({ name, keys: texts, fields }: PortType): readonly LawFinding[] {
  const columns = [...new Set(texts.flatMap(keyFields))].filter((path) => !path.includes("."));
  return columns.flatMap((column): readonly LawFinding[] => {
    const field = fields.get(column);
    if (!field) return [];
    const coordinate = `${name}.${column}`;
    const scalar = namedType(field.type);
    const found: LawFinding[] = [];
    if (field.type.kind !== Kind.NON_NULL_TYPE)
      found.push({
        coordinate,
        text: `${coordinate} is in a key and may be null.`,
        fix: `Make it \`${scalar}!\`, or take it out of the key.`,
      });
    if (scalar === "Float")
      found.push({
        coordinate,
        text: `${coordinate} is in a key and is a Float, which is not written the same everywhere.`,
        fix: "Make it a String, an ID, an Int, a BigInt or a Decimal.",
      });
    return found;
  });
}

function lost({ name, keys: texts }: PortType, { published }: LawFacts): readonly LawFinding[] {
  const before = published?.port.types.get(name)?.keys ?? [];
  return missing(before, new Set(texts)).map((key) => ({
    coordinate: name,
    text: `${name} is published with the key "${key}", by which others refer to it, and has it no more.`,
    fix: `Keep \`@key(fields: "${key}")\` beside the new one until nobody refers by it.`,
  }));
}
