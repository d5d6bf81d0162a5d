// The regroup: groups of disjoint rows made coarser.
import type { Regroup } from "../../plan/rows-plan.ts";
import { assignGroups, writeGroups } from "./assign-groups.ts";
import type { FlatRows } from "./flat-row.ts";
import { mergePartials } from "./merge-partials.ts";

/**
 * Groups in the order of their first parts; without keys one, also of nothing.
 * @throws executing.GROUP_COUNT_TOO_LARGE, executing.AGGREGATE_OUT_OF_RANGE
 */
export function regroupRows(
  parts: FlatRows,
  { keys, aggregates, timeZone }: Pick<Regroup, "keys" | "aggregates" | "timeZone">,
): FlatRows {
  const groups = assignGroups(parts, keys, timeZone);
  const columns = aggregates.map((aggregate) => mergePartials(parts, groups, aggregate));
  return writeGroups(groups.count, [...groups.keys, ...columns]);
}
