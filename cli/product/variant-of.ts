// A variant of a mesh, by its configuration.
import type { Config } from "../../gateway/config.ts";
import { meshing } from "./mesh-faults.ts";

export type VariantNamed = {
  readonly name: string;
  /** The first has the gateway's plain routes and folders. */
  readonly isFirst: boolean;
};

/**
 * A mesh without a registry has one.
 * @param wanted - left out = the first
 * @throws meshing.VARIANT_UNKNOWN
 */
export function variantOf({ registry }: Pick<Config, "registry">, wanted: string | undefined): VariantNamed {
  const variants = registry?.variants ?? ["current"];
  const name = wanted ?? (variants[0] as string);
  if (!variants.includes(name)) throw meshing.VARIANT_UNKNOWN({ variant: name, variants });
  return { name, isFirst: name === variants[0] };
}
