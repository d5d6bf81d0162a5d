// A field of an input of another type: what was given does not fit.
import { print } from "graphql";
import { stepBetween } from "../compare-types.ts";
import { fieldPairs } from "../pairs.ts";
import type { Rule } from "../rule.ts";

export const inputFieldTypeChanged: Rule = {
  kind: "input field type changed",
  find: ({ before, after }) =>
    fieldPairs(before, after, "input")
      .filter((pair) => stepBetween(pair.before.type, pair.after.type) === "other")
      .map(({ coordinate, before: was, after: is }) => ({
        coordinate,
        verdict: "breaking",
        text: `The input field ${coordinate} is of another type: ${print(was.type)} became ${print(is.type)}.`,
        touches: [coordinate],
      })),
};
