// What a federated request costs: the gateway beside a floor written by hand, Apollo Gateway and Hive Gateway.
import { openCatalogue } from "./federation/catalogue.ts";
import { buildWeft, type Contender, type ContenderName, startContender } from "./federation/contenders.ts";
import { type Measurement, measureContenders, type Setting } from "./federation/measure.ts";
import { openMesh } from "./federation/mesh.ts";
import { openOracle } from "./federation/oracle.ts";
import { pinHere } from "./federation/pinned-process.ts";
import { groupOf, type QuestionName, questions, type Sequence } from "./federation/questions.ts";
import { measurementRows, missingRow, sizeRows } from "./federation/rows.ts";
import { hasHive } from "./federation/start-hive.ts";
import { type SizeMeasurement, sweepSizes } from "./federation/sweep-sizes.ts";
import { atMost, type Bench, type BenchClaim } from "./report.ts";

const [deep] = questions;
const connectionCounts = [1, 10, 50];
/** What the claims of processor time are made at. */
const claimedConnections = 10;

const settings: readonly Setting[] = [
  ...questions.flatMap((question) =>
    connectionCounts.map((connections) => ({ question, connections, sequence: "distinct" as const })),
  ),
  { question: deep, connections: claimedConnections, sequence: "hot" },
];

export const federation: Bench = async ({ quick }) => {
  pinHere();
  buildWeft();
  const withHive = hasHive({ install: !quick });
  const names: readonly ContenderName[] = [
    "floor",
    "weft",
    "tuned",
    "stock",
    ...(withHive ? (["hive"] as const) : []),
  ];
  const oracle = openOracle(openCatalogue());
  const groups = quick ? 200 : 1_000;
  for (const question of questions) for (let i = 0; i < groups; i++) oracle(question, groupOf(i, "distinct"));

  await using mesh = await openMesh();
  await using started = await startAll(names, mesh);
  const { contenders } = started;
  const measurements = await measureContenders({ mesh, oracle }, contenders, settings, {
    rounds: quick ? 3 : 5,
    forMs: quick ? 150 : 1_000,
    warmUpMs: quick ? 1_000 : 4_000,
  });
  const swept = contenders.filter(({ name }) => name === "floor" || name === "weft");
  const sizes = await sweepSizes({ oracle }, swept, deep, {
    sizes: quick ? [1, 10, 107] : [1, 4, 16, 107],
    rounds: quick ? 1 : 3,
    bytes: quick ? 8e6 : 16e6,
  });
  return {
    rows: [...measurementRows(measurements), ...(withHive ? [] : [missingRow("hive")]), ...sizeRows(sizes)],
    claims: claimsOf(measurements, sizes),
  };
};

function claimsOf(
  measurements: readonly Measurement[],
  sizes: readonly SizeMeasurement[],
): readonly BenchClaim[] {
  const of = (
    contender: ContenderName,
    question: QuestionName,
    connections = claimedConnections,
    sequence: Sequence = "distinct",
  ) =>
    measurements.find(
      ({ setting, ...measurement }) =>
        measurement.contender === contender &&
        setting.question.name === question &&
        setting.connections === connections &&
        setting.sequence === sequence,
    ) as Measurement;
  const ratio = (one: ContenderName, other: ContenderName, question: QuestionName) =>
    of(one, question).processorMs / of(other, question).processorMs;
  const residentMb = Math.max(...questions.map(({ name }) => of("weft", name, 50).residentMb));
  const calls = Math.max(...connectionCounts.map((count) => of("weft", "deep", count).subgraphCalls));
  const perKb = sizes.filter(({ contender }) => contender === "weft").map(({ msPerKb }) => msPerKb);
  return [
    atMost("federation.floor", 0.2, ratio("floor", "tuned", "deep")),
    atMost("federation.deep-floor", 1.5, ratio("weft", "floor", "deep")),
    atMost("federation.deep-stock", 0.25, ratio("weft", "tuned", "deep")),
    atMost("federation.small-floor", 1.5, ratio("weft", "floor", "small")),
    atMost("federation.small-stock", 0.6, ratio("weft", "tuned", "small")),
    atMost("federation.memory", 200, residentMb),
    atMost("federation.calls", 1.25, calls / deep.callsMin),
    // Of the smallest answer the exchanges with subgraphs cost as much as its data: that large ones are cheaper is no fault.
    atMost("federation.linear", 1.3, Math.max(...perKb) / (perKb[0] as number)),
  ];
}

async function startAll(
  names: readonly ContenderName[],
  mesh: Parameters<typeof startContender>[1],
): Promise<AsyncDisposable & { readonly contenders: readonly Contender[] }> {
  const contenders: Contender[] = [];
  const dispose = async () => {
    await Promise.all(contenders.map((contender) => contender[Symbol.asyncDispose]()));
  };
  try {
    for (const name of names) contenders.push(await startContender(name, mesh));
  } catch (failure) {
    await dispose();
    throw failure;
  }
  return { contenders, [Symbol.asyncDispose]: dispose };
}
