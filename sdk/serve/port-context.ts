// What one request to a port carries: its way to the engine, its signal, its loaders.
import DataLoader from "dataloader";
import type { GraphQLResolveInfo } from "graphql";
import { asking } from "../../schema/product/asking-faults.ts";
import type { Entity } from "../product.ts";
import type { Key } from "../sql/among-keys.ts";
import type { Row, Statement } from "../sql/engine.ts";
import { port } from "../sql/port-faults.ts";

export type PortContext = {
  readonly run: (statement: Statement) => Promise<readonly Row[]>;
  /** One loader for each `loaderPlace`: what is asked there is asked in one statement. */
  readonly loaders: Map<string, DataLoader<Key, unknown, string>>;
};

export function portContext(run: PortContext["run"]): PortContext {
  return { run, loaders: new Map() };
}

/** Loads through the loader of this place, made at the first call. `batch` gets distinct keys. */
export function loadAt<T>(
  { loaders }: PortContext,
  place: string,
  key: Key,
  batch: (keys: readonly Key[]) => Promise<readonly T[]>,
): Promise<T> {
  const known = loaders.get(place) as DataLoader<Key, T, string> | undefined;
  if (known) return known.load(key);
  const made = new DataLoader<Key, T, string>(batch, { cacheKeyFn: keyText });
  loaders.set(place, made);
  return made.load(key);
}

/** @throws asking.KEYS_MAX */
export function checkKeys(keys: readonly Key[], { keysMax }: Entity, at: string): void {
  if (keys.length > keysMax) throw asking.KEYS_MAX({ at, keys: keys.length, keysMax });
}

/**
 * Rows for keys that stand in the port's own rows: as many statements as it takes, `keysMax` keys in each.
 * @throws port.ROWS_MAX where all together are more than one statement may answer
 */
export async function inBatches(
  keys: readonly Key[],
  { keysMax, rowsMax }: Entity,
  at: string,
  run: (keys: readonly Key[]) => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  if (keys.length <= keysMax) return run(keys);
  const rows: Row[] = [];
  for (let start = 0; start < keys.length; start += keysMax) {
    for (const row of await run(keys.slice(start, start + keysMax))) rows.push(row);
    if (rows.length > rowsMax) throw port.ROWS_MAX({ at, rowsMax });
  }
  return rows;
}

/** One spelling for one key. */
export function keyText(key: Key): string {
  return JSON.stringify(key);
}

/** Where a field stands in the question: its response path without list positions. */
export function placeOf(info: GraphQLResolveInfo): string {
  return fieldsTo(info)
    .map(({ key }) => key)
    .join(".");
}

/**
 * `placeOf` with the type that each field is selected on. Fragments on different types may ask different questions
 * under one response path: `... on Airport { list: departures }  ... on State { list: airports }`.
 */
export function loaderPlace(info: GraphQLResolveInfo): string {
  return fieldsTo(info)
    .map(({ typename, key }) => `${typename}.${key}`)
    .join(" ");
}

type Path = GraphQLResolveInfo["path"];

function fieldsTo(info: GraphQLResolveInfo): readonly Path[] {
  const fields: Path[] = [];
  for (let path: Path | undefined = info.path; path; path = path.prev)
    if (typeof path.key === "string") fields.unshift(path);
  return fields;
}
