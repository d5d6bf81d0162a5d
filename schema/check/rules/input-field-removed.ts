// A field of an input that is gone: questions that give it are refused.
import { fieldsOnlyIn } from "../pairs.ts";
import type { Rule } from "../rule.ts";

export const inputFieldRemoved: Rule = {
  kind: "input field removed",
  find: ({ before, after }) =>
    fieldsOnlyIn(before, after, "input").map(({ coordinate }) => ({
      coordinate,
      verdict: "breaking",
      text: `The input field ${coordinate} is removed.`,
      touches: [coordinate],
    })),
};
