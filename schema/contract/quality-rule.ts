// The quality rules that a contract writes out: each as what is to be measured and what the measure has to be.
import type { Finding, Severity } from "../check/finding.ts";
import { isObject } from "../product/is-object.ts";
import type { Contract, ContractObject, ContractProperty, ContractQuality, YamlPath } from "./contract.ts";
import type { DeclaredEntity } from "./declared-product.ts";
import { documentFinding } from "./document-findings.ts";
import { type Expectation, expectationText, readExpectation } from "./expectation.ts";
import { likePattern } from "./like-pattern.ts";

/** What is counted, of the rows of one entity. */
export type Measure =
  | { readonly kind: "rows" }
  | { readonly kind: "nulls"; readonly column: string }
  /** Null among the values = nulls too. */
  | { readonly kind: "missing"; readonly column: string; readonly values: readonly unknown[] }
  /** Rows that have a value, and one that is neither listed nor like the pattern. */
  | {
      readonly kind: "invalid";
      readonly column: string;
      readonly values: readonly unknown[] | undefined;
      readonly like: string | undefined;
    }
  /** Rows that repeat the columns of another; rows with a null among them repeat nothing. */
  | { readonly kind: "duplicates"; readonly columns: readonly string[] };

export type Unit = "rows" | "percent";

/** What a rule looks at. */
export type RuleCheck =
  | {
      readonly kind: "measure";
      readonly entity: string;
      readonly measure: Measure;
      readonly unit: Unit;
      readonly expectation: Expectation;
    }
  /** Rows whose reference is not null and leads nowhere: none. */
  | { readonly kind: "reference"; readonly entity: string; readonly reference: string }
  /** The watermark is no older than the objective. */
  | { readonly kind: "freshness"; readonly entity: string }
  /** It cannot be run, and why. */
  | { readonly kind: "none"; readonly reason: string }
  /** It is for people: nothing runs it. */
  | { readonly kind: "told" };

export type Rule = {
  /** Unique within the product. */
  readonly id: string;
  /** One sentence. */
  readonly text: string;
  readonly dimension: string;
  readonly severity: Severity;
  readonly check: RuleCheck;
};

type Place = { readonly object: string; readonly property: string | undefined; readonly path: YamlPath };

/** The rules that an object of the contract and its properties write out, each with its place. */
export function writtenRules(
  { name, quality, properties }: ContractObject,
  entity: DeclaredEntity | undefined,
  path: YamlPath,
): readonly { readonly rule: Rule; readonly path: YamlPath }[] {
  const read = (entries: readonly ContractQuality[], property: string | undefined, at: YamlPath) =>
    entries.map((entry, i) => {
      const place = { object: name, property, path: [...at, "quality", i] };
      return { rule: ruleOf(entry, place, entity, i + 1), path: place.path };
    });
  const readAll = (property: ContractProperty, column: string, at: YamlPath): ReturnType<typeof read> => [
    ...read(property.quality, column, at),
    ...property.parts.flatMap((part) =>
      readAll(part.property, `${column}.${part.property.name}`, [...at, ...part.steps]),
    ),
  ];
  return [
    ...read(quality, undefined, path),
    ...properties.flatMap((property, i) => readAll(property, property.name, [...path, "properties", i])),
  ];
}

/** Rules that cannot be run, and ids that two of them have. */
export function checkQuality(
  { placeOf }: Contract,
  object: ContractObject,
  entity: DeclaredEntity,
  path: YamlPath,
): readonly Finding[] {
  const seen = new Set<string>();
  return writtenRules(object, entity, path).flatMap(({ rule, path: at }) => {
    const taken = seen.has(rule.id);
    seen.add(rule.id);
    const { check, severity } = rule;
    const said = { coordinate: coordinateOf(rule.id, object.name), place: placeOf(at) };
    return [
      ...(check.kind === "none"
        ? [
            documentFinding("CONTRACT_RULE", {
              ...said,
              severity,
              text: `The rule ${rule.id} cannot be run: ${check.reason}.`,
              fix: "Correct the rule, or make it one of the type `text`.",
            }),
          ]
        : []),
      ...(taken
        ? [
            documentFinding("CONTRACT_RULE", {
              ...said,
              text: `Two rules have the id ${rule.id}.`,
              fix: "Give each an `id` of its own.",
            }),
          ]
        : []),
    ];
  });
}

function coordinateOf(id: string, object: string): string {
  const [, property] = id.split(".");
  return id.startsWith(`${object}.`) && property ? `${object}.${property}` : object;
}

const dimensions: Readonly<Record<Measure["kind"], string>> = {
  rows: "coverage",
  nulls: "completeness",
  missing: "completeness",
  invalid: "conformity",
  duplicates: "uniqueness",
};

function ruleOf(
  entry: ContractQuality,
  place: Place,
  entity: DeclaredEntity | undefined,
  number: number,
): Rule {
  const check = checkOf(entry, place, entity);
  const written = textOf(entry.name) ?? textOf(entry.id);
  const at = [place.object, ...(place.property === undefined ? [] : [place.property])].join(".");
  const text = textOf(entry.description) ?? textOf(entry.name) ?? wordsOf(check, at);
  const dimension =
    textOf(entry.dimension) ?? (check.kind === "measure" ? dimensions[check.measure.kind] : "conformity");
  return {
    id: `${at}.${textOf(entry.id) ?? written ?? number}`.slice(0, 200),
    text: text.replaceAll(/\s+/g, " ").trim().slice(0, 1_000) || at,
    dimension,
    severity: severityOf(entry, check),
    check,
  };
}

/** Those that another tool runs are no errors here unless they say so. */
function severityOf({ severity, type }: ContractQuality, check: RuleCheck): Severity {
  if (severity === undefined)
    return check.kind === "none" && (type === "sql" || type === "custom") ? "warning" : "error";
  return String(severity).toLowerCase() === "error" ? "error" : "warning";
}

function checkOf(entry: ContractQuality, place: Place, entity: DeclaredEntity | undefined): RuleCheck {
  const { type = entry.metric === undefined ? "text" : "library" } = entry;
  if (type === "text") return { kind: "told" };
  if (type !== "library") return none(`not run: rules of the type ${String(type)} are for other tools`);
  if (!entity) return none(`${place.object} is no entity of the product`);
  const measure = measureOf(entry, place, entity);
  if (typeof measure === "string") return none(measure);
  const expectation = readExpectation(entry);
  if (!expectation) return none("it says no number that the measure must be");
  const { unit = "rows" } = entry;
  if (unit !== "rows" && unit !== "percent")
    return none(`${String(unit)} is no unit of it; there are rows and percent`);
  if (unit === "percent" && measure.kind === "rows") return none("a number of rows is no percentage of them");
  return { kind: "measure", entity: entity.name, measure, unit, expectation };
}

function none(reason: string): RuleCheck {
  return { kind: "none", reason };
}

/** The measure, or why there is none. */
function measureOf(entry: ContractQuality, { property }: Place, entity: DeclaredEntity): Measure | string {
  const given = isObject(entry.arguments) ? entry.arguments : {};
  const listed = (name: string) =>
    Array.isArray(given[name]) ? (given[name] as readonly unknown[]) : undefined;
  const metric = String(entry.metric);
  if (metric === "rowCount")
    return property === undefined ? { kind: "rows" } : "rowCount is of an entity, not of a column";
  if (metric === "duplicateValues") {
    const columns = property === undefined ? (listed("properties") ?? []).map(String) : [property];
    const unknown = columns.find((column) => !entity.columns.has(column));
    if (columns.length === 0) return "`arguments.properties` names no columns";
    return unknown === undefined
      ? { kind: "duplicates", columns }
      : `${entity.name} has no column ${unknown}`;
  }
  if (property === undefined) return `${metric} is of a column, not of an entity`;
  if (!entity.columns.has(property)) return `${entity.name} has no column ${property}`;
  switch (metric) {
    case "nullValues":
      return { kind: "nulls", column: property };
    case "missingValues": {
      const values = listed("missingValues");
      return values
        ? { kind: "missing", column: property, values }
        : "`arguments.missingValues` lists no values";
    }
    case "invalidValues":
      return invalidOf(property, listed("validValues"), given.pattern);
    default:
      return `${metric} is no metric of the standard`;
  }
}

function invalidOf(
  column: string,
  values: readonly unknown[] | undefined,
  pattern: unknown,
): Measure | string {
  if (pattern === undefined)
    return values
      ? { kind: "invalid", column, values, like: undefined }
      : "`arguments` has neither `validValues` nor `pattern`";
  const like = likePattern(String(pattern));
  return like === undefined
    ? `${String(pattern)} is more than \`_like\` can say: literals, \`.\`, \`.*\`, \`.+\`, \`.{n}\` and anchors`
    : { kind: "invalid", column, values, like };
}

function wordsOf(check: RuleCheck, at: string): string {
  switch (check.kind) {
    case "measure":
      return `${measureText(check.measure, at)}: ${expectationText(check.expectation, check.unit)}.`;
    case "reference":
    case "freshness":
    case "none":
    case "told":
      return `A rule of ${at}.`;
  }
}

function measureText(measure: Measure, at: string): string {
  switch (measure.kind) {
    case "rows":
      return `Rows of ${at}`;
    case "nulls":
      return `Nulls in ${at}`;
    case "missing":
      return `Missing values in ${at}`;
    case "invalid":
      return `Invalid values in ${at}`;
    case "duplicates":
      return measure.columns.length > 1
        ? `Rows of ${at} that repeat ${measure.columns.join(", ")}`
        : `Repeated values in ${at}`;
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}
