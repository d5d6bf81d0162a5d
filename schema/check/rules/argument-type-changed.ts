// An argument of another type: what was given does not fit, and a variable's type does not either.
import { print } from "graphql";
import { stepBetween } from "../compare-types.ts";
import { argumentPairs } from "../pairs.ts";
import type { Rule } from "../rule.ts";

export const argumentTypeChanged: Rule = {
  kind: "argument type changed",
  find: ({ before, after }) =>
    argumentPairs(before, after)
      .filter((pair) => stepBetween(pair.before.type, pair.after.type) === "other")
      .map(({ coordinate, before: was, after: is }) => ({
        coordinate,
        verdict: "breaking",
        text: `The argument ${coordinate} is of another type: ${print(was.type)} became ${print(is.type)}.`,
        touches: [coordinate],
      })),
};
