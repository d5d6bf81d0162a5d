// Rows and groups that can be sorted by their owner are asked for in order.
//
//   sort by delay, id                       sort (as they come)
//     scan flights                  →         scan flights order by delay
//
//   sort by count(*), destination.iata,     sort (as they come)
//       destination.name                      lookup destination
//     lookup destination            →           groups … order by count(*), destination.iata
//       groups … by destination.iata
//
// Where the name came before the code, the order of groups with one count would be the name's, which the owner does not know.

import type { GroupOrderTerm } from "../../../schema/product/read-value.ts";
import { type Aggregate, type Value, valueName } from "../../../schema/product/value.ts";
import { columnOfAggregate } from "../aggregates.ts";
import { collectionNamed, type Facts, isOwnValue, primaryKey } from "../facts.ts";
import type { Groups, RowsPlan, Scan, Sort, SortTerm } from "../rows-plan.ts";
import type { Rule } from "../rule.ts";

export const pushOrder: Rule = {
  name: "push-order",
  rows: (plan, facts) => {
    if (plan.kind !== "sort" || plan.order.length === 0) return plan;
    const input = inOrder(plan, plan.input, facts);
    return input ? { ...plan, order: [], input } : plan;
  },
};

function inOrder(sort: Sort, rows: RowsPlan, facts: Facts): RowsPlan | undefined {
  switch (rows.kind) {
    case "scan":
      return sortedScan(sort, rows, facts);
    case "groups":
      return sortedGroups(sort, rows, facts);
    case "lookup": {
      const input = inOrder(sort, rows.input, facts);
      // What a list looks up it is sorted by; what groups look up they are made of.
      return input && (input.kind === "scan" ? input : { ...rows, input });
    }
    default:
      return undefined;
  }
}

/** The primary key, which ends the order, is the owner's last tie-break anyway. */
function sortedScan({ order }: Sort, scan: Scan, facts: Facts): Scan | undefined {
  const collection = collectionNamed(facts, scan.collection);
  if (collection.sort !== "exact") return undefined;
  // A list that comes whole is sorted again when it is here, by columns of its rows.
  if (!collection.limit && !order.every(({ by }) => by && isColumn(by))) return undefined;
  const terms = order.slice(0, -primaryKey(facts, collection).length);
  const own = terms.flatMap(({ by, direction }) =>
    by && isOwnValue(facts, collection, by) ? [{ by, direction }] : [],
  );
  return own.length === terms.length ? { ...scan, order: own } : undefined;
}

function isColumn(value: Value): boolean {
  return value.kind === "reference" ? isColumn(value.value) : value.kind === "column";
}

/** Terms count up to the one with which all keys of the groups are told: no two groups are equal in these. */
function sortedGroups({ order }: Sort, groups: Groups, facts: Facts): Groups | undefined {
  if (collectionNamed(facts, groups.collection).sort !== "exact") return undefined;
  const untold = new Set(groups.keys.map(valueName));
  const terms: GroupOrderTerm[] = [];
  for (const term of order) {
    if (untold.size === 0) break;
    const asked = asGroupTerm(term, groups);
    if (!asked) return undefined;
    terms.push(asked);
    untold.delete(term.column);
  }
  return { ...groups, order: terms };
}

function asGroupTerm(
  { column, direction }: SortTerm,
  { keys, aggregates }: Groups,
): GroupOrderTerm | undefined {
  const key = keys.find((each) => valueName(each) === column);
  if (key) return { on: "key", key, direction };
  const aggregate = aggregates.find((each: Aggregate) => columnOfAggregate(each) === column);
  return aggregate && { on: "aggregate", aggregate, direction };
}
