// What a run of a contract's quality rules found on the live product: the report of `weft test`, kept by the gateway.
import { z } from "zod";

const text = (max: number) => z.string().min(1).max(max);

const ruleSchema = z.strictObject({
  /** Of the contract; unique within the product. */
  id: text(200),
  /** What the rule says, in one sentence. */
  text: text(1_000),
  /** Of the Open Data Contract Standard: accuracy, completeness, conformity, consistency, coverage, timeliness, uniqueness. */
  dimension: text(100),
  severity: z.enum(["error", "warning"]),
  /** `error`: it could not be looked at. */
  outcome: z.enum(["passed", "failed", "error"]),
  /** What was measured, and what it had to be, in words; a measure such as a count or a share, never a row's value. */
  value: text(500).optional(),
  expected: text(500).optional(),
  rowsChecked: z.int().min(0).optional(),
  tookMs: z.number().min(0),
});

/** One run on one product. */
export const qualityReportSchema = z.strictObject({
  /** Id of the data product. */
  product: text(200),
  version: text(100),
  /** When the run ended: ISO 8601, UTC. */
  at: z.iso.datetime(),
  rules: z.array(ruleSchema).max(1_000),
});

export type QualityReport = z.output<typeof qualityReportSchema>;
export type QualityRuleResult = QualityReport["rules"][number];
