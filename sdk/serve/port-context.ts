// What one request to a port carries: its way to the engine, its signal, its loaders.
import DataLoader from "dataloader";
import type { GraphQLResolveInfo } from "graphql";
import { asking } from "../../schema/product/asking-faults.ts";
import type { Entity } from "../product.ts";
import type { Key } from "../sql/among-keys.ts";
import type { Row, Statement } from "../sql/engine.ts";

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
