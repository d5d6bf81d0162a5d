// A scalar that follows another specification: its values may be read otherwise.
import { fieldsAnswering, placesTaking } from "../coordinates.ts";
import { typePairs } from "../pairs.ts";
import type { Rule } from "../rule.ts";

export const scalarSpecificationChanged: Rule = {
  kind: "scalar specification changed",
  find: ({ before, after }) =>
    typePairs(before, after, ["scalar"])
      .filter((pair) => pair.before.specification !== pair.after.specification)
      .map(({ coordinate, before: was, after: is }) => ({
        coordinate,
        verdict: "risky",
        text: `The scalar ${coordinate} followed ${was.specification ?? "no specification"} and follows ${is.specification ?? "none"} now.`,
        touches: [...fieldsAnswering(before, coordinate), ...placesTaking(before, coordinate)],
      })),
};
