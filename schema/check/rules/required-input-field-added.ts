// A field of an input that must be given: whoever gives the input is refused.
import { isRequired } from "../compare-types.ts";
import { placesTaking } from "../coordinates.ts";
import { fieldsOnlyIn } from "../pairs.ts";
import type { Rule } from "../rule.ts";

export const requiredInputFieldAdded: Rule = {
  kind: "required input field added",
  find: ({ before, after }) =>
    fieldsOnlyIn(after, before, "input")
      .filter(({ it }) => isRequired(it))
      .map(({ coordinate, type }) => ({
        coordinate,
        verdict: "breaking",
        text: `The input field ${coordinate} is added, and must be given.`,
        touches: placesTaking(before, type),
      })),
};
