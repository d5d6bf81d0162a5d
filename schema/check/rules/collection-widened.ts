// A collection that does more itself, or has larger limits.
import { collectionPairs, type DeclaredCollection } from "../collection-pairs.ts";
import { missing } from "../pairs.ts";
import type { Rule } from "../rule.ts";

export const collectionWidened: Rule = {
  kind: "collection widened",
  find: (versions) =>
    collectionPairs(versions).flatMap(({ coordinate, before, after }) =>
      gains(before, after).map((gain) => ({
        coordinate,
        verdict: "safe",
        text: `The collection ${coordinate} ${gain}.`,
        touches: [],
      })),
    ),
};

function gains(was: DeclaredCollection, is: DeclaredCollection): readonly string[] {
  const gained = [
    was.sort !== "exact" && is.sort === "exact" ? "sorts itself" : "",
    !was.limit && is.limit ? "takes a limit" : "",
    is.keysMax > was.keysMax ? `takes ${is.keysMax} keys at once; it took ${was.keysMax}` : "",
    is.rowsMax > was.rowsMax
      ? `answers with ${is.rowsMax} rows at most; it answered with ${was.rowsMax}`
      : "",
    ...(["aggregate", "groups", "byPk"] as const).map((name) =>
      was[name] === undefined && is[name] !== undefined ? `names ${is[name]} as its ${name}` : "",
    ),
  ].filter((gain) => gain !== "");
  return [
    ...missing(is.filter, was.filter).map((operator) => `answers ${operator} exactly`),
    ...missing(is.inexact, new Set([...was.inexact, ...was.filter])).map(
      (operator) => `answers ${operator} inexactly`,
    ),
    ...gained,
  ];
}
