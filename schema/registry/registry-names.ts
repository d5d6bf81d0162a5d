// Names that the registry keeps things by. They become paths and routes, so that nothing else may stand in them.
import { isVersion } from "../product/version.ts";
import { registering } from "./registering-faults.ts";
import type { RevisionDraft } from "./registry.ts";

const subgraphName = /^[A-Za-z][A-Za-z0-9_-]{0,62}$/;
/** Variants are routes too. */
export const variantName = /^[a-z][a-z0-9-]{0,62}$/;

/** @throws registering.NAME_INVALID */
export function checkName(name: string): string {
  if (!subgraphName.test(name)) throw registering.NAME_INVALID({ what: "name of a subgraph", value: name });
  return name;
}

/** @throws registering.NAME_INVALID */
export function checkVariant(variant: string): string {
  if (!variantName.test(variant))
    throw registering.NAME_INVALID({ what: "name of a variant", value: variant });
  return variant;
}

/** Only in its canonical form, so that no version has two names. @throws registering.NAME_INVALID */
export function checkVersion(version: string): string {
  if (!isVersion(version)) throw registering.NAME_INVALID({ what: "version", value: version });
  return version;
}

/** @throws registering.NAME_INVALID */
export function checkDraft({ variant, products, adds }: RevisionDraft): void {
  checkVariant(variant);
  const placed = Object.entries(products).map(([name, { version }]) => ({ name, version }));
  for (const { name, version } of adds ? [adds, ...placed] : placed) {
    checkName(name);
    checkVersion(version);
  }
}
