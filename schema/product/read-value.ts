// Reads what is sorted and grouped by: `order_by` lists and the keys selected under `by`.
import { strict as assert } from "node:assert";
import { asking } from "./asking-faults.ts";
import type { Direction, OrderTerm } from "./order.ts";
import { type Bucket, buckets } from "./scalar.ts";
import type { Shape } from "./shape.ts";
import { type Aggregate, type AggregateFunction, distinctValues, type Value, valueName } from "./value.ts";

type Input = Readonly<Record<string, unknown>>;

/**
 * The terms of an `order_by` on `shape`, without the tie-break.
 * @throws asking.ORDER_KEYS where an object has no key or several, asking.NULL_COMPARED
 */
export function readOrder(input: readonly Input[], shape: Shape, at: string): readonly OrderTerm[] {
  return input.map((term, i) => readTerm(term, shape, `${at}[${i}]`));
}

function readTerm(term: Input, shape: Shape, at: string): OrderTerm {
  const [key, value] = onlyEntry(term, at);
  const place = `${at}.${key}`;
  const target = shape.references.get(key);
  if (target) {
    const inner = readTerm(value as Input, target(), place);
    return { by: { kind: "reference", reference: key, value: inner.by }, direction: inner.direction };
  }
  const inverse = key.replace(/_aggregate$/, "");
  if (inverse !== key && shape.inverses.has(inverse) && !shape.columns.has(key)) {
    const { aggregate, direction } = readAggregateTerm(value as Input, place);
    return { by: { kind: "aggregate", inverse, aggregate }, direction };
  }
  return { by: readColumnOrBucket(key, shape), direction: value as Direction };
}

export type GroupOrderTerm =
  | { readonly on: "key"; readonly key: Value; readonly direction: Direction }
  | { readonly on: "aggregate"; readonly aggregate: Aggregate; readonly direction: Direction };

/**
 * The terms of the `order_by` of groups: keys that are among `keys`, and aggregates.
 * @throws asking.ORDER_KEYS, asking.ORDER_NOT_SELECTED
 */
export function readGroupOrder(
  input: readonly Input[],
  shape: Shape,
  keys: readonly Value[],
  at: string,
): readonly GroupOrderTerm[] {
  const selected = new Set(keys.map(valueName));
  return input.map((term, i): GroupOrderTerm => {
    const place = `${at}[${i}]`;
    const [on, value] = onlyEntry(term, place);
    if (on === "aggregate")
      return { on: "aggregate", ...readAggregateTerm(value as Input, `${place}.aggregate`) };
    const { by, direction } = readTerm(value as Input, shape, `${place}.by`);
    if (!selected.has(valueName(by))) throw asking.ORDER_NOT_SELECTED({ at: place, key: valueName(by) });
    return { on: "key", key: by, direction };
  });
}

/** `{ count: desc }` or `{ avg: { delay: desc } }`. */
function readAggregateTerm(term: Input, at: string): { aggregate: Aggregate; direction: Direction } {
  const [name, value] = onlyEntry(term, at);
  if (name === "count")
    return { aggregate: { function: "count", distinct: false }, direction: value as Direction };
  const [column, direction] = onlyEntry(value as Input, `${at}.${name}`);
  return {
    aggregate: { function: name as AggregateFunction, column },
    direction: direction as Direction,
  };
}

function onlyEntry(input: Input, at: string): [string, unknown] {
  const entries = Object.entries(input).filter(([, value]) => value !== null);
  const [entry, ...others] = entries;
  if (!entry || others.length > 0) throw asking.ORDER_KEYS({ at, keys: entries.map(([key]) => key) });
  return entry;
}

/** A selected field and what is selected beneath it. */
export type SelectedField = { readonly name: string; readonly fields: readonly SelectedField[] };

/** The keys selected under `by`, each once, in the order of their first selection. */
export function readGroupKeys(selected: readonly SelectedField[], shape: Shape): readonly Value[] {
  const keys = selected
    .filter(({ name }) => name !== "__typename")
    .flatMap(({ name, fields }): readonly Value[] => {
      const target = shape.references.get(name);
      if (!target) return [readColumnOrBucket(name, shape)];
      return readGroupKeys(fields, target()).map((value) => ({ kind: "reference", reference: name, value }));
    });
  return distinctValues(keys);
}

function readColumnOrBucket(name: string, shape: Shape): Value {
  if (shape.columns.has(name)) return { kind: "column", column: name };
  const bucket = buckets.find((each) => name.endsWith(`_${each}`));
  assert(bucket, `${name}: GraphQL lets in only columns and their buckets`);
  return { kind: "bucket", column: name.slice(0, -bucket.length - 1), bucket: bucket satisfies Bucket };
}
