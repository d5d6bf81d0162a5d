// One part of a step: finds the objects it is for, and joins what is answered onto them.
import { isObjectType } from "graphql";
import type { Runtime } from "../runtime.ts";
import { type ContextValues, compileContext } from "./context.ts";
import { afterRewrites, compileGraft } from "./graft.ts";
import { compileMatch } from "./match-entities.ts";
import { isObject, type Json } from "./own.ts";
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
  /** For each representation, all objects of the answer that it stands for; for root fields, all at the place. */
  readonly targets: readonly (readonly Json[])[];
  readonly context: ContextValues | undefined;
};

export type PartOperator = {
  /** Nothing where nothing has to be asked; several where arguments from above differ. */
  readonly gather: (data: Json) => readonly Gathered[];
  /** Joins the list of entities, or the data of root fields; says what is wrong with it as a whole. */
  readonly join: (gathered: Gathered, answered: unknown) => string | undefined;
};

export function compilePart({ schema }: Runtime, { fetch, at }: Part, index: number): PartOperator {
  const visits = at.map(compilePlace);
  const rewrite = compileRewrites(fetch.outputRewrites);
  const graft = compileGraft(afterRewrites(fetch.receives, fetch.outputRewrites), (name) =>
    isObjectType(schema.getType(String(name))),
  );
  const visitAll = (data: Json, found: (target: Json) => void) => {
    for (const visit of visits) visit(data, found);
  };
  const { entities } = fetch;

  if (!entities)
    return {
      gather: (data) => {
        const targets: Json[] = [];
        visitAll(data, (target) => targets.push(target));
        if (targets.length === 0) return [];
        return [{ part: index, sent: [], texts: [], targets: [targets], context: undefined }];
      },
      join: ({ targets: [targets = []] }, answered) => {
        if (!isObject(answered)) return undefined;
        rewrite?.(answered);
        for (const target of targets) graft(target, answered);
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

  return {
    gather: (data) => {
      if (!readContext) {
        const gathering = startGathering(index, undefined);
        visitAll(data, (target) => gathering.add(target, representTyped(target)));
        return gathering.gathered.sent.length > 0 ? [gathering.gathered] : [];
      }
      const byContext = new Map<string, ReturnType<typeof startGathering>>();
      for (const standing of at.flatMap((place) => standings(data, place))) {
        const context = readContext(standing);
        const key = JSON.stringify(context);
        const gathering = byContext.get(key) ?? startGathering(index, context);
        byContext.set(key, gathering);
        gathering.add(standing.target, representTyped(standing.target));
      }
      return [...byContext.values()].map(({ gathered }) => gathered).filter(({ sent }) => sent.length > 0);
    },
    join: ({ sent, targets }, answered) => {
      const { entities: matched, problem } = match(sent, answered);
      matched.forEach((entity, i) => {
        if (!entity) return;
        rewrite?.(entity);
        for (const target of targets[i] as readonly Json[]) graft(target, entity);
      });
      return problem;
    },
  };
}

/** Objects with equal representations share one. */
function startGathering(part: number, context: ContextValues | undefined) {
  const sent: Json[] = [];
  const targets: Json[][] = [];
  const indexes = new Map<string, number>();
  const texts: string[] = [];
  return {
    gathered: { part, sent, texts, targets, context } satisfies Gathered,
    add: (target: Json, representation: Json | undefined): void => {
      if (!representation) return;
      const text = JSON.stringify(representation);
      const known = indexes.get(text);
      if (known !== undefined) {
        targets[known]?.push(target);
        return;
      }
      indexes.set(text, sent.length);
      sent.push(representation);
      texts.push(text);
      targets.push([target]);
    },
  };
}
