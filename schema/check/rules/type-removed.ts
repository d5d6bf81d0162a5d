// A type that is gone: whoever names one of its parts, or gets or gives a value of it, is refused.
import { fieldsAnswering, partsOf, placesTaking } from "../coordinates.ts";
import type { Rule } from "../rule.ts";

export const typeRemoved: Rule = {
  kind: "type removed",
  find: ({ before, after }) =>
    [...before.types.values()]
      .filter(({ name }) => !after.types.has(name))
      .map((type) => ({
        coordinate: type.name,
        verdict: "breaking",
        text: `The ${type.kind} ${type.name} is removed.`,
        touches: [
          type.name,
          ...partsOf(type),
          ...fieldsAnswering(before, type.name),
          ...placesTaking(before, type.name),
        ],
      })),
};
