// One part of a step: finds the objects it is for, and joins what is answered onto them.
import { isObjectType } from "graphql";
import { isObject } from "../../../schema/product/is-object.ts";
import type { Runtime } from "../runtime.ts";
import { type ContextValues, compileContext } from "./context.ts";
import {
  compileGathering,
  type Distinct,
  type Gathered,
  type Gathering,
  type Sharing,
  startGathering,
  type Targets,
} from "./gather.ts";
import { afterRewrites, compileGraft } from "./graft.ts";
import { compileIdentity } from "./identity.ts";
import type { TypeAt } from "./known-types.ts";
import { compileMatch, type Matched } from "./match-entities.ts";
import { copy, type Json } from "./own.ts";
import { compilePlace, standings } from "./places.ts";
import { compileRepresentation } from "./representation.ts";
import { compileRewrites } from "./rewrite.ts";
import type { Part } from "./schedule.ts";
import { placeKey } from "./shared-places.ts";

/** What is known of the places of a part before anything is fetched. */
export type Known = {
  readonly typeAt: TypeAt;
  /** Places, as `placeKey` writes them, where equal objects are made one. */
  readonly shared: ReadonlySet<string>;
};

const nothingKnown: Known = { typeAt: () => undefined, shared: new Set() };

export type PartOperator = {
  /**
   * Nothing where nothing has to be asked; several where arguments from above differ. `distinct` are the objects at
   * places where those that were alike have been made one; such places are added to it.
   */
  readonly gather: (data: Json, distinct?: Distinct) => readonly Gathered[];
  /**
   * Joins the list of entities, or the data of root fields; says what is wrong with it as a whole. Objects whose
   * entity its owner does not know are added to `unknown`.
   */
  readonly join: (gathered: Gathered, answered: unknown, unknown: Set<Json>) => string | undefined;
  /** The answered entity of each representation, before it is joined. Of root fields there are none. */
  readonly match: (gathered: Gathered, answered: unknown) => Matched;
};

export function compilePart(
  { schema }: Runtime,
  { fetch, at, apart }: Part,
  index: number,
  { typeAt, shared }: Known = nothingKnown,
): PartOperator {
  const rewrite = compileRewrites(fetch.outputRewrites);
  const graft = compileGraft(afterRewrites(fetch.receives, fetch.outputRewrites), (name) =>
    isObjectType(schema.getType(String(name))),
  );
  const hasObjects = fetch.receives.some(({ fields }) => fields);
  /** The first group takes over what was received, the others get it anew. */
  const graftAll = (targets: Targets, received: Json) => {
    targets.forEach((group, i) => {
      const own = i > 0 && hasObjects ? copy(received) : received;
      for (const target of group) graft(target, own);
    });
  };
  const { entities } = fetch;

  if (!entities) {
    const visits = at.map(compilePlace);
    return {
      gather: (data) => {
        const groups: Json[][] = [];
        for (const visit of visits) visit(data, (target) => groups.push([target]));
        if (groups.length === 0) return [];
        return [{ part: index, sent: [], texts: [], targets: [groups], context: undefined }];
      },
      join: ({ targets: [targets = []] }, answered) => {
        if (!isObject(answered)) return undefined;
        rewrite?.(answered);
        graftAll(targets, answered);
        return undefined;
      },
      match: () => ({ entities: [] }),
    };
  }

  const represent = compileRepresentation(entities.needed);
  const rewriteInput = compileRewrites(entities.inputRewrites);
  const match = compileMatch(entities.echoes);
  const representTyped = (target: Json, type: unknown): Json | undefined => {
    const representation = represent(target, type);
    if (!representation?.__typename) return undefined;
    rewriteInput?.(representation);
    return representation;
  };
  const readContext = entities.context.length > 0 ? compileContext(entities.context) : undefined;
  const openIdentities = compileIdentity<Sharing>(entities.needed);
  const start = (context: ContextValues | undefined) =>
    startGathering(index, context, openIdentities(), representTyped, apart);

  const places = at.map((place, i) => compileGathering(place, i, typeAt(place), shared.has(placeKey(place))));

  return {
    gather: (data, distinct = new Map()) => {
      if (!readContext) {
        const gathering = start(undefined);
        for (const gatherAt of places) gatherAt(data, distinct, gathering);
        const { gathered } = gathering;
        return gathered.sent.length > 0 ? [gathered] : [];
      }
      const byContext = new Map<string, Gathering>();
      at.forEach((place, i) => {
        for (const standing of standings(data, place)) {
          const context = readContext(standing);
          const key = JSON.stringify(context);
          const gathering = byContext.get(key) ?? start(context);
          byContext.set(key, gathering);
          gathering.add(standing.target, standing.target.__typename, i);
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
    match: ({ sent }, answered) => match(sent, answered),
  };
}
