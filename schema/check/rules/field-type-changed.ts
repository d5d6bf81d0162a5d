// A field of another type: its values are read otherwise, or its selection does not fit.
import { print } from "graphql";
import { stepBetween } from "../compare-types.ts";
import { fieldPairs } from "../pairs.ts";
import type { Rule } from "../rule.ts";

export const fieldTypeChanged: Rule = {
  kind: "field type changed",
  find: ({ before, after }) =>
    fieldPairs(before, after, "output")
      .filter((pair) => stepBetween(pair.before.type, pair.after.type) === "other")
      .map(({ coordinate, before: was, after: is }) => ({
        coordinate,
        verdict: "breaking",
        text: `The field ${coordinate} is of another type: ${print(was.type)} became ${print(is.type)}.`,
        touches: [coordinate],
      })),
};
