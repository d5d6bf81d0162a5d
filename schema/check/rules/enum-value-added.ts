// A value of an enum that is new: safe to be taken, and a surprise where it is answered.
import { fieldsAnswering } from "../coordinates.ts";
import { typePairs } from "../pairs.ts";
import type { Rule } from "../rule.ts";

export const enumValueAdded: Rule = {
  kind: "enum value added",
  find: ({ before, after }) =>
    typePairs(before, after, ["enum"]).flatMap((pair) => {
      const answering = fieldsAnswering(before, pair.coordinate);
      return [...pair.after.values.keys()]
        .filter((value) => !pair.before.values.has(value))
        .map((value) => ({
          coordinate: `${pair.coordinate}.${value}`,
          verdict: answering.length > 0 ? "risky" : "safe",
          text:
            answering.length > 0
              ? `The value ${value} is added to the enum ${pair.coordinate}, and may be answered.`
              : `The value ${value} is added to the enum ${pair.coordinate}, which is only taken.`,
          touches: answering,
        }));
    }),
};
