// A field that is never null any more: those who know what to do with null are not asked to.
import { print } from "graphql";
import { stepBetween } from "../compare-types.ts";
import { fieldPairs } from "../pairs.ts";
import type { Rule } from "../rule.ts";

export const fieldRequired: Rule = {
  kind: "field required",
  find: ({ before, after }) =>
    fieldPairs(before, after, "output")
      .filter((pair) => stepBetween(pair.before.type, pair.after.type) === "narrower")
      .map(({ coordinate, before: was, after: is }) => ({
        coordinate,
        verdict: "safe",
        text: `The field ${coordinate} is never null any more: ${print(was.type)} became ${print(is.type)}.`,
        touches: [],
      })),
};
