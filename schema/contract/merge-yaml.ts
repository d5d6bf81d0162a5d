// Puts facts into a YAML document: what is said of them is replaced, all else and every comment stays.
import {
  type Document,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";

export type FactValue = string | number | boolean | Facts | FactList;
/** Keys in the order in which new ones are written; undefined = not to be there. */
export type Facts = { readonly [key: string]: FactValue | undefined };

/** A list whose items are known by some of their keys. */
export type FactList = {
  readonly items: readonly Facts[];
  /** The keys that make two items the same. */
  readonly by: readonly string[];
  /** Items that no fact is of: kept for the team, or gone with what they were of. */
  readonly others: "kept" | "removed";
};

/** A list of plain values, which is wholly a fact. */
export function plainList(values: readonly string[]): FactList {
  return { items: values.map((value) => ({ [self]: value })), by: [self], others: "removed" };
}

/** Stands for an item that is no object. */
const self = "";

/** Changes the document; returns what was changed, each as `path: before → after`. */
export function mergeFacts(document: Document, facts: Facts): readonly string[] {
  const changes: string[] = [];
  if (!isMap(document.contents)) document.contents = document.createNode({}) as YAMLMap;
  mergeMap(document, document.contents as YAMLMap, facts, "", (change) => void changes.push(change));
  return changes;
}

type Say = (change: string) => void;

function mergeMap(document: Document, map: YAMLMap, facts: Facts, at: string, say: Say): void {
  for (const [key, fact] of Object.entries(facts)) {
    const path = at === "" ? key : `${at}.${key}`;
    const present = map.get(key, true);
    if (fact === undefined) {
      if (present === undefined) continue;
      map.delete(key);
      say(`${path}: removed`);
    } else if (isFactList(fact)) {
      if (isSeq(present)) mergeSeq(document, present as YAMLSeq, fact, path, say);
      else if (fact.items.length > 0) {
        insert(document, map, key, written(fact), facts);
        say(`${path}: added`);
      }
    } else if (typeof fact === "object") {
      if (isMap(present)) mergeMap(document, present as YAMLMap, fact, path, say);
      else {
        insert(document, map, key, written(fact), facts);
        say(`${path}: added`);
      }
    } else if (isScalar(present)) {
      if (present.value === fact) continue;
      say(`${path}: ${String(present.value)} → ${fact}`);
      present.value = fact;
    } else {
      say(isCollection(present) ? `${path}: replaced by ${fact}` : `${path}: ${fact}`);
      insert(document, map, key, fact, facts);
    }
  }
}

/** A new key stands behind the nearest of the facts before it that is there. */
function insert(document: Document, map: YAMLMap, key: string, value: unknown, facts: Facts): void {
  if (map.has(key)) {
    map.set(key, document.createNode(value));
    return;
  }
  const order = Object.keys(facts);
  const before = order.slice(0, order.indexOf(key)).reverse();
  const keys = map.items.map((pair) => keyOf(pair));
  const found = before.map((each) => keys.indexOf(each)).find((i) => i >= 0);
  map.items.splice(found === undefined ? map.items.length : found + 1, 0, document.createPair(key, value));
}

function mergeSeq(
  document: Document,
  seq: YAMLSeq,
  { items, by, others }: FactList,
  at: string,
  say: Say,
): void {
  const left = [...seq.items];
  for (const fact of items) {
    const name = by
      .map((key) => String(fact[key] ?? ""))
      .filter((part) => part !== "")
      .join(" ");
    const path = `${at}.${name}`;
    const i = left.findIndex((item) => by.every((key) => sameAs(partOf(item, key), fact[key])));
    const item = left[i];
    if (item === undefined) {
      seq.add(document.createNode(written(fact)));
      say(`${path}: added`);
      continue;
    }
    left.splice(i, 1);
    if (isMap(item)) mergeMap(document, item as YAMLMap, fact, path, say);
  }
  if (others === "kept") return;
  for (const item of left) {
    say(`${at}.${by.map((key) => String(partOf(item, key) ?? "")).join(" ")}: removed`);
    seq.items.splice(seq.items.indexOf(item), 1);
  }
}

function partOf(item: unknown, key: string): unknown {
  if (key === self) return isScalar(item) ? item.value : undefined;
  if (!isMap(item)) return undefined;
  const part = item.get(key);
  return isSeq(part) ? part.toJSON() : part;
}

function sameAs(part: unknown, fact: FactValue | undefined): boolean {
  if (isFactList(fact)) return JSON.stringify(part) === JSON.stringify(written(fact));
  return part === fact;
}

/** The facts as plain values, for what is new. */
function written(fact: FactValue): unknown {
  if (typeof fact !== "object") return fact;
  if (isFactList(fact)) return fact.items.map((item) => (self in item ? item[self] : written(item)));
  const kept = Object.entries(fact).filter(
    ([, value]) => value !== undefined && !(isFactList(value) && value.items.length === 0),
  );
  return Object.fromEntries(kept.map(([key, value]) => [key, written(value as FactValue)]));
}

function isFactList(fact: FactValue | undefined): fact is FactList {
  return typeof fact === "object" && Array.isArray((fact as FactList).items);
}

function keyOf({ key }: Pair): string {
  return String(isScalar(key) ? key.value : key);
}
