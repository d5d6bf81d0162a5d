// A @reference by other columns may lead elsewhere; an inverse of another field answers with other rows.
import { fieldPairs } from "../pairs.ts";
import type { Found, Rule } from "../rule.ts";

export const referenceChanged: Rule = {
  kind: "reference changed",
  find: ({ before, after }) =>
    fieldPairs(before, after, "output").flatMap(
      ({ coordinate, before: field, after: fieldNow }): readonly Found[] => {
        const was = field.reference;
        const is = fieldNow.reference;
        if (!was || !is) return [];
        const found = (name: "key" | "inverseOf", verdict: Found["verdict"]): readonly Found[] => {
          const [old, now] = [was, is].map((reference) => [reference[name] ?? []].flat().join(", "));
          if (old === now) return [];
          const text = `${name} of the @reference ${coordinate} was ${old || "none"} and is ${now || "none"}.`;
          return [{ coordinate, verdict, text, touches: [coordinate] }];
        };
        return [...found("key", "risky"), ...found("inverseOf", "breaking")];
      },
    ),
};
