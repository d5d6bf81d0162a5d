// One part of a step: finds the objects it is for, and joins what is answered onto them.
import { isObjectType } from "graphql";
import type { Runtime } from "../runtime.ts";
import { type ContextValues, compileContext } from "./context.ts";
import { afterRewrites, compileGraft } from "./graft.ts";
import { compileIdentity, type Identity } from "./identity.ts";
import { compileMatch } from "./match-entities.ts";
import { copy, isObject, type Json } from "./own.ts";
import { compilePlace, standings } from "./places.ts";
import { compileRepresentation } from "./representation.ts";
import { compileRewrites } from "./rewrite.ts";
import type { Part } from "./schedule.ts";

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

export type PartOperator = {
  /** Nothing where nothing has to be asked; several where arguments from above differ. */
  readonly gather: (data: Json) => readonly Gathered[];
  /**
   * Joins the list of entities, or the data of root fields; says what is wrong with it as a whole. Objects whose
   * entity its owner does not know are added to `unknown`.
   */
  readonly join: (gathered: Gathered, answered: unknown, unknown: Set<Json>) => string | undefined;
};

export function compilePart({ schema }: Runtime, { fetch, at, apart }: Part, index: number): PartOperator {
  const visits = at.map(compilePlace);
  const rewrite = compileRewrites(fetch.outputRewrites);
  const graft = compileGraft(afterRewrites(fetch.receives, fetch.outputRewrites), (name) =>
    isObjectType(schema.getType(String(name))),
  );
  const visitAll = (data: Json, found: (target: Json, place: number) => void) => {
    visits.forEach((visit, place) => void visit(data, (target) => found(target, place)));
  };
  const hasObjects = fetch.receives.some(({ fields }) => fields);
  /** The first group takes over what was received, the others get it anew. */
  const graftAll = (targets: Targets, received: Json) => {
    targets.forEach((group, i) => {
      const own = i > 0 && hasObjects ? copy(received) : received;
      for (const target of group) graft(target, own);
    });
  };
  const { entities } = fetch;

  if (!entities)
    return {
      gather: (data) => {
        const groups: Json[][] = [];
        visitAll(data, (target) => groups.push([target]));
        if (groups.length === 0) return [];
        return [{ part: index, sent: [], texts: [], targets: [groups], context: undefined }];
      },
      join: ({ targets: [targets = []] }, answered) => {
        if (!isObject(answered)) return undefined;
        rewrite?.(answered);
        graftAll(targets, answered);
        return undefined;
      },
    };

  const represent = compileRepresentation(entities.needed);
  const rewriteInput = compileRewrites(entities.inputRewrites);
  const match = compileMatch(entities.echoes);
  const representTyped = (target: Json): Json | undefined => {
    const representation = represent(target);
    if (!representation?.__typename) return undefined;
    rewriteInput?.(representation);
    return representation;
  };
  const readContext = entities.context.length > 0 ? compileContext(entities.context) : undefined;
  const openIdentity = compileIdentity<Sharing>(entities.needed);
  const start = (context: ContextValues | undefined) =>
    startGathering(index, context, openIdentity(), representTyped, apart);

  return {
    gather: (data) => {
      if (!readContext) {
        const { add, gathered } = start(undefined);
        visitAll(data, add);
        return gathered.sent.length > 0 ? [gathered] : [];
      }
      const byContext = new Map<string, ReturnType<typeof startGathering>>();
      at.forEach((place, i) => {
        for (const standing of standings(data, place)) {
          const context = readContext(standing);
          const key = JSON.stringify(context);
          const gathering = byContext.get(key) ?? start(context);
          byContext.set(key, gathering);
          gathering.add(standing.target, i);
        }
      });
      return [...byContext.values()].map(({ gathered }) => gathered).filter(({ sent }) => sent.length > 0);
    },
    join: ({ sent, targets }, answered, unknown) => {
      const { entities: matched, problem } = match(sent, answered);
      matched.forEach((entity, i) => {
        const groups = targets[i] as Targets;
        if (entity) {
          rewrite?.(entity);
          graftAll(groups, entity);
        } else for (const target of groups.flat()) unknown.add(target);
      });
      return problem;
    },
  };
}

/** Of one representation, its objects by place; or each by itself, where even those at one place may differ below. */
type Sharing = { readonly groups: Json[][]; place: number };

/** Objects with equal representations share one. */
function startGathering(
  part: number,
  context: ContextValues | undefined,
  identity: Identity<Sharing>,
  represent: (target: Json) => Json | undefined,
  apart: boolean,
) {
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
  return {
    gathered: { part, sent, texts, targets, context } satisfies Gathered,
    add: (target: Json, place: number): void => {
      const known = identity.find(target);
      if (known) {
        join(known, target, place);
        return;
      }
      const representation = represent(target);
      if (!representation) return;
      const text = JSON.stringify(representation);
      const sharing = byText.get(text) ?? begin(representation, text);
      identity.keep(target, sharing);
      join(sharing, target, place);
    },
  };
}
