// The Open Data Contract Standard's own JSON schema, and what it has against a document. The only importer of ajv.
import { createRequire } from "node:module";
import { Ajv2019, type ErrorObject } from "ajv/dist/2019.js";
import formats from "ajv-formats";
import type { YamlPath } from "./contract.ts";

export type StandardProblem = {
  readonly path: YamlPath;
  /** The key that should not be there; the problem is with the value where it is left out. */
  readonly key?: string;
  readonly problem: string;
};

const standard: object = createRequire(import.meta.url)("./standards/odcs-3.1.0.schema.json");
const ajv = new Ajv2019({ allErrors: true, strict: false, verbose: true });
formats.default(ajv);
const knownKeys = keysIn(standard);

/** All that version 3.1.0 of the standard has against the value, in its order; [] = nothing. */
export function contractProblems(value: unknown): readonly StandardProblem[] {
  if (ajv.validate(standard, value)) return []; // compiled at the first call
  const errors = (ajv.errors ?? []).filter(isCause);
  const seen = new Set<string>();
  return errors.flatMap((error) => {
    const { key, problem } = wordsOf(error);
    const path = pathOf(error.instancePath, value);
    const same = JSON.stringify([path, key, problem]);
    if (seen.has(same)) return [];
    seen.add(same);
    return [{ path, ...(key !== undefined && { key }), problem }];
  });
}

/** Of the errors that follow from each other only the one that says what to do. */
function isCause(error: ErrorObject, _: number, all: readonly ErrorObject[]): boolean {
  const { keyword, instancePath, schemaPath } = error;
  if (keyword === "if") return false;
  if (instancePath === "/team" && isTeamChoice(error)) return false;
  const extra = extraKey(error);
  // A part that fails leaves all its keys over: only a key that the standard nowhere has is sure to be too much.
  if (keyword === "unevaluatedProperties" && extra !== undefined && knownKeys.has(extra))
    return !all.some((other) => other.keyword !== keyword && isBeneath(other.instancePath, instancePath));
  const choices = all.filter(
    (other) => other !== error && isChoice(other) && other.instancePath === instancePath,
  );
  return !choices.some(
    (choice) =>
      schemaPath.startsWith(`${choice.schemaPath}/`) ||
      ((keyword === "pattern" || keyword === "type" || keyword === "anyOf") && choice.keyword === "oneOf"),
  );
}

function isChoice({ keyword }: ErrorObject): boolean {
  return keyword === "oneOf" || keyword === "anyOf";
}

/** A team is an object, or a list as before 3.1: that it is not the other is no problem. */
function isTeamChoice({ keyword, data }: ErrorObject): boolean {
  return (keyword === "oneOf" || keyword === "type") && typeof data === "object" && data !== null;
}

function isBeneath(path: string, ancestor: string): boolean {
  return path === ancestor || path.startsWith(`${ancestor}/`);
}

function extraKey({ keyword, params }: ErrorObject): string | undefined {
  if (keyword === "additionalProperties") return String(params.additionalProperty);
  if (keyword === "unevaluatedProperties") return String(params.unevaluatedProperty);
  return undefined;
}

function wordsOf(error: ErrorObject): { readonly key?: string; readonly problem: string } {
  const extra = extraKey(error);
  if (extra !== undefined) return { key: extra, problem: `${extra} is no key of the standard here` };
  const { keyword, params, message = "is not what the standard asks" } = error;
  switch (keyword) {
    case "required":
      return { problem: `${params.missingProperty} is missing` };
    case "enum":
      return { problem: `must be one of ${(params.allowedValues as readonly unknown[]).join(", ")}` };
    case "not":
      return { problem: "`from` must not be given here" };
    case "oneOf":
    case "anyOf":
      return { problem: choiceWords(error) };
    default:
      return { problem: message };
  }
}

/** The keys of which one is asked for, where the choice is between such; else what is known of it. */
function choiceWords({ schema }: ErrorObject): string {
  const keys = Array.isArray(schema)
    ? schema.flatMap(({ required }: { required?: readonly string[] }) => required ?? [])
    : [];
  return keys.length > 1
    ? `needs exactly one of ${[...new Set(keys)].join(", ")}`
    : "is none of the forms that the standard has";
}

/** A JSON pointer as steps; a step into a list is a number. */
function pathOf(pointer: string, value: unknown): YamlPath {
  const steps = pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  const path: (string | number)[] = [];
  let here = value;
  for (const step of steps) {
    const at = Array.isArray(here) ? Number(step) : step;
    path.push(at);
    here = (here as Record<string | number, unknown> | undefined)?.[at];
  }
  return path;
}

/** Every name that stands under a `properties` of the schema. */
function keysIn(schema: unknown): ReadonlySet<string> {
  const keys = new Set<string>();
  const visit = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    for (const [name, child] of Object.entries(node)) {
      if (name === "properties" && typeof child === "object" && child !== null)
        for (const key of Object.keys(child)) keys.add(key);
      visit(child);
    }
  };
  visit(schema);
  return keys;
}
