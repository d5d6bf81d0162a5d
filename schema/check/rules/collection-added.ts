// A list that became a collection: it can be asked in more ways.
import { fieldPairs } from "../pairs.ts";
import type { Rule } from "../rule.ts";

export const collectionAdded: Rule = {
  kind: "collection added",
  find: ({ before, after }) =>
    fieldPairs(before, after, "output")
      .filter((pair) => !pair.before.collection && pair.after.collection)
      .map(({ coordinate }) => ({
        coordinate,
        verdict: "safe",
        text: `${coordinate} is a collection now.`,
        touches: [],
      })),
};
