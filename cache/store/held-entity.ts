// An entity as it is held in memory: few objects for each, since there are many, and the garbage collector looks at them all.
import type { Entry } from "./store.ts";

/** The lease of its generation, and what is remembered of each selection, the newest first. Nothing is changed in place. */
export type HeldEntity = { readonly lease: string; readonly newest: Selection | undefined };
export type Selection = Entry & { readonly field: string; readonly next: Selection | undefined };

export function selectionOf({ newest }: HeldEntity, field: string): Selection | undefined {
  let selection = newest;
  while (selection && selection.field !== field) selection = selection.next;
  return selection;
}

/** With one selection more than `fieldsMax`, the others go. */
export function withSelection(
  { lease, newest }: HeldEntity,
  field: string,
  { made, body }: Entry,
  fieldsMax: number,
): HeldEntity {
  const others = [...selectionsOf(newest)].filter((other) => other.field !== field);
  const kept = others.length < fieldsMax ? others : [];
  const next = kept.reduceRight<Selection | undefined>((rest, each) => ({ ...each, next: rest }), undefined);
  return { lease, newest: { made, body, field, next } };
}

export function* selectionsOf(newest: Selection | undefined): Generator<Selection> {
  for (let selection = newest; selection; selection = selection.next) yield selection;
}
