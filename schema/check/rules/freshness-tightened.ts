// Answers are younger than was promised, or the source's progress is told.
import { durationMs } from "../../product/freshness.ts";
import { typePairs } from "../pairs.ts";
import type { Rule } from "../rule.ts";

export const freshnessTightened: Rule = {
  kind: "freshness tightened",
  find: ({ before, after }) =>
    typePairs(before, after, ["object"]).flatMap(({ coordinate, before: type, after: typeNow }) => {
      const was = type.freshness;
      const is = typeNow.freshness;
      if (!was || !is) return [];
      const shorter = (durationMs(String(is.slo)) ?? 0) < (durationMs(String(was.slo)) ?? 0);
      const told = was.watermark === undefined && is.watermark !== undefined;
      const texts = [
        ...(shorter ? [`is promised as ${String(is.slo)}; it was ${String(was.slo)}`] : []),
        ...(told ? [`is told by ${String(is.watermark)}`] : []),
      ];
      return texts.map((text) => ({
        coordinate,
        verdict: "safe",
        text: `The freshness of ${coordinate} ${text}.`,
        touches: [],
      }));
    }),
};
