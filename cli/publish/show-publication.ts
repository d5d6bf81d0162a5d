// A publication as text for people.
import { showChanges } from "../check/show-changes.ts";
import { type FindingTexts, showFindings } from "../check/show-findings.ts";
import type { Publication } from "./publish-product.ts";

export function showPublication(publication: Publication, texts: FindingTexts): string {
  const { findings, changes, remarks, before } = publication;
  const changed = changes.length > 0 ? `Since ${before?.version}:\n${showChanges(changes)}` : "";
  return [showFindings(findings, texts), changed, [...remarks, headline(publication)].join("\n")]
    .filter((part) => part !== "")
    .join("\n\n");
}

function headline(publication: Publication): string {
  const { outcome, name, version, variant, revision, url, findings, changes } = publication;
  const product = `${name} ${version}`;
  switch (outcome) {
    case "published":
      return `Published ${product} at ${url} in ${variant}${instead(publication)}: revision ${revision}.`;
    case "would be published":
      return `${product} would be published at ${url} in ${variant}${instead(publication)}. Nothing was changed.`;
    case "unchanged":
      return `${variant} has ${product} at ${url} already: revision ${revision}.`;
    case "refused":
      return `${product} was not published: ${counted(findings.filter(({ severity }) => severity === "error").length, "error")}.`;
    case "breaking":
      return `${product} was not published: ${counted(changes.filter(({ verdict }) => verdict === "breaking").length, "breaking change")}. Keep what is asked for, or publish it with --allow-breaking.`;
  }
}

function instead({ before, version }: Publication): string {
  if (!before) return "";
  return before.version === version ? `, instead of ${before.url}` : `, instead of ${before.version}`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
