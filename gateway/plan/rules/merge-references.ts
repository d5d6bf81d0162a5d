// One key set for all that is asked of the row at the end of a reference.
//
//   among(origin: keys(airports | P)) and among(origin: keys(airports | Q))  →  among(origin: keys(airports | P and Q))
//
// A reference leads to one row, which must satisfy both. Of a to-many it would be wrong: some departure was late and some
// departure was long, yet none was both.
import { type Among, type Condition, conjunction, conjuncts } from "../condition.ts";
import type { Filter, RowsPlan } from "../rows-plan.ts";
import type { Rule } from "../rule.ts";

export const mergeReferences: Rule = {
  name: "merge-references",
  rows: (plan) => {
    if (plan.kind !== "filter") return plan;
    const condition = merged(plan.condition);
    return condition === plan.condition ? plan : { ...plan, condition };
  },
};

type Mergeable = Among & { readonly keys: { readonly kind: "keys"; readonly rows: Filter } };

function merged(condition: Condition): Condition {
  const all = conjuncts(condition);
  const byReference = new Map<string, Mergeable[]>();
  for (const each of all)
    if (isMergeable(each))
      byReference.set(each.relationship, [...(byReference.get(each.relationship) ?? []), each]);
  if (![...byReference.values()].some(({ length }) => length > 1)) return condition;
  const kept = all.filter((each) => !isMergeable(each));
  return conjunction([...kept, ...[...byReference.values()].map(mergedInto)]);
}

function isMergeable(condition: Condition): condition is Mergeable {
  if (condition.kind !== "among" || condition.keys.kind !== "keys") return false;
  const isReference = condition.columns.every((column) => column.startsWith(`${condition.relationship}.`));
  const { rows } = condition.keys;
  return isReference && rows.kind === "filter" && rows.input.kind === "scan";
}

function mergedInto(of: readonly Mergeable[]): Condition {
  const [first] = of as [Mergeable, ...Mergeable[]];
  const filters = of.map(({ keys }) => keys.rows);
  const rows: RowsPlan = {
    ...first.keys.rows,
    condition: merged(conjunction(filters.flatMap(({ condition }) => conjuncts(condition)))),
    scalars: Object.assign({}, ...filters.map(({ scalars }) => scalars)),
  };
  return { ...first, keys: { ...first.keys, rows } };
}
