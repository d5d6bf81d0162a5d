// The group: rows into groups, each with its keys and aggregates.
import type { Group } from "../../plan/rows-plan.ts";
import { aggregateRows } from "./aggregate-rows.ts";
import { assignGroups, writeGroups } from "./assign-groups.ts";
import type { FlatRows } from "./flat-row.ts";

/**
 * Groups in the order of their first rows; without keys one, also of nothing.
 * @throws executing.GROUP_COUNT_TOO_LARGE, executing.AGGREGATE_OUT_OF_RANGE
 */
export function groupRows(
  rows: FlatRows,
  { keys, aggregates, timeZone }: Pick<Group, "keys" | "aggregates" | "timeZone">,
): FlatRows {
  const groups = assignGroups(rows, keys, timeZone);
  const columns = aggregates.map((aggregate) => aggregateRows(rows, groups, aggregate));
  return writeGroups(groups.count, [...groups.keys, ...columns]);
}
