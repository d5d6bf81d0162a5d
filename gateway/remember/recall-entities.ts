// Entities that are remembered, as the executor asks for them.
import type { Answered, How } from "../../cache/joins/asked.ts";
import type { EntityBody, LookedUp } from "../../cache/joins/entities.ts";
import { hashNames, shortName } from "../../cache/store/names.ts";
import type { Mesh } from "../../schema/product/mesh.ts";
import type { EntitiesAsked, Entity, Recall, Recalled } from "../execute/recall.ts";
import type { Asking } from "../fetch/open-subgraphs.ts";
import type { Evidence, Told } from "../fetch/told.ts";
import { type EntityPlace, entityPlace } from "./entity-place.ts";
import { type Remembering, toldOf } from "./remembered-ask.ts";

export function recallEntities(remembering: Remembering, mesh: Mesh): Pick<Recall, "entities" | "evidence"> {
  const { cache, products, schemaVersion } = remembering;
  const { entities, edges, now } = cache;
  const edgeOf = openEdgeNames();

  const look = async (edge: string, asked: EntitiesAsked, asking: Asking): Promise<Recalled> => {
    const { fetch, sent, variables } = asked;
    const { signal, visibility, maxStalenessMs, generation } = asking;
    const known = products.get(fetch.subgraph);
    const beganMs = now();
    const place = entityPlace(mesh, known?.products ?? [], asked);
    const looked = await entities.look(
      {
        ...place,
        request: `${fetch.selection} ${JSON.stringify(variables)}`,
        visibility: visibility.scope,
        schemaVersion,
        sloMs: known?.sloMs,
        edge,
        maxStalenessMs,
        generation,
      },
      { signal },
    );
    edges.looked(edge, sent.length, looked.served.size, now() - beganMs);
    const { missing, served } = looked;
    const take = taking(remembering, fetch.subgraph, () => evidenceOf(place), asking);
    return { found: take(served), missing, bring: bringing(remembering, edge, looked, take) };
  };

  const isRemembered = ({ fetch }: EntitiesAsked) =>
    products.get(fetch.subgraph)?.sloMs !== undefined && !fetch.entities?.context.length;

  const lookWhereWorth: Recall["entities"] = (asked, asking) => {
    const { fetch, sent, texts } = asked;
    if (cache.rests()) return undefined;
    if (!isRemembered(asked)) return undefined;
    const edge = edgeOf(fetch, String(sent[0]?.__typename));
    if (!edges.worth(edge, () => `${edge} ${asking.visibility.scope} ${sampleOf(texts)}`)) return undefined;
    return look(edge, asked, asking);
  };

  return {
    entities: lookWhereWorth,
    evidence: (asked) => () => {
      if (!isRemembered(asked)) return undefined;
      return evidenceOf(entityPlace(mesh, products.get(asked.fetch.subgraph)?.products ?? [], asked));
    },
  };
}

/** None of what changes without an event of its own. */
function evidenceOf({ product, entity, keys, reaches }: EntityPlace): Evidence | undefined {
  if (reaches.length > 0) return undefined;
  const hashOf = hashNames(product, entity);
  return { kind: "entities", of: [{ product, names: keys.map((key) => shortName(hashOf(key))) }] };
}

type Take = (answered: ReadonlyMap<number, Answered<EntityBody>>) => ReadonlyMap<number, Entity>;

function bringing(remembering: Remembering, edge: string, looked: LookedUp, take: Take): Recalled["bring"] {
  const { edges, now } = remembering.cache;
  return async (fetch, options) => {
    const brought = await looked.bring(async (places, within) => {
      const beganMs = now();
      const texts = await fetch(places, within);
      edges.fetched(edge, places.length, now() - beganMs);
      return texts.map((text) => ({ body: text === "null" ? undefined : text, whole: true }));
    }, options);
    const joined = [...brought].filter(([, { how }]) => how === "joined");
    return take(new Map(joined));
  };
}

/** Tells of what is taken. */
function taking(
  { cache }: Remembering,
  subgraph: string,
  evidence: Told["evidence"],
  { told }: Asking,
): Take {
  return (answered) => {
    const parts = new Map<How, { count: number; asOfMs: number }>();
    for (const { how, asOfMs } of answered.values()) {
      const part = parts.get(how);
      if (!part) parts.set(how, { count: 1, asOfMs });
      else {
        part.count++;
        part.asOfMs = Math.min(part.asOfMs, asOfMs);
      }
    }
    for (const [how, { count, asOfMs }] of parts)
      told?.({ ...toldOf(cache, subgraph, { how, asOfMs }), count, evidence });
    return parsed(answered);
  };
}

/** All texts at once: a parse for each would cost more than what is in it. */
function parsed(answered: ReadonlyMap<number, Answered<EntityBody>>): ReadonlyMap<number, Entity> {
  let text = "[";
  for (const { body = "null" } of answered.values()) text += text.length === 1 ? body : `,${body}`;
  const entities: readonly Entity[] = JSON.parse(`${text}]`);
  let next = 0;
  return new Map([...answered.keys()].map((place) => [place, entities[next++] as Entity]));
}

const sampledMax = 8;

/** Tells most sets of entities apart, at the cost of a few of them: one that is taken for another is looked up in vain. */
function sampleOf(texts: readonly string[]): string {
  let sample = String(texts.length);
  const step = Math.ceil(texts.length / sampledMax);
  for (let place = 0; place < texts.length; place += step) sample += texts[place];
  return sample;
}

/** The same text for the same fetch and type: made, and hashed, once. */
function openEdgeNames(): (fetch: EntitiesAsked["fetch"], entity: string) => string {
  const known = new WeakMap<EntitiesAsked["fetch"], Map<string, string>>();
  return (fetch, entity) => {
    const names = known.get(fetch) ?? new Map<string, string>();
    const name = names.get(entity) ?? `${fetch.subgraph}: ${entity} ${fetch.selection}`;
    known.set(fetch, names.set(entity, name));
    return name;
  };
}
