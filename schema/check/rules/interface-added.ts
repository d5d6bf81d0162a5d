// An interface that a type newly implements: a surprise for whoever handles those that were known.
import { fieldsAnswering } from "../coordinates.ts";
import { missing, typePairs } from "../pairs.ts";
import type { Rule } from "../rule.ts";

export const interfaceAdded: Rule = {
  kind: "interface added",
  find: ({ before, after }) =>
    typePairs(before, after, ["object", "interface"]).flatMap((pair) =>
      missing(pair.after.interfaces, pair.before.interfaces).map((name) => ({
        coordinate: pair.coordinate,
        verdict: "risky",
        text: `${pair.coordinate} implements ${name} now.`,
        touches: fieldsAnswering(before, name),
      })),
    ),
};
