// What @dataProduct says of an entity: its identity is what events and the catalog name it by; the rest is words.
import { typePairs } from "../pairs.ts";
import type { Found, Rule } from "../rule.ts";

const identity = ["id", "domain"] as const;
const words = ["owner", "contact", "contract"] as const;

export const productChanged: Rule = {
  kind: "product changed",
  find: ({ before, after }) =>
    typePairs(before, after, ["object"]).flatMap(
      ({ coordinate, before: type, after: typeNow }): readonly Found[] => {
        const was = type.dataProduct;
        const is = typeNow.dataProduct;
        if (!was || !is) return [];
        const found = (name: string, verdict: Found["verdict"]): readonly Found[] =>
          was[name] === is[name]
            ? []
            : [
                {
                  coordinate,
                  verdict,
                  text: `${name} of the product ${coordinate} was ${JSON.stringify(was[name] ?? null)} and is ${JSON.stringify(is[name] ?? null)}.`,
                  touches: [],
                },
              ];
        return [
          ...identity.flatMap((name) => found(name, "risky")),
          ...words.flatMap((name) => found(name, "safe")),
        ];
      },
    ),
};
