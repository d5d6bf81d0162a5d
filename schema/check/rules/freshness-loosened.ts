// Answers may be older than was promised: the objective is longer, or gone, or the source's progress is not told.
import { durationMs } from "../../product/freshness.ts";
import { partsOf } from "../coordinates.ts";
import { typePairs } from "../pairs.ts";
import type { PortType } from "../port.ts";
import type { Rule } from "../rule.ts";

export const freshnessLoosened: Rule = {
  kind: "freshness loosened",
  find: ({ before, after }) =>
    typePairs(before, after, ["object"]).flatMap(({ coordinate, before: was, after: is }) =>
      losses(was, is).map((loss) => ({
        coordinate,
        verdict: "risky",
        text: `The freshness of ${coordinate} ${loss}.`,
        touches: partsOf(was),
      })),
    ),
};

function losses({ freshness: was }: PortType, { freshness: is }: PortType): readonly string[] {
  if (!was) return [];
  if (!is) return [`is not promised any more; it was ${String(was.slo)}`];
  const older =
    msOf(is.slo) > msOf(was.slo) ? [`is promised as ${String(is.slo)}; it was ${String(was.slo)}`] : [];
  const untold =
    was.watermark !== undefined && is.watermark !== was.watermark
      ? [`is not told by ${String(was.watermark)} any more`]
      : [];
  return [...older, ...untold];
}

function msOf(slo: unknown): number {
  return durationMs(String(slo)) ?? 0;
}
