// A page in the order of a to-many's aggregate is found from the to-many, whose owner has the aggregates in order.
//
//   sort by departures.count(*) desc, iata  limit 10      led by departures.count(*)  limit 10
//     lookup departures: count(*)                   →       groups flights by origin.iata: count(*), in order
//       scan airports where W                               scan airports where W
//
// Rows that nothing refers to have no group. They must come last: with `asc` those of no departures come first, and the first
// plan is kept. So it is for a page that reaches them. The rest of the order must be the key, by which groups that are equal
// are in order too.
import { directionParts } from "../../../schema/product/order.ts";
import { columnOfAggregate } from "../aggregates.ts";
import { answersKeys } from "../capability.ts";
import { always } from "../condition.ts";
import { collectionNamed, type Facts, primaryKey } from "../facts.ts";
import type { Led, Lookup, Scan, Sort } from "../rows-plan.ts";
import type { Rule } from "../rule.ts";
import { valueAt } from "../value-at.ts";

export const leadByAggregate: Rule = {
  name: "lead-by-aggregate",
  rows: (plan, facts) => {
    if (plan.kind !== "sort" || plan.input.kind !== "lookup" || plan.input.input.kind !== "scan") return plan;
    return led(plan, plan.input, plan.input.input, facts) ?? plan;
  },
};

function led(sort: Sort, lookup: Lookup, scan: Scan, facts: Facts): Led | undefined {
  const { limit, offset } = sort.page;
  const groups = lookup.from.kind === "groups" ? lookup.from : undefined;
  const here = collectionNamed(facts, scan.collection);
  const key = primaryKey(facts, here);
  const [first, ...ties] = sort.order;
  const column = lookup.columns.find(({ as }) => as === first?.column);
  if (limit === undefined || !groups || !first || !column) return undefined;
  const isKey = (columns: readonly string[]) =>
    columns.length === key.length && columns.every((name, i) => name === key[i]);
  if (!isKey(lookup.on) || !isKey(ties.map((term) => term.column))) return undefined;
  const aggregate = groups.aggregates.find((each) => columnOfAggregate(each) === column.column);
  const { descending, nullsFirst } = directionParts(first.direction);
  const isLast = column.absent === null ? !nullsFirst : descending;
  const there = collectionNamed(facts, groups.collection);
  if (answersKeys(facts, here, { relationship: "", columns: lookup.on }) === "no") return undefined;
  if (!aggregate || !isLast || there.groups === undefined || there.sort !== "exact") return undefined;
  return {
    kind: "led",
    keys: {
      kind: "groups",
      collection: groups.collection,
      keys: lookup.key.map(valueAt),
      aggregates: [aggregate],
      where: always,
      having: always,
      order: [{ on: "aggregate", aggregate, direction: first.direction }],
      page: { offset: 0 },
      timeZone: "UTC",
    },
    by: column.column,
    key: lookup.key,
    on: lookup.on,
    rows: scan,
    page: { limit, offset },
    otherwise: sort,
  };
}
