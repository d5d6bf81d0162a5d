// Is a question one that the owner of its collection answers alone? Then it is federation's, as it stands.
import type { MeshCollection } from "../../schema/product/mesh.ts";
import type { Predicate } from "../../schema/product/predicate.ts";
import type { Asked } from "./asked.ts";
import { type Facts, isOwn, isOwnValue, relationOf } from "./facts.ts";
import { isAnsweredByKey } from "./to-condition.ts";

export function isOwnQuestion(facts: Facts, asked: Asked): boolean {
  const { collection, where } = asked;
  if (!isOwnPredicate(facts, collection, where)) return false;
  switch (asked.kind) {
    case "aggregate":
      return true;
    case "list":
      return asked.order.every(({ by }) => isOwnValue(facts, collection, by));
    case "groups":
      return asked.keys.every((key) => isOwnValue(facts, collection, key));
  }
}

function isOwnPredicate(facts: Facts, collection: MeshCollection, predicate: Predicate): boolean {
  switch (predicate.kind) {
    case "and":
    case "or":
      return predicate.of.every((each) => isOwnPredicate(facts, collection, each));
    case "not":
      return isOwnPredicate(facts, collection, predicate.of);
    case "exists": {
      const relation = relationOf(facts, collection, predicate.relationship);
      if (!relation) return true;
      const isTogether = isOwn(collection, relation);
      if (isAnsweredByKey(relation, predicate.where, isTogether)) return true;
      return isTogether && relation.to !== undefined && isOwnPredicate(facts, relation.to, predicate.where);
    }
    case "compare":
    case "member":
    case "match":
    case "null":
      return true;
  }
}
