// A field of an input that must now be given, or whose null is refused.
import { print } from "graphql";
import { isRequired, stepBetween } from "../compare-types.ts";
import { placesTaking } from "../coordinates.ts";
import { fieldPairs } from "../pairs.ts";
import type { Rule } from "../rule.ts";

export const inputFieldRequired: Rule = {
  kind: "input field required",
  find: ({ before, after }) =>
    fieldPairs(before, after, "input").flatMap(({ coordinate, before: was, after: is }) => {
      const step = stepBetween(was.type, is.type);
      const demanded = isRequired(is) && !isRequired(was);
      if (step !== "narrower" && !(step === "same" && demanded)) return [];
      const [type = ""] = coordinate.split(".");
      return {
        coordinate,
        verdict: "breaking",
        text: demanded
          ? `The input field ${coordinate} must now be given.`
          : `The input field ${coordinate} takes less: ${print(was.type)} became ${print(is.type)}.`,
        // Those who leave it out are seen by the places that take the input.
        touches: demanded ? placesTaking(before, type) : [coordinate],
      };
    }),
};
