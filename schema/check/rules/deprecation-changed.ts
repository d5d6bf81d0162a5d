// What is deprecated, or not any more, or for another reason: it is answered all the same.
import { argumentPairs, fieldPairs, typePairs } from "../pairs.ts";
import type { Rule } from "../rule.ts";

export const deprecationChanged: Rule = {
  kind: "deprecation changed",
  find: ({ before, after }) => {
    const values = typePairs(before, after, ["enum"]).flatMap((pair) =>
      [...pair.before.values.values()].flatMap((value) => {
        const now = pair.after.values.get(value.name);
        return now ? [{ coordinate: `${pair.coordinate}.${value.name}`, before: value, after: now }] : [];
      }),
    );
    const parts = [
      ...fieldPairs(before, after, "output"),
      ...fieldPairs(before, after, "input"),
      ...argumentPairs(before, after),
      ...values,
    ];
    return parts
      .filter((pair) => pair.before.deprecated !== pair.after.deprecated)
      .map(({ coordinate, before: was, after: is }) => ({
        coordinate,
        verdict: "safe",
        text: textOf(coordinate, was.deprecated, is.deprecated),
        touches: [],
      }));
  },
};

function textOf(coordinate: string, was: string | undefined, is: string | undefined): string {
  if (is === undefined) return `${coordinate} is not deprecated any more.`;
  if (was === undefined) return `${coordinate} is deprecated: ${is}`;
  return `${coordinate} is deprecated for another reason: ${is}`;
}
