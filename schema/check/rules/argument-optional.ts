// An argument that takes more than before: what was given is still taken.
import { print } from "graphql";
import { stepBetween } from "../compare-types.ts";
import { argumentPairs } from "../pairs.ts";
import type { Rule } from "../rule.ts";

export const argumentOptional: Rule = {
  kind: "argument optional",
  find: ({ before, after }) =>
    argumentPairs(before, after)
      .filter((pair) => stepBetween(pair.before.type, pair.after.type) === "wider")
      .map(({ coordinate, before: was, after: is }) => ({
        coordinate,
        verdict: "safe",
        text: `The argument ${coordinate} takes more: ${print(was.type)} became ${print(is.type)}.`,
        touches: [],
      })),
};
