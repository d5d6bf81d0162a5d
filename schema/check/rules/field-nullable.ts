// A field that may now be null where it never was: whoever counts on a value meets nothing.
import { print } from "graphql";
import { stepBetween } from "../compare-types.ts";
import { fieldPairs } from "../pairs.ts";
import type { Rule } from "../rule.ts";

export const fieldNullable: Rule = {
  kind: "field nullable",
  find: ({ before, after }) =>
    fieldPairs(before, after, "output")
      .filter((pair) => stepBetween(pair.before.type, pair.after.type) === "wider")
      .map(({ coordinate, before: was, after: is }) => ({
        coordinate,
        verdict: "breaking",
        text: `The field ${coordinate} may now be null: ${print(was.type)} became ${print(is.type)}.`,
        touches: [coordinate],
      })),
};
