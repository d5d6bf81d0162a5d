// What a part asks for: the objects at its places, each different representation of them once.
import type { ContextValues } from "./context.ts";
import type { Identities, Identity } from "./identity.ts";
import type { Json } from "./own.ts";
import { compilePlace, type Found } from "./places.ts";
import { placeKey } from "./shared-places.ts";

/** What one request asks for one part. */
export type Gathered = {
  /** Index of the part in its step. */
  readonly part: number;
  /** Different representations, as objects and as JSON texts; empty for root fields. */
  readonly sent: readonly Json[];
  readonly texts: readonly string[];
  /** For each representation, the objects of the answer that it stands for; for root fields, those at the place. */
  readonly targets: readonly Targets[];
  readonly context: ContextValues | undefined;
};

/** Groups of objects. Below the objects of one group the same will be written, so they may share what is there. */
export type Targets = readonly (readonly Json[])[];

/** By `placeKey`. */
export type Distinct = Map<string, readonly Json[]>;

/** Of one representation, its objects by place; or each by itself, where even those at one place may differ below. */
export type Sharing = { readonly groups: Json[][]; place: number };

export type Gathering = {
  readonly gathered: Gathered;
  readonly add: (target: Json, type: unknown, place: number) => void;
  /** As `add`; returns the first object at the place that has its representation, which is itself if it has none. */
  readonly addFirst: (target: Json, type: unknown, place: number) => Json;
};

/** Objects with equal representations share one. */
export function startGathering(
  part: number,
  context: ContextValues | undefined,
  identities: Identities<Sharing>,
  represent: (target: Json, type: unknown) => Json | undefined,
  apart: boolean,
): Gathering {
  const sent: Json[] = [];
  const targets: Targets[] = [];
  const texts: string[] = [];
  const byText = new Map<string, Sharing>();
  const begin = (representation: Json, text: string): Sharing => {
    const sharing: Sharing = { groups: [], place: -1 };
    sent.push(representation);
    texts.push(text);
    targets.push(sharing.groups);
    byText.set(text, sharing);
    return sharing;
  };
  const join = (sharing: Sharing, target: Json, place: number): void => {
    // Places come one after another, so the last group is the only one to look at.
    if (!apart && sharing.place === place) sharing.groups.at(-1)?.push(target);
    else sharing.groups.push([target]);
    sharing.place = place;
  };
  let [typeAtHand, identity]: readonly [unknown, Identity<Sharing>] = [undefined, identities(undefined)];
  const sharingOf = (target: Json, type: unknown): Sharing | undefined => {
    if (type !== typeAtHand) [typeAtHand, identity] = [type, identities(type)];
    const known = identity.find(target);
    if (known) return known;
    const representation = represent(target, type);
    if (!representation) return undefined;
    const text = JSON.stringify(representation);
    const sharing = byText.get(text) ?? begin(representation, text);
    identity.keep(target, sharing);
    return sharing;
  };
  return {
    gathered: { part, sent, texts, targets, context },
    add: (target, type, place) => {
      const sharing = sharingOf(target, type);
      if (sharing) join(sharing, target, place);
    },
    addFirst: (target, type, place) => {
      const sharing = sharingOf(target, type);
      if (sharing?.place === place) return sharing.groups.at(-1)?.[0] ?? target;
      if (sharing) join(sharing, target, place);
      return target;
    },
  };
}

/** Adds what stands at one place to what is gathered, once where equal objects are made one. */
export function compileGathering(
  at: readonly string[],
  place: number,
  type: string | undefined,
  isShared: boolean,
): (data: Json, distinct: Distinct, gathering: Gathering) => void {
  const visit = compilePlace(at);
  const key = placeKey(at);
  return (data, distinct, { add, addFirst }) => {
    const known = distinct.get(key);
    if (known) {
      for (const target of known) add(target, type ?? target.__typename, place);
    } else if (isShared) {
      const firsts: Json[] = [];
      const found: Found = (target, holder, step) => {
        const first = addFirst(target, type, place);
        if (first === target) firsts.push(target);
        else (holder as Record<string | number, unknown>)[step] = first;
      };
      visit(data, found);
      distinct.set(key, firsts);
    } else visit(data, (target) => add(target, type ?? target.__typename, place));
  };
}
