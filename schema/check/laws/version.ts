// The version says what the differences are: who reads it knows whether to look.
import { isAtLeast, isVersion } from "../../product/version.ts";
import type { Law } from "../law.ts";
import { nextVersion } from "../next-version.ts";
import { ownProducts } from "../own-definitions.ts";

export const version: Law = {
  name: "version",
  code: "LAW_VERSION",
  severity: "error",
  check: ({ mine, version: given, published, changes }) => {
    const [product] = ownProducts(mine);
    const at = product ? { coordinate: product.name } : {};
    if (!isVersion(given))
      return [
        {
          ...at,
          text: `${JSON.stringify(given)} is no semantic version.`,
          fix: "Write the version as `1.4.0`.",
        },
      ];
    if (!published) return [];
    if (changes.length === 0)
      return isAtLeast(given, published.version)
        ? []
        : [
            {
              ...at,
              text: `The version ${given} is lower than ${published.version}, which is published.`,
              fix: `Keep ${published.version}, or name a higher one.`,
            },
          ];
    const least = nextVersion(published.version, changes);
    if (isAtLeast(given, least)) return [];
    return [
      {
        ...at,
        text: `The version ${given} says less than what changed since ${published.version}, which is published.`,
        fix: `Name the version ${least}, or a higher one.`,
      },
    ];
  },
};
