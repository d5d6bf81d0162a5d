// A field of an input that may be left out: nobody has to know of it.
import { isRequired } from "../compare-types.ts";
import { fieldsOnlyIn } from "../pairs.ts";
import type { Rule } from "../rule.ts";

export const inputFieldAdded: Rule = {
  kind: "input field added",
  find: ({ before, after }) =>
    fieldsOnlyIn(after, before, "input")
      .filter(({ it }) => !isRequired(it))
      .map(({ coordinate }) => ({
        coordinate,
        verdict: "safe",
        text: `The input field ${coordinate} is added, and may be left out.`,
        touches: [],
      })),
};
