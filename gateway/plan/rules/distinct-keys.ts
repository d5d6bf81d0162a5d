// Different keys are found by the owner: millions of flights have some hundreds of origins.
//
//   keys(scan flights where W, origin.iata)  →  keys(groups flights where W by origin.iata, origin.iata)
//
// Not of a primary key: every row has another.

import { always, type KeySet } from "../condition.ts";
import { collectionNamed, type Facts, primaryKey } from "../facts.ts";
import type { Rule } from "../rule.ts";
import { valueAt } from "../value-at.ts";

export const distinctKeys: Rule = {
  name: "distinct-keys",
  keys: (keys, facts) => {
    if (keys.kind !== "keys" || keys.rows.kind !== "scan" || isPrimary(keys, keys.rows.collection, facts))
      return keys;
    const { collection, where, page } = keys.rows;
    const { groups } = collectionNamed(facts, collection);
    if (groups === undefined || page.limit !== undefined || page.offset > 0) return keys;
    return {
      ...keys,
      rows: {
        kind: "groups",
        collection,
        keys: keys.columns.map(valueAt),
        aggregates: [],
        where,
        having: always,
        order: [],
        page,
        timeZone: "UTC",
      },
    };
  },
};

function isPrimary(
  { columns }: Extract<KeySet, { kind: "keys" }>,
  collection: string,
  facts: Facts,
): boolean {
  return primaryKey(facts, collectionNamed(facts, collection)).every((column) => columns.includes(column));
}
