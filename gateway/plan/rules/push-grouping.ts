// Rows are grouped by their owner, as finely as what is left to do here needs; then the groups are made coarser here.
//
//   group by destination.state.name, avg(delay)      regroup by destination.state.name, avg(delay)
//     lookup destination                        →      lookup destination
//       scan flights where W                             groups flights where W by destination.iata: count, sum(delay)
//
// Groups of one key share what a lookup brings for it (Yan and Larson 1995, eager aggregation). A filter that is left
// decides whole groups once its columns are keys of them. Mean and variance go as their parts, never as themselves: the
// mean of two means is not the mean. Where all keys of the owner's groups are keys of the question, his groups are the answer's.

import { type Aggregate, distinctValues, type Value } from "../../../schema/product/value.ts";
import { distinctAggregates, partialAggregates } from "../aggregates.ts";
import { always, isSettled } from "../condition.ts";
import { collectionNamed } from "../facts.ts";
import { bucketScalar } from "../layout.ts";
import type { Filter, Group, GroupKey, Groups, Lookup, RowsPlan, Scan } from "../rows-plan.ts";
import type { Rule } from "../rule.ts";
import { valueAt } from "../value-at.ts";

export const pushGrouping: Rule = {
  name: "push-grouping",
  rows: (plan, facts) => {
    const parts = plan.kind === "group" ? peeled(plan.input) : undefined;
    if (plan.kind !== "group" || !parts) return plan;
    const { aggregate, groups } = collectionNamed(facts, parts.scan.collection);
    const finer = finerColumns(plan, parts);
    const keys = distinctValues([...ownKeys(plan, parts).map(ownValue), ...finer.map(valueAt)]);
    if ((keys.length === 0 ? aggregate : groups) === undefined) return plan;
    // A key set may turn out longer than the owner takes; then it is decided here, by columns of his groups.
    if (groups === undefined && !isSettled(parts.scan.where)) return plan;
    return finer.length === 0 && isWhole(plan, parts)
      ? asGroups(plan, parts, keys)
      : asRegroup(plan, parts, keys);
  },
};

/** A plan to be grouped: lookups, the innermost first, over a filter that is left, over a scan. */
type Parts = { readonly lookups: readonly Lookup[]; readonly left: Filter | undefined; readonly scan: Scan };

function peeled(plan: RowsPlan): Parts | undefined {
  switch (plan.kind) {
    case "lookup": {
      const below = peeled(plan.input);
      return below && { ...below, lookups: [...below.lookups, plan] };
    }
    case "filter":
      return plan.input.kind === "scan" ? { lookups: [], left: plan, scan: plan.input } : undefined;
    case "scan":
      return { lookups: [], left: undefined, scan: plan };
    default:
      return undefined;
  }
}

/** Columns that the owner's groups are told apart by beside the question's keys, so that what is left can be done to them. */
function finerColumns(plan: Group, parts: Parts): readonly string[] {
  const { keys, aggregates } = plan;
  const { lookups, left } = parts;
  const counted = aggregates.flatMap(({ aggregate }) =>
    aggregate.function === "count" && aggregate.distinct ? [aggregate.column as string] : [],
  );
  const asked = new Set(keys.flatMap(({ bucket, as }) => (bucket ? [] : [as])));
  const needed = [...lookups.flatMap(({ on }) => on), ...Object.keys(left?.scalars ?? {})];
  const isRegrouped = !isWhole(plan, parts) || needed.some((column) => !asked.has(column));
  return [...new Set([...needed, ...(isRegrouped ? counted : [])])].filter((column) => !asked.has(column));
}

/** Are the owner's groups those of the question? A bucket of what a lookup brings, and what a filter leaves, is made here. */
function isWhole({ keys }: Group, { lookups, left }: Parts): boolean {
  const brought = broughtBy(lookups);
  return !left && !keys.some(({ column, bucket }) => bucket !== undefined && brought.has(column));
}

function broughtBy(lookups: readonly Lookup[]): ReadonlySet<string> {
  return new Set(lookups.flatMap(({ columns }) => columns.map(({ as }) => as)));
}

/** The question's own keys that the owner has. */
function ownKeys({ keys }: Group, { lookups }: Parts): readonly GroupKey[] {
  const brought = broughtBy(lookups);
  return keys.filter(({ column }) => !brought.has(column));
}

function asGroups(plan: Group, parts: Parts, keys: readonly Value[]): RowsPlan {
  const aggregates = plan.aggregates.map(({ aggregate }) => aggregate);
  return onto(groupsOf(plan, parts, keys, aggregates), parts.lookups);
}

function asRegroup(plan: Group, parts: Parts, keys: readonly Value[]): RowsPlan {
  const own = ownKeys(plan, parts);
  const partial = plan.aggregates.flatMap(({ aggregate }) => partialAggregates(aggregate));
  const groups = groupsOf(plan, parts, keys, distinctAggregates(partial));
  const kept: RowsPlan = parts.left ? { ...parts.left, input: groups } : groups;
  const coarser = plan.keys.map((key) => (own.includes(key) ? settled(key) : key));
  return { ...plan, kind: "regroup", keys: coarser, input: onto(kept, parts.lookups) };
}

function groupsOf(
  { timeZone }: Group,
  { scan: { collection, where, page } }: Parts,
  keys: readonly Value[],
  aggregates: readonly Aggregate[],
): Groups {
  return { kind: "groups", collection, keys, aggregates, where, having: always, order: [], page, timeZone };
}

function onto(rows: RowsPlan, lookups: readonly Lookup[]): RowsPlan {
  return lookups.reduce<RowsPlan>((input, lookup) => ({ ...lookup, input }), rows);
}

/** A key as the owner's value. */
function ownValue({ column, bucket }: GroupKey): Value {
  const bucketed = (value: Value): Value => {
    if (value.kind === "reference") return { ...value, value: bucketed(value.value) };
    return value.kind === "column" && bucket ? { kind: "bucket", column: value.column, bucket } : value;
  };
  return bucketed(valueAt(column));
}

/** A key that the owner has made already. */
function settled({ as, scalar, bucket }: GroupKey): GroupKey {
  return { column: as, as, scalar: bucketScalar(scalar, bucket) };
}
