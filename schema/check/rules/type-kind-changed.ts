// A type that became one of another kind: an object is asked otherwise than a scalar.
import { fieldsAnswering, partsOf, placesTaking } from "../coordinates.ts";
import type { Rule } from "../rule.ts";

export const typeKindChanged: Rule = {
  kind: "type kind changed",
  find: ({ before, after }) =>
    [...before.types.values()].flatMap((type) => {
      const now = after.types.get(type.name);
      if (!now || now.kind === type.kind) return [];
      return {
        coordinate: type.name,
        verdict: "breaking",
        text: `${type.name} was of the kind ${type.kind} and is now of the kind ${now.kind}.`,
        touches: [
          type.name,
          ...partsOf(type),
          ...fieldsAnswering(before, type.name),
          ...placesTaking(before, type.name),
        ],
      };
    }),
};
