// A field that is gone: questions that select it are refused.
import { fieldsOnlyIn } from "../pairs.ts";
import type { Rule } from "../rule.ts";

export const fieldRemoved: Rule = {
  kind: "field removed",
  find: ({ before, after }) =>
    fieldsOnlyIn(before, after, "output").map(({ coordinate }) => ({
      coordinate,
      verdict: "breaking",
      text: `The field ${coordinate} is removed.`,
      touches: [coordinate],
    })),
};
