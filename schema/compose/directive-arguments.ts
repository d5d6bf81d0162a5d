// The arguments of the mesh's directives, checked: what the directive definitions say, as types.
import { z } from "zod";

const text = z.string().min(1);

export const dataProductArguments = z.strictObject({
  id: text,
  version: text,
  domain: text,
  owner: text,
  contact: text,
  status: text.default("active"),
  contract: text.nullish().transform((value) => value ?? undefined),
});

export const freshnessArguments = z.strictObject({
  slo: text,
  watermark: text.nullish().transform((value) => value ?? undefined),
});

const fieldName = text.nullish().transform((value) => value ?? undefined);

export const collectionArguments = z.strictObject({
  entity: text,
  dialect: text.default("weft"),
  filter: z
    .array(text)
    .nullish()
    .transform((value) => value ?? undefined),
  inexact: z
    .array(text)
    .nullish()
    .transform((value) => value ?? []),
  sort: z.enum(["exact", "none"]).default("exact"),
  limit: z.boolean().default(true),
  aggregate: fieldName,
  groups: fieldName,
  byPk: fieldName,
  keysMax: z.int().positive().default(10_000),
  rowsMax: z.int().positive().default(100_000),
});

export const referenceArguments = z.strictObject({
  key: z
    .array(text)
    .nullish()
    .transform((value) => value ?? undefined),
  inverseOf: fieldName,
});
