// A member that is new in a union: a surprise for whoever handles those that were known.
import { fieldsAnswering } from "../coordinates.ts";
import { missing, typePairs } from "../pairs.ts";
import type { Rule } from "../rule.ts";

export const unionMemberAdded: Rule = {
  kind: "union member added",
  find: ({ before, after }) =>
    typePairs(before, after, ["union"]).flatMap((pair) =>
      missing(pair.after.members, pair.before.members).map((member) => ({
        coordinate: pair.coordinate,
        verdict: "risky",
        text: `${member} is a new member of the union ${pair.coordinate}.`,
        touches: fieldsAnswering(before, pair.coordinate),
      })),
    ),
};
