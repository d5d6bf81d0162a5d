// Errors in a subgraph's answer, moved to where they matter in ours.
import type { GraphQLError } from "graphql";
import type { SubgraphError } from "../../fetch/open-subgraphs.ts";
import type { Batch } from "./batches.ts";
import { placeOf, subgraphError } from "./fetch-error.ts";
import type { Gathered } from "./gather.ts";
import type { Json } from "./own.ts";
import { standings } from "./places.ts";
import type { Part } from "./schedule.ts";

type Path = readonly (string | number)[];

/** `partNames`: the response name under which each part was answered; undefined for root fields. */
export function tellErrors(
  errors: readonly SubgraphError[],
  { parts, partNames, batch, data }: Telling,
): readonly GraphQLError[] {
  const placesOf = new Map<number, ReadonlyMap<Json, readonly Path[]>>();
  const standing = (gathered: Gathered, target: Json): readonly Path[] => {
    const known = placesOf.get(gathered.part) ?? placesByTarget(data, parts[gathered.part] as Part);
    placesOf.set(gathered.part, known);
    return known.get(target) ?? [];
  };
  return errors.flatMap((error) => {
    const [first, index, ...rest] = readPath(error.path);
    const gathered = batch.find(({ part }) => partNames[part] === undefined || partNames[part] === first);
    const part = parts[(gathered ?? batch[0])?.part ?? 0] as Part;
    const { subgraph } = part.fetch;
    if (!gathered || first === undefined) return [subgraphError(error, subgraph, placeOf(part))];
    const below = renamed(
      part,
      partNames[gathered.part] === undefined ? compact([first, index, ...rest]) : rest,
    );
    const targets =
      partNames[gathered.part] === undefined ? gathered.targets[0] : gathered.targets[index as number];
    const paths = (targets ?? []).flat().flatMap((target) => standing(gathered, target));
    if (paths.length === 0) return [subgraphError(error, subgraph, placeOf(part))];
    return paths.map((path) => subgraphError(error, subgraph, [...path, ...below]));
  });
}

export type Telling = {
  readonly parts: readonly Part[];
  readonly partNames: readonly (string | undefined)[];
  readonly batch: Batch;
  readonly data: Json;
};

/** A path as it came over the wire; empty where it is none. */
function readPath(path: unknown): Path {
  const isStep = (step: unknown) => typeof step === "string" || Number.isInteger(step);
  return Array.isArray(path) && path.every(isStep) ? path : [];
}

function compact(path: readonly (string | number | undefined)[]): Path {
  return path.filter((step) => step !== undefined);
}

/** By the names that the planner's own aliases are undone to. */
function renamed({ fetch }: Part, path: Path): Path {
  const names = new Map(
    fetch.outputRewrites.flatMap((rewrite) =>
      rewrite.kind === "rename" ? [[rewrite.field, rewrite.to]] : [],
    ),
  );
  return path.map((step) => names.get(step as string) ?? step);
}

function placesByTarget(data: Json, { at }: Part): ReadonlyMap<Json, readonly Path[]> {
  const places = new Map<Json, Path[]>();
  for (const { target, path } of at.flatMap((place) => standings(data, place))) {
    const known = places.get(target);
    if (known) known.push(path);
    else places.set(target, [path]);
  }
  return places;
}
