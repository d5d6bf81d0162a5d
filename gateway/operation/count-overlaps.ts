// Counts what validation will compare: fields that meet under one name at one place of the answer.
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionSetNode,
} from "graphql";

export type Overlaps = {
  /**
   * Pairs of fields with one response name at one place of the answer, each with one more for every argument, and pairs
   * of fragments spread at one place. Counted no further than just above the limit.
   */
  readonly overlaps: number;
  /** Response names at the root, of the operation that has most. */
  readonly rootFields: number;
  /** Selections looked at: what counting cost. */
  readonly visited: number;
};

/** A place of the answer: the same path of response names from the root. */
type Place = { fields: number; readonly places: Map<string, Place>; readonly spread: Set<string> };

type Count = {
  readonly definitions: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly overlapsMax: number;
  readonly reached: Set<string>;
  overlaps: number;
  visited: number;
};

/**
 * "Field Selection Merging" (GraphQL, 5.3.2) compares fields in pairs, so a field written 10,000 times costs 50,000,000
 * comparisons; inline fragments multiply it with each level. Here every field is put where it would stand in the answer,
 * and counts those that stand there already.
 *
 * Wants a document without cycles of fragments and of bounded selections: it looks at no more than those, at a fragment
 * once for each place that it is spread at.
 */
export function countOverlaps(document: DocumentNode, overlapsMax: number): Overlaps {
  const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  const fragments = document.definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  const count: Count = {
    definitions: new Map(fragments.toReversed().map((node) => [node.name.value, node])),
    overlapsMax,
    reached: new Set(),
    overlaps: 0,
    visited: 0,
  };
  let rootFields = 0;
  for (const { selectionSet } of operations) {
    const root = newPlace();
    put(count, root, selectionSet);
    rootFields = Math.max(rootFields, root.places.size);
  }
  // Validation looks at fragments that no operation reaches just the same.
  for (const { name, selectionSet } of fragments)
    if (!count.reached.has(name.value)) put(count, newPlace(), selectionSet);
  return { overlaps: count.overlaps, rootFields, visited: count.visited };
}

function newPlace(): Place {
  return { fields: 0, places: new Map(), spread: new Set() };
}

function put(count: Count, place: Place, { selections }: SelectionSetNode): void {
  for (const selection of selections) {
    if (count.overlaps > count.overlapsMax) return;
    count.visited++;
    if (selection.kind === Kind.FIELD) putField(count, place, selection);
    else if (selection.kind === Kind.INLINE_FRAGMENT) put(count, place, selection.selectionSet);
    else putFragment(count, place, selection.name.value);
  }
}

function putField(count: Count, place: Place, field: FieldNode): void {
  const name = (field.alias ?? field.name).value;
  let there = place.places.get(name);
  if (!there) {
    there = newPlace();
    place.places.set(name, there);
  }
  count.overlaps += there.fields * (1 + (field.arguments?.length ?? 0));
  there.fields++;
  if (field.selectionSet) put(count, there, field.selectionSet);
}

function putFragment(count: Count, place: Place, name: string): void {
  const definition = count.definitions.get(name);
  if (!definition || place.spread.has(name)) return;
  count.reached.add(name);
  count.overlaps += place.spread.size;
  place.spread.add(name);
  put(count, place, definition.selectionSet);
}
