// An argument that must now be given, or whose null is refused: questions without it are refused.
import { print } from "graphql";
import { isRequired, stepBetween } from "../compare-types.ts";
import { argumentPairs } from "../pairs.ts";
import type { Rule } from "../rule.ts";

export const argumentRequired: Rule = {
  kind: "argument required",
  find: ({ before, after }) =>
    argumentPairs(before, after).flatMap(({ coordinate, field, before: was, after: is }) => {
      const step = stepBetween(was.type, is.type);
      const demanded = isRequired(is) && !isRequired(was);
      if (step !== "narrower" && !(step === "same" && demanded)) return [];
      return {
        coordinate,
        verdict: "breaking",
        text: demanded
          ? `The argument ${coordinate} must now be given.`
          : `The argument ${coordinate} takes less: ${print(was.type)} became ${print(is.type)}.`,
        // Those who leave it out are seen by the field alone.
        touches: demanded ? [field] : [coordinate],
      };
    }),
};
