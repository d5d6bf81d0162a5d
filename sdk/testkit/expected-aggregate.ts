// Aggregates, worked out in memory: exactly where the surface says exactly.
import { ExactMoments, ExactSum } from "../../schema/product/exact-sum.ts";
import { type ScalarName, type ScalarValue, scalarTraits } from "../../schema/product/scalar.ts";
import type { AggregateFunction } from "../../schema/product/value.ts";
import { compareValues } from "./compare-values.ts";

/**
 * `exact` is the JSON that must come; `near` a Float and how far off it may be; `refused` has no finite value.
 * `orRefused`: the value is finite, but the squares are not that PostgreSQL adds up beside every mean.
 */
export type Expected =
  | { readonly kind: "exact"; readonly value: ScalarValue | null }
  | { readonly kind: "near"; readonly value: number; readonly within: number; readonly orRefused?: true }
  | { readonly kind: "refused" };

export function resultScalar(fn: AggregateFunction, scalar: ScalarName): ScalarName {
  if (fn === "min" || fn === "max") return scalar;
  return fn === "sum" ? (scalarTraits[scalar].sum ?? scalar) : "Float";
}

export function expectedAggregate(
  fn: AggregateFunction,
  scalar: ScalarName,
  values: readonly ScalarValue[],
): Expected {
  if (values.length === 0) return { kind: "exact", value: null };
  switch (fn) {
    case "min":
    case "max": {
      const sorted = values.toSorted((a, b) => compareValues(scalar, a, b));
      return { kind: "exact", value: sorted.at(fn === "min" ? 0 : -1) ?? null };
    }
    case "sum":
      return scalarTraits[scalar].sum === "Float"
        ? floatMoment("sum", values.map(Number))
        : { kind: "exact", value: exactSum(values) };
    case "avg":
    case "var_pop":
    case "stddev_pop":
      return scalar === "Float" ? floatMoment(fn, values.map(Number)) : exactMoment(fn, values);
  }
}

type Moment = "sum" | "avg" | "var_pop" | "stddev_pop";

/** Floats may be added in any order: what cancels may leave a rest of the size of what was added. */
function floatMoment(fn: Moment, values: readonly number[]): Expected {
  const count = values.length;
  const sum = values.reduce((total, value) => total + value, 0);
  const size = values.reduce((total, value) => total + Math.abs(value), 0);
  const variance = values.reduce((total, value) => total + (value - sum / count) ** 2, 0) / count;
  const scale = (size / count) ** 2;
  const found = { sum, avg: sum / count, var_pop: variance, stddev_pop: Math.sqrt(variance) }[fn];
  const around = {
    sum: size,
    avg: size / count,
    var_pop: variance + scale,
    stddev_pop: Math.sqrt(variance + scale),
  }[fn];
  if (!Number.isFinite(found)) return { kind: "refused" };
  const expected = near(found, around);
  return fn === "avg" && !Number.isFinite(variance) ? { ...expected, orRefused: true } : expected;
}

function exactSum(values: readonly ScalarValue[]): string | null {
  const sum = new ExactSum();
  for (const value of values) sum.add(value);
  return sum.value() ?? null;
}

function exactMoment(fn: Moment, values: readonly ScalarValue[]): Expected {
  const moments = new ExactMoments();
  for (const value of values) moments.add(value);
  const [mean, variance] = [moments.mean(), moments.variance()];
  const found = { sum: mean * values.length, avg: mean, var_pop: variance, stddev_pop: Math.sqrt(variance) }[
    fn
  ];
  // Engines compute variances of whole numbers as Floats, whose squares cancel.
  const around =
    fn === "avg" || fn === "sum" ? Math.abs(found) : Math.abs(found) + Number.EPSILON * mean ** 2;
  return near(found, around);
}

function near(value: number, around: number): Expected & { readonly kind: "near" } {
  return { kind: "near", value, within: 1e-9 * around };
}

export function meets(expected: Expected, came: unknown): boolean {
  switch (expected.kind) {
    case "exact":
      return came === expected.value;
    case "near":
      return typeof came === "number" && Math.abs(came - expected.value) <= expected.within;
    case "refused":
      return false;
  }
}
