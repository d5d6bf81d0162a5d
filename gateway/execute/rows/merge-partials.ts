// An aggregate over the parts of each group: rows that hold what `partialAggregates` names.
import { strict as assert } from "node:assert";
import { ExactParts, ExactSum } from "../../../schema/product/exact-sum.ts";
import { FloatMoments, FloatSum } from "../../../schema/product/float-sum.ts";
import type { ScalarValue } from "../../../schema/product/scalar.ts";
import { columnOfAggregate } from "../../plan/aggregates.ts";
import type { TypedAggregate } from "../../plan/rows-plan.ts";
import type { GroupColumn, Groups } from "./assign-groups.ts";
import { addCounts, countDistinct } from "./count-groups.ts";
import { extremesOf } from "./extreme.ts";
import type { FlatRow, FlatRows } from "./flat-row.ts";
import { type Fold, foldGroups } from "./fold-groups.ts";
import { writeCounts, writeExtremes, writeMeans, writeSums, writeVariances } from "./write-aggregates.ts";

/** `at` throws executing.GROUP_COUNT_TOO_LARGE, executing.AGGREGATE_OUT_OF_RANGE. */
export function mergePartials(
  parts: FlatRows,
  groups: Groups,
  { aggregate, scalar }: TypedAggregate,
): GroupColumn {
  const as = columnOfAggregate(aggregate);
  if (aggregate.function === "count" && !aggregate.distinct)
    return writeCounts(as, addCounts(parts, groups, as));
  const { column } = aggregate;
  assert(column !== undefined && scalar, `${as} has a column of a known scalar`);
  const count = columnOfAggregate({ function: "count", column, distinct: false });
  const beginSum = () => (scalar === "Float" ? new FloatSum() : new ExactSum());
  switch (aggregate.function) {
    case "count":
      return writeCounts(as, countDistinct(parts, groups, column, scalar));
    case "min":
    case "max":
      return writeExtremes(as, foldGroups(parts, groups, as, extremesOf(scalar, aggregate.function)), scalar);
    case "sum":
      return writeSums(as, foldGroups(parts, groups, as, beginSum));
    case "avg": {
      const sums = foldGroups(parts, groups, columnOfAggregate({ function: "sum", column }), beginSum);
      return writeMeans(as, sums, addCounts(parts, groups, count));
    }
    case "var_pop":
    case "stddev_pop": {
      const sum = columnOfAggregate({ function: "sum", column });
      const variance = columnOfAggregate({ function: "var_pop", column });
      const isFloat = scalar === "Float";
      const moments = foldGroups(parts, groups, sum, () => new PartMoments(count, variance, isFloat));
      return writeVariances(as, moments, aggregate.function);
    }
  }
}

/** Moments of parts, each by its sum and, in the same row, its count and variance. */
class PartMoments implements Fold {
  readonly #floats = new FloatMoments();
  readonly #exact = new ExactParts();
  readonly #count: string;
  readonly #variance: string;
  readonly #isFloat: boolean;

  constructor(count: string, variance: string, isFloat: boolean) {
    this.#count = count;
    this.#variance = variance;
    this.#isFloat = isFloat;
  }

  add(sum: ScalarValue, part: FlatRow): void {
    const [count, variance] = [Number(part[this.#count]), Number(part[this.#variance])];
    if (this.#isFloat) this.#floats.addPart(count, Number(sum) / count, variance);
    else this.#exact.add(count, sum, variance);
  }

  variance(): number {
    return this.#isFloat ? this.#floats.variance() : this.#exact.variance();
  }
}
