// Groups that are the owner's are kept or left out by him.
//
//   filter(count(*) > 1000)                     lookup destination
//     lookup destination               →          groups flights by destination.iata: count, having count(*) > 1000
//       groups flights by destination.iata: count
//
// Not through a regroup: a group of a thousand may be made of two that have six hundred and four hundred.
import { isAlways } from "../condition.ts";
import type { Filter, RowsPlan } from "../rows-plan.ts";
import type { Rule } from "../rule.ts";

export const pushHaving: Rule = {
  name: "push-having",
  rows: (plan) =>
    plan.kind === "filter" && Object.keys(plan.scalars).every(isAggregate) ? pushed(plan) : plan,
};

function pushed(filter: Filter): RowsPlan {
  const into = (rows: RowsPlan): RowsPlan => {
    if (rows.kind === "groups" && isAlways(rows.having)) return { ...rows, having: filter.condition };
    if (rows.kind !== "lookup") return rows;
    const input = into(rows.input);
    return input === rows.input ? rows : { ...rows, input };
  };
  const rows = into(filter.input);
  return rows === filter.input ? filter : rows;
}

function isAggregate(column: string): boolean {
  return column.endsWith(")") && !column.includes(".");
}
