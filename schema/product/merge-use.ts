// Puts the use reports of several gateways together.
import type { UsedOperation, UseReport } from "./use.ts";

/** Whole only since the latest of them is. @param reports - at least one */
export function mergeUse(reports: readonly UseReport[]): UseReport {
  const merged = new Map<string, UsedOperation>();
  for (const { operations } of reports)
    for (const operation of operations) {
      const { client, operation: asked } = operation;
      const key = JSON.stringify([client, asked.name ?? null, asked.hash]);
      const known = merged.get(key);
      merged.set(key, known ? both(known, operation) : operation);
    }
  return {
    since: reports.map(({ since }) => since).reduce(later),
    forgotten: reports.reduce((sum, { forgotten }) => sum + forgotten, 0),
    operations: [...merged.values()].sort(
      (one, other) => Date.parse(other.lastSeen) - Date.parse(one.lastSeen),
    ),
  };
}

function both(one: UsedOperation, other: UsedOperation): UsedOperation {
  return {
    ...one,
    coordinates: [...new Set([...one.coordinates, ...other.coordinates])].sort(),
    firstSeen: later(one.firstSeen, other.firstSeen) === one.firstSeen ? other.firstSeen : one.firstSeen,
    lastSeen: later(one.lastSeen, other.lastSeen),
    count: one.count + other.count,
  };
}

function later(one: string, other: string): string {
  return Date.parse(one) >= Date.parse(other) ? one : other;
}
