// An argument whose default is another: questions that leave it out mean something else.
import { isRequired, stepBetween } from "../compare-types.ts";
import { argumentPairs } from "../pairs.ts";
import type { Rule } from "../rule.ts";

export const argumentDefaultChanged: Rule = {
  kind: "argument default changed",
  find: ({ before, after }) =>
    argumentPairs(before, after)
      .filter(
        ({ before: was, after: is }) =>
          was.defaultValue !== is.defaultValue && !isRequired(is) && !isRequired(was),
      )
      .filter(({ before: was, after: is }) => stepBetween(was.type, is.type) !== "other")
      .map(({ coordinate, field, before: was, after: is }) => ({
        coordinate,
        verdict: "risky",
        text: `The default of ${coordinate} is another: ${was.defaultValue ?? "none"} became ${is.defaultValue ?? "none"}.`,
        touches: [field],
      })),
};
