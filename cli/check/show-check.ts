// A check as text for people, in the order of what to do first.
import type { FolderCheck } from "./check-folder.ts";
import { showChanges } from "./show-changes.ts";
import { type FindingTexts, showFindings } from "./show-findings.ts";

export function showCheck(check: FolderCheck, texts: FindingTexts): string {
  const { findings, changes } = check;
  const published = check.published === null ? "" : `Since ${check.published}:\n${showChanges(changes)}`;
  return [showFindings(findings, texts), changes.length > 0 ? published : "", summary(check)]
    .filter((part) => part !== "")
    .join("\n\n");
}

function summary(check: FolderCheck): string {
  const { product, mesh, findings, verdict, nextVersion, published, port, use, changes } = check;
  const errors = findings.filter(({ severity }) => severity === "error").length;
  const where = mesh
    ? `with ${counted(mesh.subgraphs, "other")} in ${mesh.variant}`
    : "by itself: no mesh is named";
  return [
    `${product.name} ${product.version}, ${where}: ${counted(errors, "error")}, ${counted(findings.length - errors, "warning")}.`,
    published === null
      ? mesh && "Nothing of it is published there: no change can break anybody."
      : `Since ${published}: ${counted(changes.length, "change")}, ${verdict}; the version to publish is ${nextVersion ?? "yours to name"} or higher.`,
    use.kind === "unknown" && published !== null && changes.length > 0 ? `Use is not known: ${use.why}.` : "",
    port.kind === "tried"
      ? `The port at ${port.url}: ${port.checks} checks, ${port.failed} failed.`
      : `The port was not tried: ${port.why}.`,
  ]
    .filter(Boolean)
    .join("\n");
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
