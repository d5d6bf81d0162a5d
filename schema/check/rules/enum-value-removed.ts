// A value of an enum that is gone: questions that give it are refused.
import { typePairs } from "../pairs.ts";
import type { Rule } from "../rule.ts";

export const enumValueRemoved: Rule = {
  kind: "enum value removed",
  find: ({ before, after }) =>
    typePairs(before, after, ["enum"]).flatMap((pair) =>
      [...pair.before.values.keys()]
        .filter((value) => !pair.after.values.has(value))
        .map((value) => ({
          coordinate: `${pair.coordinate}.${value}`,
          verdict: "breaking",
          text: `The value ${value} of the enum ${pair.coordinate} is removed.`,
          touches: [`${pair.coordinate}.${value}`],
        })),
    ),
};
