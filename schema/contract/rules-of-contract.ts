// All quality rules of a product: those that the SDL implies, and those that the contract writes out.
import type { Finding, Severity } from "../check/finding.ts";
import { isObject } from "../product/is-object.ts";
import type { Contract, ContractObject } from "./contract.ts";
import type { DeclaredEntity, DeclaredProduct } from "./declared-product.ts";
import { documentFinding } from "./document-findings.ts";
import { type Rule, writtenRules } from "./quality-rule.ts";

/**
 * In the order of entities: keys, what is required, what is unique, references, freshness, then the contract's own.
 * `ruleSeverity` under the contract's `customProperties` makes a rule an `error` or a `warning` by its id.
 */
export function rulesOf(contract: Contract | undefined, declared: DeclaredProduct): readonly Rule[] {
  const severities = severitiesOf(contract);
  const objects = new Map(
    contract?.schema.map((object, i) => [object.name, { object, path: ["schema", i] }]),
  );
  const entities = [...declared.entities.values()];
  const strangers = [...objects.values()].filter(({ object }) => !declared.entities.has(object.name));
  const rules = [
    ...entities.flatMap((entity) => {
      const said = objects.get(entity.name);
      return [
        ...impliedRules(entity, said?.object),
        ...(said ? writtenRules(said.object, entity, said.path).map(({ rule }) => rule) : []),
      ];
    }),
    ...strangers.flatMap(({ object, path }) => writtenRules(object, undefined, path).map(({ rule }) => rule)),
  ];
  return withOwnIds(rules).map((rule) => ({ ...rule, severity: severities.get(rule.id) ?? rule.severity }));
}

function impliedRules(entity: DeclaredEntity, object: ContractObject | undefined): readonly Rule[] {
  const { name, key, columns, references, freshness } = entity;
  const unique = object?.properties.filter((property) => property.unique && columns.has(property.name)) ?? [];
  const alone = key.length === 1 ? key[0] : undefined;
  return [
    ...(key.length > 0 ? [uniqueRule(entity, key, `${key.join(", ")} is the primary key of ${name}`)] : []),
    ...unique
      .filter((property) => property.name !== alone)
      .map((property) => uniqueRule(entity, [property.name], `${name}.${property.name} is unique`)),
    ...requiredOf(entity, object).map((column) => requiredRule(name, column)),
    ...[...references.values()].map(({ name: reference, target }) => ({
      id: `${name}.${reference}.reference`,
      text: `Every ${name}.${reference} that is not null leads to a ${target}.`,
      dimension: "consistency",
      severity: "error" as const,
      check: { kind: "reference" as const, entity: name, reference },
    })),
    ...(freshness?.watermark === undefined
      ? []
      : [
          {
            id: `${name}.freshness`,
            text: `The source of ${name} has got as far as its freshness objective says.`,
            dimension: "timeliness",
            severity: "error" as const,
            check: { kind: "freshness" as const, entity: name },
          },
        ]),
  ];
}

/** In the order of the SDL: of the key, never null in the port, or required by the contract. */
function requiredOf({ key, columns }: DeclaredEntity, object: ContractObject | undefined): readonly string[] {
  const said = new Set(object?.properties.filter(({ required }) => required).map(({ name }) => name));
  return [...columns.values()]
    .filter(
      ({ name, required, logicalType }) =>
        (required || key.includes(name) || said.has(name)) && !isNested(logicalType),
    )
    .map(({ name }) => name);
}

function isNested(logicalType: string): boolean {
  return logicalType === "array" || logicalType === "object";
}

function uniqueRule({ name }: DeclaredEntity, columns: readonly string[], text: string): Rule {
  return {
    id: `${name}.${columns.join("+")}.unique`,
    text: `${text}: no two rows have the same.`,
    dimension: "uniqueness",
    severity: "error",
    check: {
      kind: "measure",
      entity: name,
      measure: { kind: "duplicates", columns },
      unit: "rows",
      expectation: { operator: "mustBe", bound: 0 },
    },
  };
}

function requiredRule(entity: string, column: string): Rule {
  return {
    id: `${entity}.${column}.required`,
    text: `${entity}.${column} is never null.`,
    dimension: "completeness",
    severity: "error",
    check: {
      kind: "measure",
      entity,
      measure: { kind: "nulls", column },
      unit: "rows",
      expectation: { operator: "mustBe", bound: 0 },
    },
  };
}

const severityProperty = "ruleSeverity";

function severitiesOf(contract: Contract | undefined): ReadonlyMap<string, Severity> {
  return new Map(saidSeverities(contract).flatMap(([id, said]) => (isSeverity(said) ? [[id, said]] : [])));
}

/** Severities of rules that there are not, and severities that there are not: they would change nothing in silence. */
export function checkSeverities(contract: Contract, declared: DeclaredProduct): readonly Finding[] {
  const ids = new Set(rulesOf(contract, declared).map(({ id }) => id));
  const i = contract.customProperties.findIndex(({ property }) => property === severityProperty);
  return saidSeverities(contract).flatMap(([id, said]) => {
    const text = !ids.has(id)
      ? `The product has no quality rule ${id}.`
      : isSeverity(said)
        ? undefined
        : `${String(said)} is no severity of the rule ${id}.`;
    if (text === undefined) return [];
    const place = contract.placeOf(["customProperties", i, "value", id]);
    const fix = "Name a rule as `weft test` does, and make it `error` or `warning`.";
    return [documentFinding("CONTRACT_RULE", { place, text, fix })];
  });
}

function saidSeverities(contract: Contract | undefined): readonly (readonly [string, unknown])[] {
  const said = contract?.customProperties.find(({ property }) => property === severityProperty)?.value;
  return isObject(said) ? Object.entries(said) : [];
}

function isSeverity(value: unknown): value is Severity {
  return value === "error" || value === "warning";
}

/** Of two with one id the later gets a number. */
function withOwnIds(rules: readonly Rule[]): readonly Rule[] {
  const times = new Map<string, number>();
  return rules.map((rule) => {
    const count = (times.get(rule.id) ?? 0) + 1;
    times.set(rule.id, count);
    return count === 1 ? rule : { ...rule, id: `${rule.id.slice(0, 190)}.${count}` };
  });
}
