// The measurements as rows of the report, each beside the same of the floor.
import { type BenchRow, measured } from "../report.ts";
import { type ContenderName, contenderTitles } from "./contenders.ts";
import type { Measurement, Setting } from "./measure.ts";
import type { SizeMeasurement } from "./sweep-sizes.ts";

type Figure = readonly [what: string, unit: string, name: keyof Omit<Measurement, "setting" | "contender">];

const figures: readonly Figure[] = [
  ["processor time", "ms a request, median", "processorMs"],
  ["throughput", "requests a second, median", "perSecond"],
  ["latency, p50", "ms, median", "p50Ms"],
  ["latency, p99", "ms, median", "p99Ms"],
  ["subgraph calls", "a request, median", "subgraphCalls"],
  ["bytes to and from subgraphs", "kB a request, median", "subgraphKb"],
  ["resident memory", "MB, most", "residentMb"],
  ["peak memory", "MB, most", "peakMb"],
];

export function measurementRows(measurements: readonly Measurement[]): readonly BenchRow[] {
  return figures.flatMap(([what, unit, name]) =>
    measurements.map((measurement) => {
      const floor = measurements.find(
        ({ setting, contender }) => setting === measurement.setting && contender === "floor",
      );
      const title = `${settingTitle(measurement.setting)}: ${what}, ${contenderTitles[measurement.contender]}`;
      return measured(title, measurement[name], unit, measurement === floor ? undefined : floor?.[name]);
    }),
  );
}

export function sizeRows(sizes: readonly SizeMeasurement[]): readonly BenchRow[] {
  return sizes.map((size) => {
    const smallest = sizes.find(({ contender }) => contender === size.contender);
    const title = `deep, answer of ${Math.round(size.answerKb)} kB: processor time, ${contenderTitles[size.contender]}`;
    return measured(
      title,
      size.msPerKb * 1_000,
      "µs a kB, median",
      size === smallest ? undefined : (smallest?.msPerKb ?? Number.NaN) * 1_000,
    );
  });
}

/** For one that could not be had. */
export function missingRow(contender: ContenderName): BenchRow {
  return { what: contenderTitles[contender], value: 0, unit: "not installed", baseline: null, ratio: null };
}

function settingTitle({ question, connections, sequence }: Setting): string {
  const asked = sequence === "hot" ? `${question.name}, all alike` : question.name;
  return `${asked}, ${connections} connection${connections === 1 ? "" : "s"}`;
}
