// A type that is new: nobody can have asked for it.
import type { Rule } from "../rule.ts";

export const typeAdded: Rule = {
  kind: "type added",
  find: ({ before, after }) =>
    [...after.types.values()]
      .filter(({ name }) => !before.types.has(name))
      .map(({ name, kind }) => ({
        coordinate: name,
        verdict: "safe",
        text: `The ${kind} ${name} is added.`,
        touches: [],
      })),
};
