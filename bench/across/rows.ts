// Measurements as rows of the report.
import { type BenchRow, measured, median } from "../report.ts";
import type { ClientMeasured } from "./measure-clients.ts";
import type { DirectionMeasured } from "./measure-directions.ts";
import type { KeySetMeasured } from "./measure-key-sets.ts";
import type { PlanningMeasured } from "./measure-planning.ts";
import type { Measured } from "./measure-questions.ts";
import type { RulesMeasured } from "./measure-rules.ts";

/** Times are beside one DuckDB's. */
export function questionRows(
  where: string,
  measurements: readonly Measured[],
  peakMb: number,
): readonly BenchRow[] {
  const rows = measurements.flatMap(({ question: { name }, gatewayMs, duckdbMs, travelled }) => [
    measured(`${where}: ${name}`, gatewayMs, "ms, median, beside one DuckDB", duckdbMs),
    measured(`${where}: ${name}: rows moved`, travelled.rows, "rows"),
    measured(`${where}: ${name}: bytes to and from the domains`, travelled.bytes, "bytes"),
    measured(`${where}: ${name}: requests to the domains`, travelled.requests, "requests"),
  ]);
  return [...rows, measured(`${where}: the gateway's memory at its peak`, peakMb, "MB")];
}

/** Beside what the gateway took, and moved from the domains. */
export function clientRows(
  where: string,
  clients: readonly ClientMeasured[],
  measurements: readonly Measured[],
): readonly BenchRow[] {
  return clients.flatMap(({ question, tookMs, bytes, rows }) => {
    const joined = measurements.find((each) => each.question === question);
    const what = `${where}: ${question.name}, a client that joins`;
    return [
      measured(what, tookMs, "ms, median, beside the gateway", joined?.gatewayMs),
      measured(`${what}: rows moved`, rows, "rows", joined?.travelled.rows),
      measured(`${what}: bytes`, bytes, "bytes", joined?.travelled.bytes),
    ];
  });
}

/** Of all questions that were answered, beside the same ones with all rules. */
export function ruleRows(where: string, measurements: readonly RulesMeasured[]): readonly BenchRow[] {
  const [all] = measurements;
  return measurements.flatMap(({ rules, answered, refused }) => {
    const sum = (of: RulesMeasured | undefined, part: "tookMs" | "rows") =>
      [...answered.keys()].reduce((total, name) => total + (of?.answered.get(name)?.[part] ?? 0), 0);
    const own: RulesMeasured = { rules, answered, refused };
    const what = `${where}: rules, ${rules}`;
    return [
      measured(
        `${what}: ${answered.size} questions`,
        sum(own, "tookMs"),
        "ms, sum of medians",
        sum(all, "tookMs"),
      ),
      measured(`${what}: rows moved`, sum(own, "rows"), "rows", sum(all, "rows")),
      ...Array.from(refused, ([name, code]) => measured(`${what}: ${name}: ${code}`, 1, "refused")),
    ];
  });
}

export function directionRows(
  where: string,
  measurements: readonly DirectionMeasured[],
): readonly BenchRow[] {
  if (measurements.length === 0) return [];
  const pairs = measurements.map(({ here, there, foreignMs, localMs, chosenMs }) =>
    measured(
      `${where}: direction, ${here} and ${there} of a million: foreign ${foreignMs.toFixed(1)}, local ${localMs.toFixed(1)}`,
      chosenMs,
      "ms, least, beside the better direction",
      Math.min(foreignMs, localMs),
    ),
  );
  const added = measurements.map(({ firstMs, chosenMs }) => firstMs - chosenMs);
  return [...pairs, measured(`${where}: added while counts are not known yet`, median(added), "ms, median")];
}

export function keySetRows(where: string, measurements: readonly KeySetMeasured[]): readonly BenchRow[] {
  return measurements.flatMap(({ what, tookMs, peakMb }) => [
    measured(`${where}: ${what}`, tookMs, "ms"),
    measured(`${where}: ${what}: the gateway's memory at its peak`, peakMb, "MB"),
  ]);
}

export function planningRows({ firstMs, knownMs }: PlanningMeasured): readonly BenchRow[] {
  return [
    measured("a question of five domains planned the first time", firstMs, "ms, median"),
    measured("the same planned once its shape is known", knownMs, "ms, median"),
  ];
}
