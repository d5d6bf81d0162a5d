// Changes as text for people: each with whom it hits.
import type { Verdict } from "../../schema/check/change.ts";
import type { Judgement } from "../../schema/check/judge.ts";

const shownSafeMax = 20;

/** Breaking ones first; many that are safe are counted only. */
export function showChanges(changes: readonly Judgement[]): string {
  const risen = changes.filter(({ stated }) => stated !== "safe");
  const safe = changes.filter(({ stated }) => stated === "safe");
  const told = safe.slice(0, shownSafeMax);
  return [
    ...risen.flatMap(({ verdict, stated, text, usage }, i) => [
      `${label(verdict, stated)} ${text}`,
      // One reason for all is told once.
      ...(usage === risen[i + 1]?.usage ? [] : [`${margin}${usage}`]),
    ]),
    ...told.map(({ text }) => `${label("safe", "safe")} ${text}`),
    ...(safe.length > told.length ? [`${margin}… and ${safe.length - told.length} more that are safe.`] : []),
  ].join("\n");
}

const margin = " ".repeat(10);

function label(verdict: Verdict, stated: Verdict): string {
  return (verdict === stated ? verdict : "can go").padEnd(9);
}
