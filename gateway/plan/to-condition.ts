// From a predicate to a condition: every relationship that a row's own columns can't decide becomes a key set.
import { strict as assert } from "node:assert";
import type { MeshCollection } from "../../schema/product/mesh.ts";
import type { Predicate } from "../../schema/product/predicate.ts";
import type { Among, Condition } from "./condition.ts";
import { type Facts, isOwn, type Relation, relationOf } from "./facts.ts";
import { filter, scanOf } from "./scan-of.ts";

/** The condition of a `where` on a collection. */
export function toCondition(facts: Facts, collection: MeshCollection, predicate: Predicate): Condition {
  switch (predicate.kind) {
    case "and":
    case "or":
      return {
        kind: predicate.kind,
        of: predicate.of.map((each) => toCondition(facts, collection, each)),
      };
    case "not":
      return { kind: "not", of: toCondition(facts, collection, predicate.of) };
    case "exists": {
      const { relationship, where } = predicate;
      const relation = relationOf(facts, collection, relationship);
      if (relation && isAnsweredByKey(relation, where, isOwn(collection, relation)))
        return { kind: "exists", relationship, where: where as Condition };
      assert(relation?.to, `${collection.name}.${relationship}: only what can be asked is published`);
      return amongRows(facts, relation, relation.to, where);
    }
    case "compare":
    case "member":
    case "match":
    case "null":
      return predicate;
  }
}

/**
 * The key alone is answered from the row's own columns, whether anything has that key or not. An empty object names no
 * column: where both ends have one owner, it asks whether there is anything.
 */
export function isAnsweredByKey(relation: Relation, where: Predicate, own: boolean): boolean {
  if (relation.kind === "inverse") return false;
  const named = namesIn(where);
  if (named === undefined) return false;
  return named.length === 0 ? !own : named.every((column) => relation.there.includes(column));
}

/** The columns that a predicate names; undefined where it goes through a relationship. */
function namesIn(predicate: Predicate): readonly string[] | undefined {
  switch (predicate.kind) {
    case "and":
    case "or": {
      const each = predicate.of.map(namesIn);
      return each.every((names) => names !== undefined) ? each.flat() : undefined;
    }
    case "not":
      return namesIn(predicate.of);
    case "exists":
      return undefined;
    case "compare":
    case "member":
    case "match":
    case "null":
      return [predicate.column];
  }
}

function amongRows(facts: Facts, relation: Relation, to: MeshCollection, where: Predicate): Among {
  const condition = toCondition(facts, to, where);
  return {
    kind: "among",
    relationship: relation.name,
    columns: relation.here,
    keys: { kind: "keys", rows: filter(facts, to, scanOf(to), condition), columns: relation.there },
  };
}
