// A further key: who refers by another goes on.
import { missing, typePairs } from "../pairs.ts";
import type { Rule } from "../rule.ts";

export const keyAdded: Rule = {
  kind: "key added",
  find: ({ before, after }) =>
    typePairs(before, after, ["object", "interface"]).flatMap((pair) =>
      missing(pair.after.keys, new Set(pair.before.keys)).map((key) => ({
        coordinate: pair.coordinate,
        verdict: "safe",
        text: `${pair.coordinate} is found by ${key}, too.`,
        touches: [],
      })),
    ),
};
