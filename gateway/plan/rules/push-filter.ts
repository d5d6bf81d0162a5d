// What the owner can answer of a filter is asked of him.
//
//   filter(A and B and C)                 filter(B and C)
//     scan flights              →           scan flights where A and B
//
// A is answered exactly, B is inexact (extra rows come through, so it is asked and checked again), C he has no operator for.
// An inexact test under `not` would lose rows: not (more than asked for) is less than asked for.
import type { MeshCollection } from "../../../schema/product/mesh.ts";
import { type Answered, answersKeys, answersOperator, operatorOf, worst } from "../capability.ts";
import { type Among, type Condition, conjunction, conjuncts, isAlways } from "../condition.ts";
import { collectionNamed, type Facts, isOwn, relationOf } from "../facts.ts";
import type { Rule } from "../rule.ts";
import { filter } from "../scan-of.ts";

export const pushFilter: Rule = {
  name: "push-filter",
  rows: (plan, facts) => {
    if (plan.kind !== "filter" || plan.input.kind !== "scan" || !isAlways(plan.input.where)) return plan;
    const collection = collectionNamed(facts, plan.input.collection);
    const parts = conjuncts(plan.condition).map((condition) => {
      const asked = asOwn(condition, collection, facts);
      return { condition, asked, how: answered(asked, collection, facts) };
    });
    const pushed = parts.filter(({ how }) => how !== "no").map(({ asked }) => asked);
    if (pushed.length === 0) return parts.length === 0 ? plan.input : plan;
    const kept = parts.filter(({ how }) => how !== "exactly").map(({ condition }) => condition);
    return filter(facts, collection, { ...plan.input, where: conjunction(pushed) }, conjunction(kept));
  },
};

/** Key sets of rows that the same owner has are asked as what they mean: EXISTS. */
function asOwn(condition: Condition, collection: MeshCollection, facts: Facts): Condition {
  switch (condition.kind) {
    case "and":
    case "or":
      return { ...condition, of: condition.of.map((each) => asOwn(each, collection, facts)) };
    case "not":
      return { ...condition, of: asOwn(condition.of, collection, facts) };
    case "among": {
      const where = ownRows(condition, collection, facts);
      return where ? { kind: "exists", relationship: condition.relationship, where } : condition;
    }
    case "exists":
    case "compare":
    case "member":
    case "match":
    case "null":
      return condition;
  }
}

/** The condition on the other end's rows, where it can be asked of one owner together with this end. */
function ownRows(
  { relationship, keys }: Among,
  collection: MeshCollection,
  facts: Facts,
): Condition | undefined {
  const relation = relationOf(facts, collection, relationship);
  const isTogether = relation !== undefined && isOwn(collection, relation);
  if (!isTogether || keys.kind !== "keys" || keys.rows.kind !== "scan") return undefined;
  return keys.rows.where;
}

/** How well the owner answers a condition. */
function answered(condition: Condition, collection: MeshCollection, facts: Facts): Answered {
  switch (condition.kind) {
    case "and":
    case "or":
      return worst(condition.of.map((each) => answered(each, collection, facts)));
    case "not":
      return answered(condition.of, collection, facts) === "exactly" ? "exactly" : "no";
    case "exists": {
      const to = relationOf(facts, collection, condition.relationship)?.to;
      const isTogether = to?.subgraph === collection.subgraph;
      return answered(condition.where, isTogether && to ? to : collection, facts);
    }
    case "among":
      return answersKeys(facts, collection, condition);
    case "compare":
    case "member":
    case "match":
    case "null":
      return answersOperator(operatorOf(condition), collection);
  }
}
