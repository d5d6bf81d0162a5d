// Dense keys: runs of neighbouring integers or days, asked for as ranges, which are shorter and mean the same.
import type { ScalarName, ScalarValue } from "../../../schema/product/scalar.ts";
import { alternativesMax, alternativesOf, type Tuple, tuplesInParts } from "./key-alternatives.ts";
import type { Key, Keys } from "./keys.ts";

/** All keys from the first to the last, both among them. */
export type KeyRange = readonly [from: ScalarValue, to: ScalarValue];

/** Keys as they are asked for. Each range and each key of `rest` is one test. */
export type BoundKeys = { readonly ranges: readonly KeyRange[]; readonly rest: Keys };

/** Fewer keys are sent as they are. */
const denseKeysMin = 64;
/** Ranges are taken where they and the keys left are at most so large a part of the keys. */
const testsPerKeyMax = 1 / 4;
/** Most ranges in one question: each is an alternative. */
const rangesMax = 256;
/** A shorter run is left as keys: a range has two values. */
const runMin = 3;

const dayMs = 86_400_000;

/** `scalars`: of the key's columns. Keys that are scattered, of another scalar or of several columns stay as they are. */
export function boundKeys(scalars: readonly ScalarName[], keys: Keys): BoundKeys {
  const [scalar, second] = scalars;
  const whole = { ranges: [], rest: keys };
  if (scalar === undefined || second !== undefined || keys.length < denseKeysMin) return whole;
  const dense = denseKeys(scalar, keys as readonly ScalarValue[]);
  if (!dense) return whole;
  return testsOf(dense) <= keys.length * testsPerKeyMax ? dense : whole;
}

export function testsOf({ ranges, rest }: BoundKeys): number {
  return ranges.length + rest.length;
}

/** Too many for one question of an owner who takes `keysMax` keys in it? */
export function isLong(keys: BoundKeys, keysMax: number): boolean {
  if (testsOf(keys) > keysMax) return true;
  const tuples = tuplesOf(keys);
  return tuples.length > alternativesMax && alternativesOf(tuples).of.length > alternativesMax;
}

/** The same keys in parts, each for one question; no key is in two of them. */
export function partsOf(keys: BoundKeys, keysMax: number): readonly BoundKeys[] {
  const { ranges, rest } = keys;
  const tuples = tuplesOf(keys);
  if (tuples.length > 0) return tuplesInParts(tuples, keysMax).map((part) => ({ ranges: [], rest: part }));
  const parts: BoundKeys[] = [];
  for (let at = 0; at < ranges.length; at += keysMax)
    parts.push({ ranges: ranges.slice(at, at + keysMax), rest: [] });
  for (let at = 0; at < rest.length; at += keysMax)
    parts.push({ ranges: [], rest: rest.slice(at, at + keysMax) });
  return parts;
}

/** Keys of several columns; empty where they are of one. */
function tuplesOf({ rest }: BoundKeys): readonly Tuple[] {
  return typeof rest[0] === "object" ? (rest as readonly Tuple[]) : [];
}

/** Undefined where there are no neighbours, or a key is not written as its scalar is. */
function denseKeys(scalar: ScalarName, keys: readonly ScalarValue[]): BoundKeys | undefined {
  switch (scalar) {
    case "Int":
      if (!keys.every(Number.isSafeInteger)) return undefined;
      return runs(Float64Array.from(keys as readonly number[]).sort(), 1, Number);
    case "Date":
      if (!keys.every((day) => dayAt(dayNumber(day)) === day)) return undefined;
      return runs(Float64Array.from(keys, dayNumber).sort(), 1, dayAt);
    case "BigInt":
      if (!keys.every(isShortInteger)) return undefined;
      return runs(BigInt64Array.from(keys, (key) => BigInt(key)).sort(), 1n, String);
    case "Float":
    case "Decimal":
    case "String":
    case "Boolean":
    case "ID":
    case "DateTime":
    case "LocalDateTime":
      return undefined;
  }
}

function dayNumber(day: ScalarValue): number {
  return Date.parse(`${day}T00:00:00Z`) / dayMs;
}

function dayAt(number: number): string {
  return Number.isNaN(number) ? "" : new Date(number * dayMs).toISOString().slice(0, 10);
}

/** So short that it fits into 64 bits, and its successor too. */
function isShortInteger(key: ScalarValue): boolean {
  return /^-?\d{1,18}$/.test(String(key));
}

/** `sorted` are different values. Undefined where there are more runs than may be asked for: counted before any is made. */
function runs<N extends number | bigint>(
  sorted: ArrayLike<N>,
  one: N,
  write: (value: N) => ScalarValue,
): BoundKeys | undefined {
  const endOf = (from: number): number => {
    let to = from;
    while (to + 1 < sorted.length && sorted[to + 1] === (((sorted[to] as never) + (one as never)) as N)) to++;
    return to;
  };
  let found = 0;
  for (let from = 0, to = 0; from < sorted.length; from = to + 1) {
    to = endOf(from);
    if (to - from + 1 >= runMin && ++found > rangesMax) return undefined;
  }
  const ranges: KeyRange[] = [];
  const rest: Key[] = [];
  for (let from = 0, to = 0; from < sorted.length; from = to + 1) {
    to = endOf(from);
    if (to - from + 1 >= runMin) ranges.push([write(sorted[from] as N), write(sorted[to] as N)]);
    else for (let i = from; i <= to; i++) rest.push(write(sorted[i] as N));
  }
  return { ranges, rest };
}
