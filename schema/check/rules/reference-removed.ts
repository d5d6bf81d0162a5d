// A field that leads to another entity and is no @reference any more: nobody can filter, sort or group through it.
import { fieldPairs } from "../pairs.ts";
import type { Rule } from "../rule.ts";

export const referenceRemoved: Rule = {
  kind: "reference removed",
  find: ({ before, after }) =>
    fieldPairs(before, after, "output")
      .filter((pair) => pair.before.reference && !pair.after.reference)
      .map(({ coordinate }) => ({
        coordinate,
        verdict: "breaking",
        text: `${coordinate} is no @reference any more: nobody can filter, sort or group through it.`,
        touches: [coordinate],
      })),
};
