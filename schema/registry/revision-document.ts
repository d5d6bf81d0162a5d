// A revision as it is written: JSON with sorted keys, so that two of them differ in what changed.
import { z } from "zod";
import { isVersion } from "../product/version.ts";
import { registering } from "./registering-faults.ts";
import type { Revision } from "./registry.ts";

const name = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,62}$/);
const version = z.string().refine(isVersion, "no semantic version");

const revisionSchema = z.object({
  variant: z.string(),
  number: z.int().positive(),
  at: z.iso.datetime(),
  by: z.string(),
  action: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("published"), name, version }),
    z.object({ kind: z.literal("retired"), name }),
    z.object({ kind: z.literal("rolled back"), to: z.int().min(0) }),
  ]),
  products: z.record(name, z.object({ version, url: z.url({ protocol: /^https?$/ }) })),
});

export function writeRevision({ variant, number, at, by, action, products }: Revision): string {
  const sorted = Object.entries(products)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([each, { version: placed, url }]) => [each, { version: placed, url }]);
  const document = { variant, number, at, by, action, products: Object.fromEntries(sorted) };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

/** @throws registering.REVISION_BROKEN */
export function readRevision(document: unknown, variant: string, number: number): Revision {
  const read = revisionSchema.safeParse(document);
  const broken = (problem: string) => registering.REVISION_BROKEN({ variant, number, problem });
  if (!read.success) {
    const [issue] = read.error.issues;
    throw broken(`${issue?.path.join(".") || "it"}: ${issue?.message}`);
  }
  if (read.data.variant !== variant || read.data.number !== number)
    throw broken(`it says that it is revision ${read.data.number} of ${read.data.variant}`);
  return read.data;
}
