// Holds a contract against the SDL of the port: every difference, with its line in the contract.
import type { Finding } from "../check/finding.ts";
import type { Contract, ContractObject, ContractProperty, YamlPath } from "./contract.ts";
import { crossCheckFreshness } from "./cross-check-freshness.ts";
import { crossCheckRelationships } from "./cross-check-relationships.ts";
import type { DeclaredColumn, DeclaredEntity, DeclaredProduct } from "./declared-product.ts";
import { documentFinding } from "./document-findings.ts";
import { checkQuality } from "./quality-rule.ts";
import { checkSeverities } from "./rules-of-contract.ts";

const refresh = "run `weft contract --write`";

/** All that the contract says otherwise than the SDL, in the contract's order. */
export function crossCheck(contract: Contract, declared: DeclaredProduct): readonly Finding[] {
  const objects = new Map(contract.schema.map((object, i) => [object.name, { object, path: ["schema", i] }]));
  return [
    ...identity(contract, declared),
    ...owner(contract, declared),
    ...[...objects.values()].flatMap(({ object, path }) => {
      const entity = declared.entities.get(object.name);
      return entity
        ? objectFindings(contract, object, entity, path)
        : [unknownEntity(contract, object.name, path)];
    }),
    ...[...declared.entities.values()]
      .filter(({ name }) => !objects.has(name))
      .map(({ name }) =>
        documentFinding("CONTRACT_ENTITY_MISSING", {
          coordinate: name,
          place: contract.placeOf(["schema"]),
          text: `The contract has no ${name}, which the port offers.`,
          fix: `Add it to \`schema\`: ${refresh}.`,
        }),
      ),
    ...crossCheckFreshness(contract, declared),
    ...checkSeverities(contract, declared),
  ];
}

function identity(contract: Contract, declared: DeclaredProduct): readonly Finding[] {
  const facts: readonly [keyof Contract & string, string | undefined, string][] = [
    ["id", declared.contract, "`contract` of @dataProduct"],
    ["version", declared.version, "`version` of @dataProduct"],
    ["status", declared.status, "`status` of @dataProduct"],
    ["domain", declared.domain, "`domain` of @dataProduct"],
    ["dataProduct", declared.id, "`id` of @dataProduct"],
  ];
  return facts.flatMap(([key, expected, from]) => {
    if (expected === undefined || contract[key] === expected) return [];
    return [
      documentFinding("CONTRACT_IDENTITY", {
        place: contract.placeOf([key]),
        text: `${key} is ${shown(contract[key])}, and ${from} is ${expected}.`,
        fix: `Correct the one that is wrong; to take the SDL's, ${refresh}.`,
      }),
    ];
  });
}

function owner(contract: Contract, { owner, contact }: DeclaredProduct): readonly Finding[] {
  const finding = (key: string, text: string) =>
    documentFinding("CONTRACT_OWNER", {
      place: contract.placeOf([key]),
      text,
      fix: `Correct the one that is wrong; to take the SDL's, ${refresh}.`,
    });
  const hasContact = contract.support.some(({ channel, url }) =>
    [channel, url, url?.replace(/^mailto:/, "")].includes(contact),
  );
  return [
    ...(contract.teamNames.includes(owner)
      ? []
      : [finding("team", `team does not name ${owner}, the owner that @dataProduct names.`)]),
    ...(hasContact
      ? []
      : [finding("support", `support does not name ${contact}, the contact of @dataProduct.`)]),
  ];
}

function unknownEntity({ placeOf }: Contract, name: string, path: YamlPath): Finding {
  return documentFinding("CONTRACT_ENTITY_UNKNOWN", {
    coordinate: name,
    place: placeOf([...path, "name"]),
    text: `${name} is no entity of the product.`,
    fix: `Remove it from \`schema\`, or offer it; to take the SDL's, ${refresh}.`,
  });
}

function objectFindings(
  contract: Contract,
  object: ContractObject,
  entity: DeclaredEntity,
  path: YamlPath,
): readonly Finding[] {
  const properties = new Set(object.properties.map(({ name }) => name));
  return [
    ...object.properties.flatMap((property, i) => {
      const column = entity.columns.get(property.name);
      const at = [...path, "properties", i];
      return column
        ? columnFindings(contract, entity, property, column, at)
        : [unknownColumn(contract, entity, property, at)];
    }),
    ...[...entity.columns.values()]
      .filter(({ name }) => !properties.has(name))
      .map(({ name }) =>
        documentFinding("CONTRACT_COLUMN_MISSING", {
          coordinate: `${entity.name}.${name}`,
          place: contract.placeOf(object.properties.length > 0 ? [...path, "properties"] : [...path, "name"]),
          text: `The contract has no ${entity.name}.${name}, which the port offers.`,
          fix: `Add it to the properties: ${refresh}.`,
        }),
      ),
    ...crossCheckRelationships(contract, object, entity, path),
    ...checkQuality(contract, object, entity, path),
  ];
}

function unknownColumn(
  { placeOf }: Contract,
  { name }: DeclaredEntity,
  property: ContractProperty,
  path: YamlPath,
): Finding {
  return documentFinding("CONTRACT_COLUMN_UNKNOWN", {
    coordinate: `${name}.${property.name}`,
    place: placeOf([...path, "name"]),
    text: `${name}.${property.name} is no column of the product.`,
    fix: `Remove it, or offer it; to take the SDL's, ${refresh}.`,
  });
}

function columnFindings(
  { placeOf }: Contract,
  { name: entity, key }: DeclaredEntity,
  property: ContractProperty,
  column: DeclaredColumn,
  path: YamlPath,
): readonly Finding[] {
  const coordinate = `${entity}.${column.name}`;
  const fix = `Correct the one that is wrong; to take the SDL's, ${refresh}.`;
  const at = (name: string) => placeOf([...path, name]);
  const findings: Finding[] = [];
  const say = (code: "CONTRACT_TYPE" | "CONTRACT_REQUIRED" | "CONTRACT_KEY", key: string, text: string) =>
    findings.push(documentFinding(code, { coordinate, place: at(key), text, fix }));
  if (property.logicalType !== undefined && property.logicalType !== column.logicalType)
    say(
      "CONTRACT_TYPE",
      "logicalType",
      `${coordinate} is ${property.logicalType}, and the port's ${column.type} is ${column.logicalType}.`,
    );
  if (property.physicalType !== undefined && property.physicalType !== column.type)
    say(
      "CONTRACT_TYPE",
      "physicalType",
      `${coordinate} is of the physical type ${property.physicalType}, and the port's is ${column.type}.`,
    );
  if (property.required !== column.required)
    say(
      "CONTRACT_REQUIRED",
      "required",
      `${coordinate} is ${property.required ? "" : "not "}required, and in the port it ${column.required ? "is never null" : "may be null"}.`,
    );
  const position = key.indexOf(column.name) + 1;
  if (property.primaryKey !== position > 0)
    say(
      "CONTRACT_KEY",
      "primaryKey",
      `${coordinate} is ${property.primaryKey ? "" : "not "}in the primary key, and in the port it is${position > 0 ? "" : " not"}.`,
    );
  else if (position > 0 && (property.primaryKeyPosition ?? (key.length === 1 ? 1 : 0)) !== position)
    say(
      "CONTRACT_KEY",
      "primaryKeyPosition",
      `${coordinate} is not said to be number ${position} of the primary key.`,
    );
  return findings;
}

function shown(value: unknown): string {
  return value === undefined ? "not said" : String(value);
}
