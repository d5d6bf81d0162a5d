// A member that is gone from a union: fragments on it are refused, and its objects are not answered.
import { fieldsAnswering } from "../coordinates.ts";
import { missing, typePairs } from "../pairs.ts";
import type { Rule } from "../rule.ts";

export const unionMemberRemoved: Rule = {
  kind: "union member removed",
  find: ({ before, after }) =>
    typePairs(before, after, ["union"]).flatMap((pair) =>
      missing(pair.before.members, pair.after.members).map((member) => ({
        coordinate: pair.coordinate,
        verdict: "breaking",
        text: `${member} is no member of the union ${pair.coordinate} any more.`,
        touches: fieldsAnswering(before, pair.coordinate),
      })),
    ),
};
