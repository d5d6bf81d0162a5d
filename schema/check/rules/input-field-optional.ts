// A field of an input that takes more than before: what was given is still taken.
import { print } from "graphql";
import { stepBetween } from "../compare-types.ts";
import { fieldPairs } from "../pairs.ts";
import type { Rule } from "../rule.ts";

export const inputFieldOptional: Rule = {
  kind: "input field optional",
  find: ({ before, after }) =>
    fieldPairs(before, after, "input")
      .filter((pair) => stepBetween(pair.before.type, pair.after.type) === "wider")
      .map(({ coordinate, before: was, after: is }) => ({
        coordinate,
        verdict: "safe",
        text: `The input field ${coordinate} takes more: ${print(was.type)} became ${print(is.type)}.`,
        touches: [],
      })),
};
