// An aggregate over the rows of each group.
import { strict as assert } from "node:assert";
import { ExactMoments, ExactSum } from "../../../schema/product/exact-sum.ts";
import { FloatMoments, FloatSum } from "../../../schema/product/float-sum.ts";
import { columnOfAggregate } from "../../plan/aggregates.ts";
import type { TypedAggregate } from "../../plan/rows-plan.ts";
import type { GroupColumn, Groups } from "./assign-groups.ts";
import { countDistinct, countRows } from "./count-groups.ts";
import { extremesOf } from "./extreme.ts";
import type { FlatRows } from "./flat-row.ts";
import { foldGroups } from "./fold-groups.ts";
import { writeCounts, writeExtremes, writeMeans, writeSums, writeVariances } from "./write-aggregates.ts";

/** `at` throws executing.GROUP_COUNT_TOO_LARGE, executing.AGGREGATE_OUT_OF_RANGE. */
export function aggregateRows(
  rows: FlatRows,
  groups: Groups,
  { aggregate, scalar }: TypedAggregate,
): GroupColumn {
  const as = columnOfAggregate(aggregate);
  if (aggregate.function === "count" && !aggregate.distinct)
    return writeCounts(as, countRows(rows, groups, aggregate.column));
  const { column } = aggregate;
  assert(column !== undefined && scalar, `${as} has a column of a known scalar`);
  const isFloat = scalar === "Float";
  switch (aggregate.function) {
    case "count":
      return writeCounts(as, countDistinct(rows, groups, column, scalar));
    case "min":
    case "max":
      return writeExtremes(
        as,
        foldGroups(rows, groups, column, extremesOf(scalar, aggregate.function)),
        scalar,
      );
    case "sum":
      return writeSums(
        as,
        foldGroups(rows, groups, column, () => (isFloat ? new FloatSum() : new ExactSum())),
      );
    case "avg": {
      const sums = foldGroups(rows, groups, column, () => (isFloat ? new FloatSum() : new ExactSum()));
      return writeMeans(as, sums, countRows(rows, groups, column));
    }
    case "var_pop":
    case "stddev_pop": {
      const begin = () => (isFloat ? new FloatMoments() : new ExactMoments());
      return writeVariances(as, foldGroups(rows, groups, column, begin), aggregate.function);
    }
  }
}
