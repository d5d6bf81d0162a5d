// An argument that must be given: every question that asks for the field is refused.
import { isRequired } from "../compare-types.ts";
import { argumentsOnlyIn } from "../pairs.ts";
import type { Rule } from "../rule.ts";

export const requiredArgumentAdded: Rule = {
  kind: "required argument added",
  find: ({ before, after }) =>
    argumentsOnlyIn(after, before)
      .filter(({ it }) => isRequired(it))
      .map(({ coordinate, field }) => ({
        coordinate,
        verdict: "breaking",
        text: `The argument ${coordinate} is added, and must be given.`,
        touches: [field],
      })),
};
