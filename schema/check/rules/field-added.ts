// A field that is new: an answer has only what was asked for.
import { fieldsOnlyIn } from "../pairs.ts";
import type { Rule } from "../rule.ts";

export const fieldAdded: Rule = {
  kind: "field added",
  find: ({ before, after }) =>
    fieldsOnlyIn(after, before, "output").map(({ coordinate }) => ({
      coordinate,
      verdict: "safe",
      text: `The field ${coordinate} is added.`,
      touches: [],
    })),
};
