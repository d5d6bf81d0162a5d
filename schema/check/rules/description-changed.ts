// A description that says something else: no question is answered otherwise.
import { argumentPairs, fieldPairs, typePairs } from "../pairs.ts";
import type { Rule } from "../rule.ts";

export const descriptionChanged: Rule = {
  kind: "description changed",
  find: ({ before, after }) =>
    [
      ...typePairs(before, after),
      ...fieldPairs(before, after, "output"),
      ...fieldPairs(before, after, "input"),
      ...argumentPairs(before, after),
    ]
      .filter((pair) => pair.before.description !== pair.after.description)
      .map(({ coordinate }) => ({
        coordinate,
        verdict: "safe",
        text: `The description of ${coordinate} says something else.`,
        touches: [],
      })),
};
