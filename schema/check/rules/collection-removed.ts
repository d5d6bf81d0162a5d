// A list that is no collection any more: others cannot filter, sort or group by it.
import { fieldPairs } from "../pairs.ts";
import type { Rule } from "../rule.ts";

export const collectionRemoved: Rule = {
  kind: "collection removed",
  find: ({ before, after }) =>
    fieldPairs(before, after, "output")
      .filter((pair) => pair.before.collection && !pair.after.collection)
      .map(({ coordinate }) => ({
        coordinate,
        verdict: "breaking",
        text: `${coordinate} is no collection any more: other domains cannot filter, sort or group by it.`,
        touches: [coordinate],
      })),
};
