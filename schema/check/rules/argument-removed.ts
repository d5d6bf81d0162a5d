// An argument that is gone: questions that give it are refused.
import { argumentsOnlyIn } from "../pairs.ts";
import type { Rule } from "../rule.ts";

export const argumentRemoved: Rule = {
  kind: "argument removed",
  find: ({ before, after }) =>
    argumentsOnlyIn(before, after).map(({ coordinate }) => ({
      coordinate,
      verdict: "breaking",
      text: `The argument ${coordinate} is removed.`,
      touches: [coordinate],
    })),
};
