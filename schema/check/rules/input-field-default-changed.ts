// A field of an input whose default is another: inputs without it mean something else.
import { isRequired, stepBetween } from "../compare-types.ts";
import { placesTaking } from "../coordinates.ts";
import { fieldPairs } from "../pairs.ts";
import type { Rule } from "../rule.ts";

export const inputFieldDefaultChanged: Rule = {
  kind: "input field default changed",
  find: ({ before, after }) =>
    fieldPairs(before, after, "input")
      .filter(
        ({ before: was, after: is }) =>
          was.defaultValue !== is.defaultValue && !isRequired(is) && !isRequired(was),
      )
      .filter(({ before: was, after: is }) => stepBetween(was.type, is.type) !== "other")
      .map(({ coordinate, before: was, after: is }) => ({
        coordinate,
        verdict: "risky",
        text: `The default of ${coordinate} is another: ${was.defaultValue ?? "none"} became ${is.defaultValue ?? "none"}.`,
        touches: placesTaking(before, coordinate.split(".")[0] ?? ""),
      })),
};
