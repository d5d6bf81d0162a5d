// What remembering is worth, and what it costs: gateways without a cache, in memory and in Redis, beside Hive Gateway's own.
import { measureHitRatios } from "./cache/hit-ratio.ts";
import {
  type Asked,
  type Measuring,
  openMeasuring,
  type RunOptions,
  runOnce,
  type Sequence,
} from "./cache/measure-remembering.ts";
import { startBenchRedis } from "./cache/start-bench-redis.ts";
import { startHiveCaching } from "./cache/start-hive-caching.ts";
import { startRemembering } from "./cache/start-remembering.ts";
import { type Figures, medians } from "./federation/figures.ts";
import { questions } from "./federation/questions.ts";
import { hasHive } from "./federation/start-hive.ts";
import { atMost, type Bench, type BenchClaim, type BenchRow, measured, median } from "./report.ts";

const [question] = questions;

/** A row of a popular product changes so often while popular questions are asked. */
const changeEveryMs = 10_000;

/** Of each gateway in a round. */
const turnsMost = 4;
const rounds = 3;
/** How fast a process becomes is a matter of luck, and of more than the cost that is looked for: it takes more of them. */
const costRounds = 8;

const sequences: readonly Sequence[] = ["zipf", "hot", "never"];

type Samples = Map<string, readonly Figures[]>;
type Results = ReadonlyMap<string, Figures>;
type Times = { readonly forMs: number; readonly windowMs: number };

const names: readonly string[] = ["off", "memory", "redis"];

export const cache: Bench = async ({ quick }) => {
  await using measuring = await openMeasuring();
  const withHive = hasHive({ install: !quick });
  const samples: Samples = new Map();
  const times = { forMs: quick ? 1_000 : 4_000, windowMs: quick ? 1_000 : changeEveryMs };
  for (let round = 0; round < (quick ? 1 : rounds); round++)
    await measureRound(measuring, withHive, samples, times);
  for (let round = 0; round < (quick ? 0 : costRounds); round++) await measureCost(measuring, samples, times);
  const results: Results = new Map([...samples].map(([key, each]) => [key, medians(each)]));
  const hitRatios = await measureHitRatios(quick ? 5_000 : 40_000);
  return {
    rows: [
      ...rowsOf(withHive ? [...names, "hive"] : names, results),
      measured("hits in a small store, ours", hitRatios.ours, "of 1", hitRatios.lru),
      measured("hits in a small store, plain LRU", hitRatios.lru, "of 1", hitRatios.lru),
      measured("hits in a small store, knowing the future (Belady)", hitRatios.belady, "of 1", hitRatios.lru),
    ],
    claims: claimsOf(samples, hitRatios),
  };
};

/** On processes started anew, each beside the others. */
async function measureRound(
  measuring: Measuring,
  withHive: boolean,
  samples: Samples,
  times: Times,
): Promise<void> {
  await using redis = await startBenchRedis();
  await using off = await startRemembering("off", measuring.mesh, undefined);
  await using memory = await startRemembering("memory", measuring.mesh, undefined);
  await using shared = await startRemembering("redis", measuring.mesh, redis.url);
  await using hive = withHive ? await startHiveCaching(measuring.mesh) : undefined;
  const all: readonly Asked[] = [off, memory, shared, ...(hive ? [hive] : [])];
  for (const asked of all) await runOnce(measuring, asked, { ...whileRowsChange, forMs: 2 * times.windowMs });
  for (const sequence of sequences) await measureTurns(measuring, all, sequence, samples, times);
}

/** What it costs where nothing repeats. */
async function measureCost(measuring: Measuring, samples: Samples, times: Times): Promise<void> {
  await using redis = await startBenchRedis();
  await using off = await startRemembering("off", measuring.mesh, undefined);
  await using memory = await startRemembering("memory", measuring.mesh, undefined);
  await using shared = await startRemembering("redis", measuring.mesh, redis.url);
  await measureTurns(measuring, [off, memory, shared], "never", samples, times);
}

const whileRowsChange = { question, sequence: "zipf", changeEveryMs } as const;

/** In short turns: how fast the machine is changes within seconds. A window of changes cannot be divided. */
async function measureTurns(
  measuring: Measuring,
  all: readonly Asked[],
  sequence: Sequence,
  samples: Samples,
  { forMs, windowMs }: Times,
): Promise<void> {
  // Until they have got used to it.
  for (const asked of all) await runOnce(measuring, asked, { question, sequence, forMs: 1.5 * forMs });
  const isWhole = sequence === "zipf";
  const options: RunOptions = isWhole
    ? { ...whileRowsChange, forMs: Math.max(forMs, windowMs) }
    : { question, sequence, forMs: forMs / turnsMost };
  for (let turn = 0; turn < (isWhole ? 1 : turnsMost); turn++)
    for (const asked of turn % 2 === 0 ? all : all.toReversed()) {
      const key = keyOf(sequence, asked.name);
      samples.set(key, [...(samples.get(key) ?? []), await runOnce(measuring, asked, options)]);
    }
}

const keyOf = (sequence: Sequence, name: string) => `${sequence} ${name}`;

const titles: Readonly<Record<Sequence, string>> = {
  zipf: `popular questions (Zipf, a row changes every ${changeEveryMs / 1_000} s)`,
  hot: "one question",
  never: "nothing repeats",
};

const figures: readonly (readonly [what: string, unit: string, name: keyof Figures])[] = [
  ["processor time", "ms a request, median", "processorMs"],
  ["throughput", "requests a second, median", "perSecond"],
  ["latency, p50", "ms, median", "p50Ms"],
  ["latency, p99", "ms, median", "p99Ms"],
  ["subgraph calls", "a request, median", "subgraphCalls"],
];

/** Each beside the gateway without a cache. */
function rowsOf(all: readonly string[], results: Results): readonly BenchRow[] {
  return sequences.flatMap((sequence) =>
    figures.flatMap(([what, unit, figure]) =>
      all.map((name) => {
        const value = results.get(keyOf(sequence, name))?.[figure] ?? Number.NaN;
        return measured(
          `${titles[sequence]}: ${what}, ${name}`,
          value,
          unit,
          results.get(keyOf(sequence, "off"))?.[figure],
        );
      }),
    ),
  );
}

/** Medians of what each turn came to: the machine is as fast for both of what is compared. */
function claimsOf(
  samples: Samples,
  { ours, lru }: { readonly ours: number; readonly lru: number },
): readonly BenchClaim[] {
  const each = (key: string, figure: keyof Figures) =>
    (samples.get(key) ?? []).map((sample) => sample[figure]);
  const ratio = (figure: keyof Figures, key: string, baseline: string) => {
    const values = each(key, figure);
    return median(each(baseline, figure).map((value, turn) => (values[turn] ?? Number.NaN) / value));
  };
  return [
    atMost("cache.requests", 0.05, ratio("subgraphCalls", "zipf redis", "zipf off")),
    atMost("cache.cpu", 1 / 3, ratio("processorMs", "zipf redis", "zipf off")),
    atMost("cache.p50", 1 / 4, ratio("p50Ms", "zipf redis", "zipf off")),
    atMost("cache.hot", 1 / 5, ratio("perSecond", "never off", "hot redis")),
    atMost("cache.cold-cost", 1 / 0.9, ratio("perSecond", "never off", "never redis")),
    atMost("cache.hit-ratio", 1, lru / ours),
  ];
}
