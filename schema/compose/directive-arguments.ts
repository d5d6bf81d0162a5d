// The arguments of the mesh's directives, checked: what the directive definitions say, as types.
import { z } from "zod";
import { productStatuses } from "../product/mesh.ts";
import { composing, type Place } from "./composing-faults.ts";
import type { DirectiveArguments } from "./read-directive.ts";

const text = z.string().min(1);
const optionalText = text.nullish().transform((value) => value ?? undefined);
/** As in all of GraphQL, one value stands for a list of one. */
const texts = z.preprocess((value) => (typeof value === "string" ? [value] : value), z.array(text).nullish());
const optionalTexts = texts.transform((value) => value ?? undefined);

export const dataProductArguments = z.strictObject({
  id: text,
  version: text,
  domain: text,
  owner: text,
  contact: text,
  status: z.enum(productStatuses).default("active"),
  contract: optionalText,
});

export const freshnessArguments = z.strictObject({
  slo: text,
  watermark: optionalText,
});

export const collectionArguments = z.strictObject({
  entity: text,
  dialect: text.default("weft"),
  filter: optionalTexts,
  inexact: texts.transform((value) => value ?? []),
  sort: z.enum(["exact", "none"]).default("exact"),
  limit: z.boolean().default(true),
  aggregate: optionalText,
  groups: optionalText,
  byPk: optionalText,
  keysMax: z.int().positive().default(10_000),
  rowsMax: z.int().positive().default(100_000),
});

export const referenceArguments = z.strictObject({
  key: optionalTexts,
  inverseOf: optionalText,
});

/** The arguments as their schema has them. @throws composing.DIRECTIVE_ARGUMENTS */
export function readArguments<Schema extends z.ZodType>(
  schema: Schema,
  args: DirectiveArguments | undefined,
  directive: string,
  place: Place,
): z.output<Schema> {
  const result = schema.safeParse(args ?? {});
  if (result.success) return result.data;
  const problem = result.error.issues
    .map(({ path, message }) => `${path.join(".") || "arguments"}: ${message}`)
    .join("; ");
  throw composing.DIRECTIVE_ARGUMENTS({ ...place, directive, problem });
}
