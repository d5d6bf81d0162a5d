// Places where objects that are told apart by nothing but their key may become one object.
import type { Fetch, Needed, Received } from "../../plan/fetch-tree.ts";
import { namesOf } from "./fetches-of.ts";
import type { TypeAt } from "./known-types.ts";
import type { Step } from "./schedule.ts";

type Place = readonly string[];

/** By the index of a step: the places of its parts, as `placeKey` writes them, where equal objects are made one. */
export type SharedPlaces = readonly ReadonlySet<string>[];

export function placeKey(place: Place): string {
  return place.join(".");
}

/**
 * A thousand reviews of nine products bring a thousand `{ upc }`. At a place where a step asks for entities, objects are
 * made one where
 *
 * - all that was brought there before is part of what the entity is asked by, so that those alike there are alike
 *   altogether;
 * - nothing that comes later can bring something by another way, which might differ from path to path;
 * - no argument comes from above.
 *
 * What later steps add depends on the entity alone, and is added once.
 */
export function sharedPlaces(steps: readonly Step[], typeAt: TypeAt): SharedPlaces {
  const parts = steps.flatMap((step) => step.parts);
  if (parts.some(({ apart, fetch }) => apart || fetch.operation !== "query"))
    return steps.map(() => new Set());
  const standing = fetchesByPlace(steps);
  const before = ancestors(steps);
  return steps.map((step, index) => {
    const shared = step.parts.flatMap(({ fetch, at }) =>
      at.filter((place) => {
        const type = typeAt(place);
        if (type === undefined || !fetch.entities || place.includes("__proto__")) return false;
        const key = keyFields(fetch.entities.needed, type);
        return place.every(
          (_, end) =>
            standing
              .get(placeKey(place.slice(0, end)))
              ?.every(({ step: other, fetch: { receives } }) =>
                bringsOnly(receives, place.slice(end), key, before[index]?.has(other) ?? false),
              ) ?? true,
        );
      }),
    );
    return new Set(shared.map(placeKey));
  });
}

type Standing = { readonly step: number; readonly fetch: Fetch };

function fetchesByPlace(steps: readonly Step[]): ReadonlyMap<string, readonly Standing[]> {
  const standing = new Map<string, Standing[]>();
  steps.forEach(({ parts }, step) => {
    for (const { fetch, at } of parts)
      for (const place of at) {
        const known = standing.get(placeKey(place));
        if (known) known.push({ step, fetch });
        else standing.set(placeKey(place), [{ step, fetch }]);
      }
  });
  return standing;
}

/** For each step all that are over before it begins. */
function ancestors(steps: readonly Step[]): readonly ReadonlySet<number>[] {
  const all: ReadonlySet<number>[] = [];
  for (const { after } of steps) all.push(new Set(after.flatMap((i) => [i, ...(all[i] ?? [])])));
  return all;
}

/** The fields of an object that its representation holds as they are. */
function keyFields(needed: readonly Needed[], type: string): ReadonlySet<string> {
  const visit = (each: Needed): readonly string[] => {
    if (each.kind === "on") return each.types.includes(type) ? each.needed.flatMap(visit) : [];
    return each.needed ? [] : [each.name];
  };
  return new Set(["__typename", ...needed.flatMap(visit)]);
}

/** Is nothing brought that way down, or fields of the key only and `earlier`? */
function bringsOnly(
  receives: readonly Received[],
  way: Place,
  key: ReadonlySet<string>,
  earlier: boolean,
): boolean {
  let below: readonly Received[] = receives;
  for (const [i, name] of namesOf(way).entries()) {
    const received = below.find((each) => each.name === name);
    if (!received) return i === 0 || earlier;
    below = received.fields ?? [];
  }
  return earlier && below.every(({ name, fields }) => !fields && key.has(name));
}
