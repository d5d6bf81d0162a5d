// Makes the answer larger and larger, and sees whether a kilobyte of it goes on costing the same.
import { median } from "../report.ts";
import type { Contender, ContenderName } from "./contenders.ts";
import { load } from "./load.ts";
import type { Oracle } from "./oracle.ts";
import { processorMs } from "./process-stat.ts";
import { type Question, requestBody } from "./questions.ts";

export type SizeMeasurement = {
  readonly contender: ContenderName;
  readonly answerKb: number;
  /** Of processor time. */
  readonly msPerKb: number;
};

export type SweepOptions = {
  /** How many times as large as the plain answer. */
  readonly sizes: readonly number[];
  readonly rounds: number;
  /** Answered by each contender at each size in each round. */
  readonly bytes: number;
};

/** In rounds, as everything else; a first one warms up and is not counted. */
export async function sweepSizes(
  { oracle }: { readonly oracle: Oracle },
  contenders: readonly Contender[],
  question: Question,
  { sizes, rounds, bytes }: SweepOptions,
): Promise<readonly SizeMeasurement[]> {
  const cases = sizes.flatMap((groups) =>
    contenders.map((contender) => ({ contender, groups, msPerKb: [] as number[] })),
  );
  const answers = new Map(sizes.map((groups) => [groups, answersOf(groups, oracle, question)]));
  for (let round = -1; round < rounds; round++)
    for (const { contender, groups, msPerKb } of cases) {
      const known = answers.get(groups) ?? [];
      const size = known[0]?.expected.length ?? 1;
      const before = processorMs(contender.pid);
      const answered = await load(contender.url, {
        connections: 1,
        forMs: 20_000,
        requestsMin: 1,
        requestsMax: Math.max(2, Math.ceil(bytes / size)),
        request: (number) => known[number % known.length] as (typeof known)[number],
      });
      if (round >= 0) msPerKb.push((processorMs(contender.pid) - before) / (answered.bytes / 1_000));
    }
  return cases.map(({ contender, groups, msPerKb }) => ({
    contender: contender.name,
    answerKb: (answers.get(groups)?.[0]?.expected.length ?? 0) / 1_000,
    msPerKb: median(msPerKb),
  }));
}

/** The requests of one size: of groups that follow each other, so that those next to each other differ. */
function answersOf(groups: number, oracle: Oracle, question: Question) {
  const count = Math.min(3, Math.max(2, Math.floor(400 / groups)));
  return Array.from({ length: count }, (_, i) => ({
    body: requestBody(question, i * groups, groups),
    expected: oracle(question, i * groups, groups),
  }));
}
