// The report of a run as a table for people: what failed first.
import type { Rule } from "../../schema/contract/quality-rule.ts";
import type { QualityReport, QualityRuleResult } from "../../schema/product/quality.ts";

/** What keeps the product from being whole: of severity error, and not passed. */
export function problemsIn({ rules }: QualityReport): readonly QualityRuleResult[] {
  return rules.filter(({ outcome, severity }) => outcome !== "passed" && severity === "error");
}

/** @param told - rules that nothing runs, for people to know of */
export function qualityTable(report: QualityReport, told: readonly Pick<Rule, "id" | "text">[]): string {
  const rows = [...report.rules].sort((a, b) => rank(a) - rank(b)).map(cells);
  const widths = [0, 1, 2].map((i) => Math.max(0, ...rows.map((row) => row[i]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  const tellings = told.map(({ id, text }) => `told     ${id}  ${text}`);
  return [...lines, ...tellings, "", summary(report)].join("\n");
}

/** Errors that failed, errors that could not be run, warnings, and what passed. */
function rank({ outcome, severity }: QualityRuleResult): number {
  if (outcome === "passed") return 4;
  return (severity === "error" ? 0 : 2) + (outcome === "failed" ? 0 : 1);
}

function cells({
  id,
  text,
  outcome,
  severity,
  value,
  expected,
  rowsChecked,
  tookMs,
}: QualityRuleResult): readonly string[] {
  const word =
    outcome === "passed"
      ? "ok"
      : outcome === "error"
        ? "not run"
        : severity === "error"
          ? "FAILED"
          : "warning";
  const rows = rowsChecked === undefined ? "" : ` of ${rowsChecked} rows`;
  const measured =
    outcome === "error"
      ? (value ?? "")
      : value === undefined
        ? ""
        : `${value}${rows}${expected === undefined ? "" : ` (must be ${expected})`}`;
  return [word.padEnd(7), id, measured, outcome === "passed" ? `${tookMs} ms` : text];
}

function summary({ product, version, rules }: QualityReport): string {
  const count = (test: (rule: QualityRuleResult) => boolean) => rules.filter(test).length;
  const failed = count(({ outcome, severity }) => outcome === "failed" && severity === "error");
  const unable = count(({ outcome }) => outcome === "error");
  const warned = count(({ outcome, severity }) => outcome === "failed" && severity === "warning");
  return `${product} ${version}: ${rules.length} rules, ${failed} failed, ${unable} not run, ${warned} warnings`;
}
