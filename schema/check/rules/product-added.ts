// An entity that became a data product: somebody answers for it.
import { typePairs } from "../pairs.ts";
import type { Rule } from "../rule.ts";

export const productAdded: Rule = {
  kind: "product added",
  find: ({ before, after }) =>
    typePairs(before, after, ["object"])
      .filter((pair) => !pair.before.dataProduct && pair.after.dataProduct)
      .map(({ coordinate }) => ({
        coordinate,
        verdict: "safe",
        text: `${coordinate} is a data product now.`,
        touches: [],
      })),
};
