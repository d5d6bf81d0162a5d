// Groups that are the owner's are kept or left out by him.
//
//   filter(count(*) > 1000)                     lookup destination
//     lookup destination               →          groups flights by destination.iata: count, having count(*) > 1000
//       groups flights by destination.iata: count
//
// Not through a regroup: a group of a thousand may be made of two that have six hundred and four hundred. Nor without keys: one
// aggregate of all rows has no `having`.
import type { MeshCollection } from "../../../schema/product/mesh.ts";
import { answersExactly, operatorOf } from "../capability.ts";
import { type Condition, isAlways } from "../condition.ts";
import { collectionNamed, type Facts } from "../facts.ts";
import type { Filter, RowsPlan } from "../rows-plan.ts";
import type { Rule } from "../rule.ts";

export const pushHaving: Rule = {
  name: "push-having",
  rows: (plan, facts) =>
    plan.kind === "filter" && Object.keys(plan.scalars).every(isAggregate) ? pushed(plan, facts) : plan,
};

function pushed(filter: Filter, facts: Facts): RowsPlan {
  const into = (rows: RowsPlan): RowsPlan => {
    if (rows.kind === "groups") {
      const isPushed =
        rows.keys.length > 0 &&
        isAlways(rows.having) &&
        isAnswered(filter.condition, collectionNamed(facts, rows.collection));
      return isPushed ? { ...rows, having: filter.condition } : rows;
    }
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

function isAnswered(having: Condition, collection: MeshCollection): boolean {
  switch (having.kind) {
    case "and":
    case "or":
      return having.of.every((each) => isAnswered(each, collection));
    case "not":
      return isAnswered(having.of, collection);
    case "exists":
    case "among":
      return false;
    case "compare":
    case "member":
    case "match":
    case "null":
      return answersExactly(operatorOf(having), collection);
  }
}
