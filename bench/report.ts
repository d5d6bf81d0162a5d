// What a benchmark reports: rows of measurements beside a baseline, and claims that hold or do not.
import { cpus, totalmem } from "node:os";

export type BenchRow = {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** What it is measured against, in the same run and unit. */
  readonly baseline: number | null;
  /** value ÷ baseline. */
  readonly ratio: number | null;
};

export type BenchClaim = {
  readonly claim: string;
  /** The measured value must not be above it. */
  readonly bound: number;
  readonly measured: number;
  readonly holds: boolean;
};

export type BenchReport = {
  readonly name: string;
  readonly date: string;
  readonly machine: string;
  readonly rows: readonly BenchRow[];
  readonly claims: readonly BenchClaim[];
};

export type Bench = (options: { readonly quick: boolean }) => Promise<Pick<BenchReport, "rows" | "claims">>;

export function measured(what: string, value: number, unit: string, baseline?: number): BenchRow {
  const known = baseline !== undefined;
  return {
    what,
    value: rounded(value),
    unit,
    baseline: known ? rounded(baseline) : null,
    ratio: known ? rounded(value / baseline) : null,
  };
}

export function atMost(claim: string, bound: number, value: number): BenchClaim {
  return { claim, bound, measured: rounded(value), holds: value <= bound };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export function machine(): string {
  const [cpu] = cpus();
  return `${cpus().length} × ${cpu?.model ?? "unknown"}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
