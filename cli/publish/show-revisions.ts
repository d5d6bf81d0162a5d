// Rollbacks, retirements and revisions as text for people.
import type { Revision, RevisionAction } from "../../schema/registry/registry.ts";
import { type FindingTexts, showFindings } from "../check/show-findings.ts";
import { showDifference } from "./differences.ts";
import type { History } from "./read-history.ts";
import type { Retirement } from "./retire-product.ts";
import type { Rollback } from "./roll-back.ts";

export function showRollback(
  { outcome, variant, to, revision, differences, findings }: Rollback,
  texts: FindingTexts,
): string {
  const place = to === 0 ? "before anything was published" : `at revision ${to}`;
  const changes = differences.map(showDifference);
  switch (outcome) {
    case "rolled back":
      return [...changes, `${variant} is what it was ${place}: revision ${revision}.`].join("\n");
    case "would be rolled back":
      return [...changes, `${variant} would be what it was ${place}. Nothing was changed.`].join("\n");
    case "unchanged":
      return `${variant} is what it was ${place} already: revision ${revision}.`;
    case "refused":
      return [
        showFindings(findings, texts),
        "",
        `What ${variant} was ${place} does not compose with the mesh of today. Nothing was changed.`,
      ].join("\n");
  }
}

export function showRetirement(retirement: Retirement, texts: FindingTexts): string {
  const { outcome, name, variant, before, revision, findings, hits, useUnknown } = retirement;
  const users = hits.map(
    ({ client, operation, lastSeen, count }) =>
      `  ${client}  ${operation.name ?? operation.hash.slice(0, 12)}  ${count} times, last ${lastSeen}`,
  );
  const used = hits.length === 0 ? [] : [`${name} is asked for by:`, ...users];
  const unknown = useUnknown === undefined ? [] : [`Who uses it is not known: ${useUnknown}.`];
  switch (outcome) {
    case "retired":
      return [
        ...used,
        ...unknown,
        `Retired ${name} ${before.version} from ${variant}: revision ${revision}.`,
      ].join("\n");
    case "would be retired":
      return [...used, ...unknown, `${name} would be retired from ${variant}. Nothing was changed.`].join(
        "\n",
      );
    case "refused":
      return [
        showFindings(findings, texts),
        "",
        `Without ${name} the mesh does not compose. Nothing was changed.`,
      ].join("\n");
    case "used":
      return [...used, `${name} was not retired: tell them, or use --force.`].join("\n");
  }
}

export function showHistory({ variant, revisions }: History): string {
  if (revisions.length === 0) return `Nothing is published in ${variant}.`;
  const width = String(revisions[0]?.number ?? 0).length;
  const lines = revisions.map(
    ({ number, at, by, action }) =>
      `${String(number).padStart(width)}  ${at.slice(0, 16).replace("T", " ")}  ${inWords(action)}  ${by}`,
  );
  return [...lines, "", `${variant} is made of:`, ...productsOf(revisions[0])].join("\n");
}

function productsOf(revision: Revision | undefined): readonly string[] {
  const products = Object.entries(revision?.products ?? {});
  const width = Math.max(0, ...products.map(([name]) => name.length));
  return products.map(([name, { version, url }]) => `  ${name.padEnd(width)}  ${version}  ${url}`);
}

function inWords(action: RevisionAction): string {
  switch (action.kind) {
    case "published":
      return `published ${action.name} ${action.version}`;
    case "retired":
      return `retired ${action.name}`;
    case "rolled back":
      return `rolled back to ${action.to}`;
  }
}
