// A page in the order of what a reference leads to is found from the keys of the reference: they are few, the rows many.
//
//   sort by destination.city, delay, id  limit 10          ranked by destination.city  limit 10
//     lookup destination                           →         lookup destination
//       scan flights where W                                   groups flights where W by destination.iata: count(*)
//                                                            scan flights where W order by delay
//
// Keys with one city are one class, whose rows are sorted by the rest of the order. So the rest must be the owner's: were it
// another domain's too, the rows of a class could not be asked for in order.

import { answersExactly, answersKeys } from "../capability.ts";
import { always } from "../condition.ts";
import { collectionNamed, type Facts, isOwnValue, primaryKey } from "../facts.ts";
import type { Groups, Lookup, Ranked, Scan, Sort, SortTerm } from "../rows-plan.ts";
import type { Rule } from "../rule.ts";
import { valueAt } from "../value-at.ts";

export const rankKeys: Rule = {
  name: "rank-keys",
  rows: (plan, facts) => {
    if (plan.kind !== "sort" || plan.input.kind !== "lookup" || plan.input.input.kind !== "scan") return plan;
    return ranked(plan, plan.input, plan.input.input, facts) ?? plan;
  },
};

function ranked({ order, page }: Sort, lookup: Lookup, scan: Scan, facts: Facts): Ranked | undefined {
  const collection = collectionNamed(facts, scan.collection);
  const { limit, offset } = page;
  const reference = referenceOf(lookup);
  if (reference === undefined || limit === undefined) return undefined;
  if (collection.groups === undefined || collection.sort !== "exact" || !collection.limit) return undefined;
  const isBound =
    answersKeys(facts, collection, { relationship: reference, columns: lookup.on }) === "exactly";
  if (!isBound || !answersExactly("_is_null", collection)) return undefined;
  const decided = new Set([...lookup.on, ...lookup.columns.map(({ as }) => as)]);
  const isRest = ({ column }: SortTerm) => !decided.has(column);
  const end = order.findIndex(isRest);
  const rest = order.slice(end, -primaryKey(facts, collection).length);
  const own = rest.flatMap(({ by, direction }) =>
    by && isOwnValue(facts, collection, by) ? [{ by, direction }] : [],
  );
  // Keys with a null in one of several columns differ in the others, and are all asked for as the null reference.
  const isByKey =
    lookup.on.length > 1 && order.slice(0, end).some(({ column }) => lookup.on.includes(column));
  if (isByKey || end <= 0 || own.length < rest.length) return undefined;
  const keys: Groups = {
    kind: "groups",
    collection: scan.collection,
    keys: lookup.on.map(valueAt),
    aggregates: [{ function: "count", distinct: false }],
    where: scan.where,
    having: always,
    order: [],
    page: { offset: 0 },
    timeZone: "UTC",
  };
  return {
    kind: "ranked",
    keys: { ...lookup, input: keys },
    reference,
    on: lookup.on,
    order: order.slice(0, end),
    rows: { ...scan, order: own },
    page: { limit, offset },
  };
}

/** The reference whose key a lookup goes by; undefined of a to-many, which goes by the row's own key. */
function referenceOf({ on }: Lookup): string | undefined {
  const [first = "", ...rest] = (on[0] ?? "").split(".");
  return rest.length > 0 ? first : undefined;
}
