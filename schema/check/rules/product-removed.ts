// An entity that is no data product any more: nobody answers for it, and its answers are not remembered.
import { partsOf } from "../coordinates.ts";
import { typePairs } from "../pairs.ts";
import type { Rule } from "../rule.ts";

export const productRemoved: Rule = {
  kind: "product removed",
  find: ({ before, after }) =>
    typePairs(before, after, ["object"])
      .filter((pair) => pair.before.dataProduct && !pair.after.dataProduct)
      .map(({ coordinate, before: type }) => ({
        coordinate,
        verdict: "risky",
        text: `${coordinate} is no data product any more.`,
        touches: partsOf(type),
      })),
};
