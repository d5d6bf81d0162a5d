// Readers and writers at once on several gateways, and what must hold of each read whatever else happens.
import { setTimeout as sleep } from "node:timers/promises";
import type { GatewayEvent } from "../../../gateway/main.ts";
import type { TestGateway } from "../../gateway/support/test-gateway.ts";
import { changeOf } from "../../setup/change-event.ts";
import { type Column, clockSloMs, columns, type Mart, pageSize, rowsMax } from "./mart.ts";

export type Chaos = {
  readonly mart: Mart;
  readonly gateways: readonly TestGateway[];
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly readsMax: number;
  /** Does harm until `going` says no. */
  readonly disturb: (going: () => boolean) => Promise<void>;
};

/** What was found. The first four hold what is wrong, as text. */
export type Found = {
  /** Older than what was acknowledged before the read began, the store within reach all the while. */
  readonly stale: string[];
  /** Older than the objective, or than the caller takes. */
  readonly tooOld: string[];
  /** Of another row than it stands at. */
  readonly misplaced: string[];
  readonly failed: string[];
  reads: number;
  /** Older than what was acknowledged: read while its gateway could not reach the store, so that the objective is the bound. */
  outOfReach: number;
  writes: number;
  /** Events that were sent again, for the store could not be written. */
  resent: number;
  remembered: number;
  /** Of these, answers of which events named nothing. */
  revalidated: number;
  joined: number;
  /** Fills that came too late: their entity was invalidated meanwhile. */
  refused: number;
  storeFailures: number;
};

const readersMax = 24;
const subgraphs = ["goods", "stock", "clock", "gossip"] as const;

const questions: readonly string[] = [
  "query Good($id: Int!) { good(id: $id) { id label price } }",
  "query Goods($page: Int!) { goods(page: $page) { id label price } }",
  "query Offers($page: Int!) { offers(page: $page) { id amount good { id label price } } }",
  // Never a whole answer that is remembered: only what it is made of.
  "query Rumoured($id: Int!) { good(id: $id) { id label price } rumour }",
  "query RumouredOffers($page: Int!) { offers(page: $page) { id amount good { id label } } rumour }",
  "query Tick($id: Int!) { tick(id: $id) { id at good { id label } } }",
  // Asked so often that it is worth keeping, of rows that seldom change: most events leave it as it is.
  ...Array.from({ length: 3 }, () => "query Quiet { offers(page: 7) { id good { id label } } }"),
];

export async function runChaos({ mart, gateways, random, readsMax, disturb }: Chaos): Promise<Found> {
  const found: Found = {
    stale: [],
    tooOld: [],
    misplaced: [],
    failed: [],
    reads: 0,
    outOfReach: 0,
    writes: 0,
    resent: 0,
    remembered: 0,
    revalidated: 0,
    joined: 0,
    refused: 0,
    storeFailures: 0,
  };
  const going = () => found.reads < readsMax;
  const acknowledged = new Map<string, number>();
  const reaches = gateways.map(({ events }) => watchStore(events as GatewayEvent[], found));
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  /** The first rows are asked, and change, far more often than the last. */
  const skewed = (max: number) => Math.floor(max ** random()) - 1;

  const readOne = async () => {
    found.reads++;
    const at = Math.floor(random() * gateways.length);
    const { ask } = gateways[at] as TestGateway;
    const reach = reaches[at] as ReturnType<typeof watchStore>;
    const query = pick(questions);
    const variables = { id: skewed(rowsMax), page: skewed(rowsMax / pageSize) };
    const staleness = random() < 0.05 ? Math.floor(random() * 300) : undefined;
    const floors = new Map(acknowledged);
    const wasReached = reach();
    const beganAtMs = Date.now();
    const { data, errors } = await ask({
      query,
      variables: used(query, variables),
      ...(staleness !== undefined && { extensions: { maxStalenessMs: staleness } }),
    });
    const isReached = wasReached(reach);
    const what = () => `${query} ${JSON.stringify(variables)} at ${at}: ${JSON.stringify(data)}`;
    if (errors) found.failed.push(`${what()} ${JSON.stringify(errors)}`);
    for (const { column, id, version, readAtMs, isMisplaced } of valuesIn(data)) {
      if (isMisplaced) found.misplaced.push(what());
      const oldestMs = Math.min(
        staleness ?? Number.POSITIVE_INFINITY,
        column === "at" ? clockSloMs : 1_800_000,
      );
      // The clocks of this process and of the store are read in whole milliseconds.
      if (readAtMs < beganAtMs - oldestMs - 2)
        found.tooOld.push(`${beganAtMs - readAtMs} ms of ${oldestMs}: ${what()}`);
      const floor = floors.get(`${column} ${id}`) ?? 0;
      if (version >= floor) continue;
      if (isReached) found.stale.push(`${column} ${id} is v${version}, older than v${floor}: ${what()}`);
      else found.outOfReach++;
    }
  };
  const read = async () => {
    while (going()) {
      await readOne();
      // A long run would hold on to all that was asked.
      if (found.reads % 500 === 0) for (const subgraph of subgraphs) mart.take(subgraph);
    }
  };

  const sequences = new Map<string, number>();
  const write = async (writable: readonly Column[]) => {
    while (going()) {
      const column = pick(writable);
      const { product, entity } = columns[column];
      const rows = Array.from({ length: 1 + Math.floor(random() * 3) }, () => skewed(rowsMax));
      const versions = rows.map((id) => mart.change(column, id));
      const sequence = (sequences.get(product) ?? 0) + (random() < 0.03 ? 2 : 1); // an event that gets lost leaves a gap
      sequences.set(product, sequence);
      const keys = random() < 0.9 ? rows.map((id) => ({ id })) : undefined;
      const event = changeOf(product, sequence, keys, entity);
      while (!(await send(pick(gateways).url, event))) {
        found.resent++;
        await sleep(20);
      }
      found.writes++;
      rows.forEach((id, i) => {
        const key = `${column} ${id}`;
        acknowledged.set(key, Math.max(acknowledged.get(key) ?? 0, versions[i] as number));
      });
      await sleep(random() * 40);
    }
  };

  await Promise.all([
    ...Array.from({ length: readersMax }, read),
    write(["label"]),
    write(["price", "amount"]),
    disturb(going),
  ]);
  for (const reach of reaches) reach();
  return found;
}

/** False where the store could not be written. */
async function send(origin: string, event: object): Promise<boolean> {
  const response = await fetch(`${origin}/events`, {
    method: "POST",
    headers: { "content-type": "application/cloudevents+json" },
    body: JSON.stringify(event),
  });
  const text = await response.text();
  if (response.status !== 204 && response.status !== 503) throw new Error(`${response.status} ${text}`);
  return response.status === 204;
}

/** Call it before a read; what it returns says, after it, whether the gateway reached its store all the while. */
function watchStore(events: GatewayEvent[], found: Found) {
  let failures = 0;
  let isSuspended = false;
  const take = () => {
    for (const event of events.splice(0)) {
      if (event.kind === "cache.store-failed") failures++;
      else if (event.kind === "cache.store-suspended") isSuspended = true;
      else if (event.kind === "cache.store-resumed") isSuspended = false;
      else if (event.kind === "cache.unstored" && event.reason === "invalidated meanwhile") found.refused++;
      else if (event.kind === "cache.answered" && event.how === "joined") found.joined += event.count;
      else if (event.kind === "cache.answered" && event.how !== "fetched") {
        found.remembered += event.count;
        if (event.how === "revalidated") found.revalidated += event.count;
      }
    }
  };
  return () => {
    take();
    const [before, wasSuspended] = [failures, isSuspended];
    return (_: unknown): boolean => {
      take();
      found.storeFailures += failures - before > 0 ? 1 : 0;
      return !wasSuspended && failures === before;
    };
  };
}

/** The values of the variables that a query has. */
function used(query: string, variables: Readonly<Record<string, number>>) {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => query.includes(`$${name}:`)));
}

type Value = {
  readonly column: string;
  readonly id: number;
  readonly version: number;
  readonly readAtMs: number;
  readonly isMisplaced: boolean;
};

/** All values of an answer, each beside the `id` of its row. */
function* valuesIn(node: unknown): Generator<Value> {
  if (typeof node !== "object" || node === null) return;
  for (const value of Object.values(node)) {
    const [, column, id, version, readAtMs] = /^(\w+) (\d+) v(\d+) @(\d+)$/.exec(String(value)) ?? [];
    if (column === undefined) yield* valuesIn(value);
    else
      yield {
        column,
        id: Number(id),
        version: Number(version),
        readAtMs: Number(readAtMs),
        isMisplaced: "id" in node && Number(node.id) !== Number(id),
      };
  }
}
