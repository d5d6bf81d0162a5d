// How fresh an answer is: what a request demands of it, and what it says of itself.
import type { Answer } from "../execute/answer.ts";
import { operating } from "../operation/operation-faults.ts";
import type { Parted } from "../remember/parted.ts";
import { oldest } from "../remember/parts.ts";
import type { SubgraphProducts } from "../remember/subgraph-products.ts";
import { givenText } from "./given-text.ts";

/** What a request may say in `extensions`. */
export type Demand = {
  /** Shall the answer say how fresh it is? */
  readonly wantsParts?: boolean;
  /** Left out = as old as its products allow. */
  readonly maxStalenessMs?: number;
};

const nothing: Demand = {};

/** @throws operating.FRESHNESS_UNKNOWN, operating.STALENESS_UNKNOWN */
export function readDemand({ freshness, maxStalenessMs }: Readonly<Record<string, unknown>>): Demand {
  if (freshness !== undefined && freshness !== null && typeof freshness !== "boolean")
    throw operating.FRESHNESS_UNKNOWN({ given: givenText(freshness) });
  if (
    (maxStalenessMs ?? undefined) !== undefined &&
    (!Number.isSafeInteger(maxStalenessMs) || (maxStalenessMs as number) < 0)
  )
    throw operating.STALENESS_UNKNOWN({ given: givenText(maxStalenessMs) });
  if (!freshness && (maxStalenessMs ?? undefined) === undefined) return nothing;
  return {
    ...(freshness === true && { wantsParts: true }),
    ...(typeof maxStalenessMs === "number" && { maxStalenessMs }),
  };
}

/** Seconds since its oldest part was read from its owner (RFC 9111, 5.1). */
export function ageSeconds({ parts = [] }: Pick<Parted, "parts">, nowMs: number): number {
  const asOfMs = oldest(parts);
  return asOfMs === undefined ? 0 : Math.max(0, Math.floor((nowMs - asOfMs) / 1000));
}

/**
 * `extensions.freshness`: of each product that had a part in the answer, as of when that is, by its source's own word where
 * there is one. What a subgraph answers that offers no product is told by the subgraph's name.
 */
export function withFreshness(
  { parts = [], ...answer }: Parted,
  products: ReadonlyMap<string, SubgraphProducts>,
): Answer {
  const freshness = parts.flatMap(({ subgraph, asOfMs, isRemembered, watermarks }) =>
    (products.get(subgraph)?.products ?? [subgraph]).map((product) => ({
      product,
      asOf: watermarks?.[product] ?? new Date(asOfMs).toISOString(),
      from: isRemembered ? "cache" : "live",
    })),
  );
  return { ...answer, extensions: { ...answer.extensions, freshness } };
}
