// Questions across domains: the gateway beside one DuckDB that holds all tables, and beside clients that join by themselves.
import { aviationTables } from "./across/aviation-tables.ts";
import { startCounting } from "./across/counting-proxy.ts";
import { type ClientMeasured, measureClients } from "./across/measure-clients.ts";
import { measureDirections } from "./across/measure-directions.ts";
import { measureKeySets } from "./across/measure-key-sets.ts";
import { measurePlanning } from "./across/measure-planning.ts";
import { type Measured, measureQuestions } from "./across/measure-questions.ts";
import { measureRules } from "./across/measure-rules.ts";
import { openOneDuckDB } from "./across/one-duckdb.ts";
import { aviationQuestions, californiaByState, tradeQuestions } from "./across/questions.ts";
import {
  clientRows,
  directionRows,
  keySetRows,
  planningRows,
  questionRows,
  ruleRows,
} from "./across/rows.ts";
import { startGateway } from "./across/start-gateway.ts";
import { type Mesh, startAviation, startTrade } from "./across/start-mesh.ts";
import type { Patience } from "./across/timing.ts";
import { type Scale, tradeTables } from "./across/trade-tables.ts";
import { buildWeft } from "./federation/contenders.ts";
import { memoryMb } from "./federation/process-stat.ts";
import { atMost, type Bench, type BenchRow } from "./report.ts";

const allFlights = 3_000_000;

export const across: Bench = async ({ quick }) => {
  buildWeft();
  const patience: Patience = quick ? { turns: 5, forMs: 2_000 } : { turns: 30, forMs: 20_000 };
  const planning = await measurePlanning(quick ? 20 : 100);
  const aviation = await measureAviation(patience, quick);
  const scales: readonly Scale[] = quick ? [0.01] : [0.01, 0.1, 1];
  const trade: OnMesh[] = [];
  for (const scale of scales) trade.push(await measureTrade(scale, patience, quick));

  const example = aviation.questions.find(({ question }) => question === californiaByState) as Measured;
  const byHand = aviation.clients.find(({ question }) => question === californiaByState) as ClientMeasured;
  const directions = trade.flatMap((each) => each.directions);
  const worse = directions.filter(
    ({ chosenMs, foreignMs, localMs }) => chosenMs > 1.3 * Math.min(foreignMs, localMs),
  );
  const peaks = [aviation, ...trade].flatMap(({ peakMb, keySets }) => [
    peakMb,
    ...keySets.map((each) => each.peakMb),
  ]);
  return {
    rows: [...aviation.rows, ...trade.flatMap(({ rows }) => rows), ...planningRows(planning)],
    claims: [
      atMost("across.vs-duckdb", 3, example.gatewayMs / example.duckdbMs),
      atMost("across.rows-moved", 0.01, example.travelled.rows / allFlights),
      atMost("across.client-bytes", 0.01, example.travelled.bytes / byHand.bytes),
      atMost("across.direction-90", 0.1, worse.length / directions.length),
      atMost("across.memory", 300, Math.max(...peaks)),
      atMost("across.plan-time-known", 5, planning.knownMs),
      atMost("across.plan-time-first", 50, planning.firstMs),
    ],
  };
};

type OnMesh = {
  readonly rows: readonly BenchRow[];
  readonly questions: readonly Measured[];
  readonly clients: readonly ClientMeasured[];
  readonly directions: Awaited<ReturnType<typeof measureDirections>>;
  readonly keySets: Awaited<ReturnType<typeof measureKeySets>>;
  /** Of the gateway that was asked all questions. */
  readonly peakMb: number;
};

async function measureAviation(patience: Patience, quick: boolean): Promise<OnMesh> {
  await using mesh = await startAviation();
  await using one = await openOneDuckDB(aviationTables);
  const { questions, peakMb } = await measureAll(mesh, one, aviationQuestions, patience);
  const clients = await withGateway(mesh, (gateway) =>
    measureClients(one, gateway, "aviation", quick ? 1 : 3),
  );
  const rules = await measureRules(mesh, one, aviationQuestions, quick ? 1 : 3);
  const where = "3,000,000 flights";
  const rows = [
    ...questionRows(where, questions, peakMb),
    ...clientRows(where, clients, questions),
    ...ruleRows(where, rules),
  ];
  return { rows, questions, clients, directions: [], keySets: [], peakMb };
}

/** Without rules at the smallest scale alone; directions in the middle; long key sets at the largest. */
async function measureTrade(scale: Scale, patience: Patience, quick: boolean): Promise<OnMesh> {
  await using mesh = await startTrade(scale);
  await using one = await openOneDuckDB(Object.values(tradeTables(scale)).flat());
  const { questions, peakMb } = await measureAll(mesh, one, tradeQuestions, patience);
  const clients = await withGateway(mesh, (gateway) => measureClients(one, gateway, "trade", quick ? 1 : 3));
  const rules = scale === 0.01 ? await measureRules(mesh, one, tradeQuestions, quick ? 1 : 5) : [];
  const directions = quick || scale === 0.1 ? await measureDirections(mesh, quick ? 8 : 60) : [];
  const keySets = quick || scale === 1 ? await measureKeySets(mesh, one) : [];
  const where = `trade, scale ${scale}`;
  const rows = [
    ...questionRows(where, questions, peakMb),
    ...clientRows(where, clients, questions),
    ...ruleRows(where, rules),
    ...directionRows(where, directions),
    ...keySetRows(where, keySets),
  ];
  return { rows, questions, clients, directions, keySets, peakMb };
}

async function measureAll(
  mesh: Mesh,
  one: Parameters<typeof measureClients>[0],
  questions: Parameters<typeof measureQuestions>[1],
  patience: Patience,
): Promise<Pick<OnMesh, "questions" | "peakMb">> {
  await using gateway = await startGateway(mesh);
  await using counted = await startCounting(mesh);
  await using counting = await startGateway(counted);
  const measured = await measureQuestions({ one, gateway, counted, counting }, questions, patience);
  return { questions: measured, peakMb: memoryMb(gateway.pid).peak };
}

/** Clients have a gateway of their own: the memory of the one that is measured is that of questions across domains. */
async function withGateway<Out>(
  mesh: Mesh,
  work: (gateway: Awaited<ReturnType<typeof startGateway>>) => Promise<Out>,
): Promise<Out> {
  await using gateway = await startGateway(mesh);
  return await work(gateway);
}
