// What a Redis that stops answering costs: its first seconds, the time that it is left alone, and how soon it is used again.
import {
  type Asked,
  type Measuring,
  openMeasuring,
  type RunOptions,
  runOnce,
} from "./cache/measure-remembering.ts";
import { type BenchRedis, startBenchRedis } from "./cache/start-bench-redis.ts";
import { startRemembering } from "./cache/start-remembering.ts";
import { type Figures, medians } from "./federation/figures.ts";
import { questions } from "./federation/questions.ts";
import { atMost, type Bench, measured, median } from "./report.ts";

const [question] = questions;

const pairs = 4;
const roundsOfPair = 3;

/** Popular questions, of a gateway that never had a Redis and of one whose Redis was frozen just now, and a while ago. */
type Round = {
  readonly off: Figures;
  readonly frozen: Figures;
  readonly resting: Figures;
  /** From its thaw on, until most is remembered again. */
  readonly backMs: number;
};

export const faults: Bench = async ({ quick }) => {
  await using measuring = await openMeasuring();
  const options: RunOptions = { question, sequence: "zipf", forMs: quick ? 1_000 : 4_000 };
  const rounds: Round[] = [];
  for (let pair = 0; pair < (quick ? 1 : pairs); pair++)
    rounds.push(...(await measurePair(measuring, options, quick ? 1 : roundsOfPair)));

  const middle = (when: "off" | "frozen" | "resting") => medians(rounds.map((round) => round[when]));
  const added = (when: "frozen" | "resting") =>
    median(rounds.map((round) => round[when].p99Ms - round.off.p99Ms));
  const backMs = median(rounds.map((round) => round.backMs));
  const [none, frozen, resting] = [middle("off"), middle("frozen"), middle("resting")];
  const titled = [
    ["no cache", none],
    ["Redis freezes", frozen],
    ["Redis is left alone", resting],
  ] as const;
  return {
    rows: [
      ...titled.map(([what, { p50Ms }]) => measured(`${what}: latency, p50`, p50Ms, "ms", none.p50Ms)),
      ...titled.map(([what, { p99Ms }]) => measured(`${what}: latency, p99`, p99Ms, "ms", none.p99Ms)),
      ...titled.map(([what, { processorMs }]) =>
        measured(`${what}: processor time`, processorMs, "ms a request", none.processorMs),
      ),
      measured("Redis freezes: added to p99", added("frozen"), "ms"),
      measured("Redis is left alone: added to p99", added("resting"), "ms"),
      measured("Redis answers: used again after", backMs, "ms"),
    ],
    claims: [
      atMost("faults.p99", 50, added("frozen")),
      atMost("faults.rest", 1.15, resting.p50Ms / none.p50Ms),
      atMost("faults.back", 5_000, backMs),
    ],
  };
};

/** Started anew some times: how fast a process becomes is a matter of luck, too. */
async function measurePair(
  measuring: Measuring,
  options: RunOptions,
  count: number,
): Promise<readonly Round[]> {
  await using redis = await startBenchRedis();
  await using off = await startRemembering("off", measuring.mesh, undefined);
  await using shared = await startRemembering("redis", measuring.mesh, redis.url);
  const rounds: Round[] = [];
  for (let round = 0; round <= count; round++)
    rounds.push(await measureRound(measuring, [off, shared], redis, options));
  return rounds.slice(1); // in the first they get used to it
}

async function measureRound(
  measuring: Measuring,
  [off, shared]: readonly [Asked, Asked],
  redis: BenchRedis,
  options: RunOptions,
): Promise<Round> {
  const offFigures = await runOnce(measuring, off, options);
  await runOnce(measuring, shared, options);
  redis.freeze();
  const frozen = await runOnce(measuring, shared, options);
  const resting = await runOnce(measuring, shared, options);
  redis.thaw();
  return { off: offFigures, frozen, resting, backMs: await untilUsed(measuring, shared, options) };
}

const backMsMax = 30_000;

/** In steps of a fifth of a second; half a minute, or a little more, where it is not used. */
async function untilUsed(measuring: Measuring, shared: Asked, options: RunOptions): Promise<number> {
  const thawedMs = performance.now();
  let backMs = 0;
  let calls = Number.POSITIVE_INFINITY;
  while (calls >= 1 && backMs < backMsMax) {
    const { subgraphCalls } = await runOnce(measuring, shared, { ...options, forMs: 200 });
    calls = subgraphCalls;
    backMs = performance.now() - thawedMs;
  }
  return backMs;
}
