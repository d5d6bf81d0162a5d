// A collection that does less itself: the gateway does it instead, with more rows to fetch; or more is refused.
import { collectionPairs, type DeclaredCollection } from "../collection-pairs.ts";
import { missing } from "../pairs.ts";
import type { Rule } from "../rule.ts";

export const collectionNarrowed: Rule = {
  kind: "collection narrowed",
  find: (versions) =>
    collectionPairs(versions).flatMap(({ coordinate, before, after }) =>
      losses(before, after).map((loss) => ({
        coordinate,
        verdict: "risky",
        text: `The collection ${coordinate} ${loss}.`,
        touches: [coordinate],
      })),
    ),
};

function losses(was: DeclaredCollection, is: DeclaredCollection): readonly string[] {
  const filtered = missing(was.filter, is.filter).map((operator) =>
    is.inexact.has(operator)
      ? `answers ${operator} inexactly now: the gateway looks at each row again`
      : `does not answer ${operator} itself any more: the gateway fetches the rows and does it`,
  );
  const guessed = missing(was.inexact, new Set([...is.inexact, ...is.filter])).map(
    (operator) => `does not answer ${operator} itself any more: the gateway fetches the rows and does it`,
  );
  const lost = [
    was.sort === "exact" && is.sort !== "exact"
      ? "does not sort itself any more: the gateway fetches all rows"
      : "",
    was.limit && !is.limit ? "takes no limit any more: the gateway fetches all rows" : "",
    is.keysMax < was.keysMax ? `takes ${is.keysMax} keys at once; it took ${was.keysMax}` : "",
    is.rowsMax < was.rowsMax
      ? `answers with ${is.rowsMax} rows at most; it answered with ${was.rowsMax}`
      : "",
    ...(["aggregate", "groups", "byPk"] as const).map((name) =>
      was[name] !== undefined && is[name] === undefined ? `names no ${name} any more` : "",
    ),
  ].filter((loss) => loss !== "");
  return [...filtered, ...guessed, ...lost];
}
