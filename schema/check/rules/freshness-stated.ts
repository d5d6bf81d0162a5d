// A first objective: from now on answers are remembered, so they may be as old as it says.
import { partsOf } from "../coordinates.ts";
import { typePairs } from "../pairs.ts";
import type { Rule } from "../rule.ts";

export const freshnessStated: Rule = {
  kind: "freshness stated",
  find: ({ before, after }) =>
    typePairs(before, after, ["object"])
      .filter((pair) => !pair.before.freshness && pair.after.freshness)
      .map(({ coordinate, before: was, after: is }) => ({
        coordinate,
        verdict: "risky",
        text: `Answers of ${coordinate} may be remembered for ${String(is.freshness?.slo)}; they were always fetched.`,
        touches: partsOf(was),
      })),
};
