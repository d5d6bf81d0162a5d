// Which products each subgraph answers for: whatever it says is as old as they allow, and changes with their events.
import type { Mesh } from "../../schema/product/mesh.ts";

export type SubgraphProducts = {
  /** Ids, at least one. */
  readonly products: readonly string[];
  /** The smallest objective among them; undefined = one has none, so that nothing is remembered. */
  readonly sloMs: number | undefined;
};

/** By subgraph; one without a data product is left out. */
export function subgraphProducts({ entities }: Mesh): ReadonlyMap<string, SubgraphProducts> {
  const all = new Map<string, SubgraphProducts>();
  for (const { owner, product, freshness } of entities.values()) {
    if (owner === undefined || !product) continue;
    const known = all.get(owner);
    all.set(owner, {
      products: [...new Set([...(known?.products ?? []), product.id])],
      sloMs: known ? smallest([known.sloMs, freshness?.sloMs]) : freshness?.sloMs,
    });
  }
  return all;
}

/** Undefined where one of them is. */
export function smallest(objectives: readonly (number | undefined)[]): number | undefined {
  return objectives.some((sloMs) => sloMs === undefined)
    ? undefined
    : Math.min(...(objectives as readonly number[]));
}
