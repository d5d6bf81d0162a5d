// The status of a product: one that is retired will not be answered for.
import { partsOf } from "../coordinates.ts";
import { typePairs } from "../pairs.ts";
import type { Rule } from "../rule.ts";

export const statusChanged: Rule = {
  kind: "status changed",
  find: ({ before, after }) =>
    typePairs(before, after, ["object"]).flatMap(({ coordinate, before: type, after: typeNow }) => {
      if (!type.dataProduct || !typeNow.dataProduct) return [];
      const was = String(type.dataProduct.status ?? "active");
      const is = String(typeNow.dataProduct.status ?? "active");
      if (was === is) return [];
      const retired = is === "retired";
      return {
        coordinate,
        verdict: retired ? "risky" : "safe",
        text: `The product ${coordinate} was ${was} and is ${is}.`,
        touches: retired ? partsOf(type) : [],
      };
    }),
};
