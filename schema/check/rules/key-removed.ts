// A key that is gone: neighbours who refer to the entity by it lead nowhere. No caller's use can tell.
import { missing, typePairs } from "../pairs.ts";
import type { Rule } from "../rule.ts";

export const keyRemoved: Rule = {
  kind: "key removed",
  find: ({ before, after }) =>
    typePairs(before, after, ["object", "interface"]).flatMap((pair) =>
      missing(pair.before.keys, new Set(pair.after.keys)).map((key) => ({
        coordinate: pair.coordinate,
        verdict: "breaking",
        text: `${pair.coordinate} is not found by ${key} any more.`,
        touches: [],
      })),
    ),
};
