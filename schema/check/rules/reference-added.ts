// A field that leads to another entity by a @reference: it can be asked through.
import { fieldPairs } from "../pairs.ts";
import type { Rule } from "../rule.ts";

export const referenceAdded: Rule = {
  kind: "reference added",
  find: ({ before, after }) =>
    fieldPairs(before, after, "output")
      .filter((pair) => !pair.before.reference && pair.after.reference)
      .map(({ coordinate }) => ({
        coordinate,
        verdict: "safe",
        text: `${coordinate} is a @reference now.`,
        touches: [],
      })),
};
