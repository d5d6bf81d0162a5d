// Reads a descriptor: its YAML, and whether it is what the Open Data Product Standard has.
import type { z } from "zod";
import type { Finding } from "../check/finding.ts";
import type { PlaceOf, YamlPath } from "./contract.ts";
import { type DescriptorContent, descriptorSchema } from "./descriptor-schema.ts";
import { documentFinding, pathText } from "./document-findings.ts";
import { readYamlSource, type YamlSource, type YamlText } from "./yaml-source.ts";

/** An Open Data Product Standard document that its standard takes. */
export type Descriptor = DescriptorContent & {
  readonly file: string;
  readonly subgraph: string;
  readonly placeOf: PlaceOf;
};

/** `descriptor` is undefined where the document is not what the standard asks: the findings say why. */
export type DescriptorReading = {
  readonly descriptor: Descriptor | undefined;
  readonly findings: readonly Finding[];
};

export function readDescriptor(document: YamlText): DescriptorReading {
  const read = readYamlSource(document, "DESCRIPTOR_YAML");
  if ("findings" in read) return { descriptor: undefined, findings: read.findings };
  const { source } = read;
  const result = descriptorSchema.safeParse(source.value);
  if (!result.success)
    return {
      descriptor: undefined,
      findings: result.error.issues.flatMap((issue) => findingsOf(issue, source)),
    };
  const { file, subgraph } = document;
  return { descriptor: { ...result.data, file, subgraph, placeOf: source.placeOf }, findings: [] };
}

/** Of an issue that names several keys, one for each. */
function findingsOf(issue: z.core.$ZodIssue, { placeOf, placeOfKey }: YamlSource): readonly Finding[] {
  const path = issue.path.map((step) => (typeof step === "number" ? step : String(step))) as YamlPath;
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) =>
      documentFinding("DESCRIPTOR_STANDARD", {
        place: placeOfKey(path, key),
        text: `${pathText(path)}: ${key} is no key of the standard here.`,
        fix: "Remove it, or say it under `customProperties`.",
      }),
    );
  const missing = "input" in issue ? issue.input === undefined : issue.message.includes("received undefined");
  return [
    documentFinding("DESCRIPTOR_STANDARD", {
      place: placeOf(path),
      text: `${pathText(path)}: ${missing ? "is missing" : issue.message.replace(/\.$/, "")}.`,
      fix: "Write it as the standard has it.",
    }),
  ];
}
