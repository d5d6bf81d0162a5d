// Reports of use: whole and old enough to be believed, unless a test says otherwise.
import type { UseReport } from "../../../schema/product/use.ts";

export const now = new Date("2026-11-21T12:00:00Z");

const ago = (ms: number) => new Date(now.getTime() - ms).toISOString();

export const hours = (count: number) => ago(count * 3_600_000);
export const days = (count: number) => ago(count * 86_400_000);

/** One operation of the client `ops-dashboard` that uses these coordinates, last seen three hours ago. */
export function usedBy(coordinates: readonly string[], more: Partial<UseReport> = {}): UseReport {
  return {
    since: days(60),
    forgotten: 0,
    operations:
      coordinates.length === 0
        ? []
        : [
            {
              client: "ops-dashboard",
              operation: { name: "Overview", hash: "a".repeat(64) },
              coordinates,
              firstSeen: days(50),
              lastSeen: hours(3),
              count: 12,
            },
          ],
    ...more,
  };
}
