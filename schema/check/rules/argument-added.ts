// An argument that may be left out: nobody has to know of it.
import { isRequired } from "../compare-types.ts";
import { argumentsOnlyIn } from "../pairs.ts";
import type { Rule } from "../rule.ts";

export const argumentAdded: Rule = {
  kind: "argument added",
  find: ({ before, after }) =>
    argumentsOnlyIn(after, before)
      .filter(({ it }) => !isRequired(it))
      .map(({ coordinate }) => ({
        coordinate,
        verdict: "safe",
        text: `The argument ${coordinate} is added, and may be left out.`,
        touches: [],
      })),
};
