// An interface that a type no longer implements: fragments and fields of it do not fit any more.
import { fieldsAnswering, partsOf } from "../coordinates.ts";
import { missing, typePairs } from "../pairs.ts";
import type { Rule } from "../rule.ts";

export const interfaceRemoved: Rule = {
  kind: "interface removed",
  find: ({ before, after }) =>
    typePairs(before, after, ["object", "interface"]).flatMap((pair) =>
      missing(pair.before.interfaces, pair.after.interfaces).map((name) => {
        const lost = before.types.get(name);
        return {
          coordinate: pair.coordinate,
          verdict: "breaking",
          text: `${pair.coordinate} does not implement ${name} any more.`,
          touches: [name, ...fieldsAnswering(before, name), ...(lost ? partsOf(lost) : [])],
        };
      }),
    ),
};
