// What was worked out for groups, as columns of their rows: canonical, finite, and null of nothing.
import { canonicalValue } from "../../../schema/product/canonical-value.ts";
import type { ScalarName, ScalarValue } from "../../../schema/product/scalar.ts";
import { executing } from "../executing-faults.ts";
import type { GroupColumn } from "./assign-groups.ts";

/** Of each group, or undefined of nothing. */
type OfGroups<Each> = readonly (Each | undefined)[];
type Sum = { readonly value: () => ScalarValue | undefined; readonly mean: (count: number) => number };
type Moments = { readonly variance: () => number };
type Best = { readonly value: () => ScalarValue | undefined };

const countMax = 2 ** 31 - 1;
/** Of a Decimal. */
const digitsMax = 38;

/** `at` throws executing.GROUP_COUNT_TOO_LARGE. */
export function writeCounts(as: string, counts: Float64Array): GroupColumn {
  return {
    as,
    at: (group) => {
      const count = counts[group] as number;
      if (count > countMax) throw executing.GROUP_COUNT_TOO_LARGE({ aggregate: as });
      return count;
    },
  };
}

/** `at` throws executing.AGGREGATE_OUT_OF_RANGE. */
export function writeExtremes(as: string, extremes: OfGroups<Best>, scalar: ScalarName): GroupColumn {
  return written(as, extremes, (extreme) => {
    const value = extreme.value();
    return value === undefined ? undefined : canonicalValue(scalar, value);
  });
}

/** `at` throws executing.AGGREGATE_OUT_OF_RANGE. */
export function writeSums(as: string, sums: OfGroups<Sum>): GroupColumn {
  return written(as, sums, (sum) => {
    const value = sum.value();
    return typeof value === "string" && !isShort(value) ? undefined : value;
  });
}

/** `at` throws executing.AGGREGATE_OUT_OF_RANGE. */
export function writeMeans(as: string, sums: OfGroups<Sum>, counts: Float64Array): GroupColumn {
  return written(as, sums, (sum, group) => sum.mean(counts[group] as number));
}

/** `at` throws executing.AGGREGATE_OUT_OF_RANGE. */
export function writeVariances(
  as: string,
  moments: OfGroups<Moments>,
  fn: "var_pop" | "stddev_pop",
): GroupColumn {
  return written(as, moments, (each) => {
    const variance = each.variance();
    return fn === "var_pop" ? variance : Math.sqrt(variance);
  });
}

function written<Each>(
  as: string,
  folded: OfGroups<Each>,
  write: (each: Each, group: number) => ScalarValue | undefined,
): GroupColumn {
  return {
    as,
    at: (group) => {
      const each = folded[group];
      if (each === undefined) return null;
      const value = write(each, group);
      if (value === undefined || (typeof value === "number" && !Number.isFinite(value)))
        throw executing.AGGREGATE_OUT_OF_RANGE({ aggregate: as });
      return value;
    },
  };
}

function isShort(text: string): boolean {
  return text.length <= digitsMax || text.replace(/^-?0?|\./g, "").length <= digitsMax;
}
