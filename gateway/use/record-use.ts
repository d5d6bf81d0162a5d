// The record of use in memory: which client asked which operation, what it names, when and how often.
import type { UsedOperation, UseReport } from "../../schema/product/use.ts";
import { cleanClient, otherClients } from "./client-name.ts";
import { noteInputs, type VariableInput } from "./variable-inputs.ts";

export type UseLimits = {
  /** Of operations, each counted once for each of its clients. */
  readonly operationsMax: number;
  /** Of coordinates of all of these together. */
  readonly coordinatesMax: number;
  /** Of one operation that are told apart. */
  readonly clientsMax: number;
  readonly clientCharactersMax: number;
  readonly keepDays: number;
};

/** A prepared operation as it is counted. */
export type CountedOperation = {
  readonly name: string | undefined;
  /** SHA-256 of its text without literals and aliases. */
  readonly hash: string;
  /** What its text names. */
  readonly coordinates: ReadonlySet<string>;
  readonly inputs: readonly VariableInput[];
  /** By client; undefined until it is first counted. */
  rows?: ReadonlyMap<string, Row>;
};

/** How many were forgotten on a day such as `2026-11-21`. */
export type Forgotten = { readonly day: string; readonly count: number };

/** What goes on after a restart. */
export type KeptUse = Pick<UseReport, "since" | "operations"> & {
  readonly forgottenOn: readonly Forgotten[];
};

export type UseRecord = {
  /**
   * Counts one request. What its variables name is looked at in the first 1,000 requests of a client's operation, and from
   * then on in one of 64.
   */
  readonly count: (
    asked: CountedOperation,
    client: string,
    variables: Readonly<Record<string, unknown>>,
    nowMs: number,
  ) => void;
  readonly report: (nowMs: number) => UseReport & KeptUse;
};

type Entry = {
  readonly key: string;
  readonly operation: UsedOperation["operation"];
  /** What its text names. */
  own: ReadonlySet<string>;
  readonly rows: Map<string, Row>;
};

type Row = {
  readonly client: string;
  readonly entry: Entry;
  /** What it names beyond its text. */
  readonly more: Set<string>;
  readonly firstMs: number;
  lastMs: number;
  count: number;
  /** All that it names, sorted: made when it is first told, as it was then. */
  told?: { readonly own: ReadonlySet<string>; readonly more: number; readonly list: readonly string[] };
};

const inputsOfFirst = 1_000;
const inputsOfEvery = 64;
const dayMs = 86_400_000;
/** What has been asked over so long a time is not forgotten for what has not. */
const settledMs = 3_600_000;
/** The place of a client that has not settled is another's after this time. */
const restMs = 60_000;
/** Room that is made at once, and room that newcomers have always: parts of `operationsMax`. */
const madeRoom = 0.05;
const newcomers = 0.1;

/** Begins empty, or with what was kept. */
export function openUseRecord(limits: UseLimits, kept: KeptUse): UseRecord {
  const entries = new Map<string, Entry>();
  const rows = new Set<Row>();
  const forgottenOn = new Map(kept.forgottenOn.map(({ day, count }) => [day, count]));
  const sinceMs = Date.parse(kept.since);
  /** Coordinates of all rows. */
  let held = 0;

  const entryOf = (operation: Entry["operation"]): Entry => {
    const key = `${operation.name ?? ""} ${operation.hash}`;
    const known = entries.get(key);
    if (known) return known;
    const entry: Entry = { key, operation, own: new Set(), rows: new Map() };
    entries.set(key, entry);
    return entry;
  };
  const add = (entry: Entry, client: string, firstMs: number): Row => {
    const row: Row = { client, entry, more: new Set(), firstMs, lastMs: firstMs, count: 0 };
    entry.rows.set(client, row);
    rows.add(row);
    held += entry.own.size;
    return row;
  };
  const remove = (row: Row): void => {
    const { entry, client, more } = row;
    entry.rows.delete(client);
    rows.delete(row);
    held -= entry.own.size + more.size;
    if (entry.rows.size === 0) entries.delete(entry.key);
  };
  const note = (row: Row, coordinate: string): void => {
    if (row.more.has(coordinate) || row.entry.own.has(coordinate)) return;
    row.more.add(coordinate);
    held++;
  };
  /** Its text names something else since it was prepared on another supergraph, or was kept by another run. */
  const own = (entry: Entry, coordinates: ReadonlySet<string>): void => {
    if (entry.own === coordinates) return;
    for (const { more } of entry.rows.values()) {
      held += coordinates.size - entry.own.size;
      for (const coordinate of coordinates) if (more.delete(coordinate)) held--;
    }
    entry.own = coordinates;
  };

  const isWithin = (part: number) =>
    rows.size <= limits.operationsMax * part && held <= limits.coordinatesMax * part;
  /** Those asked longest ago go: first of those that have not settled, as long as there are more of them than newcomers need. */
  const makeRoom = (admitted: Row, nowMs: number): void => {
    if (isWithin(1)) return;
    const latestFirst = [...rows]
      .filter((row) => row !== admitted)
      .sort((one, other) => other.lastMs - one.lastMs);
    const settled = latestFirst.filter(isSettled);
    const unsettled = latestFirst.filter((row) => !isSettled(row));
    const day = dayOf(nowMs);
    while (!isWithin(1 - madeRoom)) {
      const isRoom = unsettled.length <= limits.operationsMax * newcomers;
      const row = (isRoom ? settled.pop() : undefined) ?? unsettled.pop() ?? settled.pop();
      if (!row) return;
      remove(row);
      forgottenOn.set(day, (forgottenOn.get(day) ?? 0) + 1);
    }
  };

  /** Its place is another's, what is known of it is known of `(other)`. */
  const fold = (row: Row): void => {
    const { entry, more, firstMs, lastMs, count } = row;
    const others = entry.rows.get(otherClients) ?? add(entry, otherClients, firstMs);
    for (const coordinate of more) note(others, coordinate);
    others.lastMs = Math.max(others.lastMs, lastMs);
    others.count += count;
    remove(row);
  };
  const clientRow = (entry: Entry, client: string, nowMs: number): Row => {
    const known = entry.rows.get(client);
    if (known) return known;
    const named = [...entry.rows.values()].filter((row) => row.client !== otherClients);
    if (named.length < limits.clientsMax) return add(entry, client, nowMs);
    const [oldest] = named
      .filter((row) => !isSettled(row) && row.lastMs < nowMs - restMs)
      .sort((one, other) => one.lastMs - other.lastMs);
    if (oldest) fold(oldest);
    else return entry.rows.get(otherClients) ?? add(entry, otherClients, nowMs);
    return add(entry, client, nowMs);
  };
  const admit = (asked: CountedOperation, client: string, nowMs: number): Row => {
    const { name, hash, coordinates } = asked;
    const entry = entryOf({ ...(name !== undefined && { name }), hash });
    own(entry, coordinates);
    asked.rows = entry.rows;
    const row = clientRow(entry, cleanClient(client, limits.clientCharactersMax), nowMs);
    makeRoom(row, nowMs);
    return row;
  };

  for (const { client, operation, coordinates, firstSeen, lastSeen, count } of kept.operations) {
    const entry = entryOf(operation);
    if (entry.rows.has(client)) continue;
    const row = add(entry, client, Date.parse(firstSeen));
    for (const coordinate of coordinates) note(row, coordinate);
    row.lastMs = Date.parse(lastSeen);
    row.count = count;
  }

  return {
    count: (asked, client, variables, nowMs) => {
      if (asked.coordinates.size === 0) return; // introspection uses nothing
      const row = asked.rows?.get(client) ?? admit(asked, client, nowMs);
      row.lastMs = nowMs;
      row.count++;
      if (asked.inputs.length === 0 || (row.count > inputsOfFirst && row.count % inputsOfEvery !== 0)) return;
      const { size } = row.more;
      noteInputs(asked.inputs, variables, (coordinate) => note(row, coordinate));
      if (row.more.size > size) makeRoom(row, nowMs);
    },
    report: (nowMs) => {
      const fromMs = nowMs - limits.keepDays * dayMs;
      for (const row of [...rows]) if (row.lastMs < fromMs) remove(row);
      for (const day of [...forgottenOn.keys()]) if (day < dayOf(fromMs)) forgottenOn.delete(day);
      const forgotten = [...forgottenOn].map(([day, count]) => ({ day, count }));
      return {
        since: new Date(Math.max(sinceMs, fromMs)).toISOString(),
        forgotten: forgotten.reduce((sum, { count }) => sum + count, 0),
        forgottenOn: forgotten,
        operations: [...rows].sort((one, other) => other.lastMs - one.lastMs).map(asUsed),
      };
    },
  };
}

function isSettled({ firstMs, lastMs }: Row): boolean {
  return lastMs - firstMs >= settledMs;
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

function asUsed(row: Row): UsedOperation {
  const { client, entry, firstMs, lastMs, count } = row;
  return {
    client,
    operation: entry.operation,
    coordinates: coordinatesOf(row),
    firstSeen: new Date(firstMs).toISOString(),
    lastSeen: new Date(lastMs).toISOString(),
    count,
  };
}

/** Sorting them all each minute would keep questions waiting. */
function coordinatesOf(row: Row): readonly string[] {
  const { own } = row.entry;
  if (row.told?.own !== own || row.told.more !== row.more.size)
    row.told = { own, more: row.more.size, list: [...own, ...row.more].sort() };
  return row.told.list;
}
