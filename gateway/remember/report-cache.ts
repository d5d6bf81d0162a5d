// What an operator is told of the cache: sums and edges, never keys, values, variables or headers.
import { LRUCache } from "lru-cache";
import type { Unstored } from "../../cache/cache-event.ts";
import { type EdgeReport, type Edges, hottestFirst } from "../../cache/joins/edges.ts";
import type { CacheCounts, CountedCache } from "./cache-counts.ts";
import { shownEdge } from "./shown-edge.ts";

export type CacheReport = {
  readonly enabled: true;
  readonly store: {
    readonly kind: "memory" | "redis";
    /** "suspended": it failed too often, and is left alone for a while. */
    readonly state: "working" | "suspended";
    /** What it holds, and may hold; of a Redis the Redis knows. */
    readonly bytes?: number;
    readonly bytesMax?: number;
  };
  readonly totals: CacheCounts & {
    /** Hits of those asked, from 0 to 1. */
    readonly hitRatio: number;
    /** Milliseconds that fetching would have taken, by what it took lately. */
    readonly savedMs: number;
  };
  /** The hottest first, without their literals: edges that differ in these alone are one. */
  readonly edges: readonly EdgeReport[];
  /** How many there are. */
  readonly edgesMeasured: number;
};

/** @param edgesMax - most edges in the report */
export type ReportCache = (edgesMax: number) => CacheReport;

export type ReportParts = {
  readonly counted: CountedCache;
  readonly edges: Edges;
  readonly store: () => Omit<CacheReport["store"], "state">;
};

/** `namesMax`: names of edges that are kept as shown, so that a report made every other second is cheap. */
export function reportCache(
  { counted, edges, store }: ReportParts,
  { namesMax }: { readonly namesMax: number },
): ReportCache {
  const names = new LRUCache<string, string>({ max: namesMax });
  const nameOf = (edge: string) => {
    const known = names.get(edge) ?? shownEdge(edge);
    names.set(edge, known);
    return known;
  };
  return (edgesMax) => {
    const counts = counted.counts();
    const shown = merged(edges.report().map((each) => ({ ...each, edge: nameOf(each.edge) })));
    return {
      enabled: true,
      store: { ...store(), state: counted.isSuspended() ? "suspended" : "working" },
      totals: {
        ...counts,
        hitRatio: counts.asked === 0 ? 0 : counts.hits / counts.asked,
        savedMs: rounded(edges.savedMs()),
      },
      edges: shown.slice(0, edgesMax).map((each) => ({ ...each, savedMs: rounded(each.savedMs) })),
      edgesMeasured: shown.length,
    };
  };
}

function merged(reports: readonly EdgeReport[]): readonly EdgeReport[] {
  const byName = new Map<string, EdgeReport>();
  for (const report of reports) {
    const known = byName.get(report.edge);
    byName.set(report.edge, known ? sumOf(known, report) : report);
  }
  return [...byName.values()].sort(hottestFirst);
}

function sumOf(one: EdgeReport, other: EdgeReport): EdgeReport {
  const refused: Partial<Record<Unstored, number>> = { ...one.refused };
  for (const [reason, count] of Object.entries(other.refused) as [Unstored, number][])
    refused[reason] = (refused[reason] ?? 0) + count;
  return {
    edge: one.edge,
    asked: one.asked + other.asked,
    looked: one.looked + other.looked,
    hits: one.hits + other.hits,
    storedBytes: one.storedBytes + other.storedBytes,
    savedMs: one.savedMs + other.savedMs,
    isWorth: one.isWorth || other.isWorth,
    refused,
  };
}

/** To the microsecond. */
function rounded(ms: number): number {
  return Math.round(ms * 1_000) / 1_000;
}
