// Entities that are remembered, as the executor asks for them.
import { crc32 } from "node:zlib";
import type { Answered } from "../../cache/joins/asked.ts";
import type { EntityBody, LookedUp } from "../../cache/joins/entities.ts";
import type { Mesh } from "../../schema/product/mesh.ts";
import type { EntitiesAsked, Entity, Recall, Recalled } from "../execute/recall.ts";
import type { Asking } from "../fetch/open-subgraphs.ts";
import { entityPlace } from "./entity-place.ts";
import type { Remembering } from "./remembered-ask.ts";

export function recallEntities(remembering: Remembering, mesh: Mesh): Recall["entities"] {
  const { cache, products, schemaVersion } = remembering;
  const { entities, edges, now } = cache;

  const look = async (edge: string, asked: EntitiesAsked, asking: Asking): Promise<Recalled> => {
    const { fetch, sent, texts, variables } = asked;
    const { signal, visibility, maxStalenessMs, generation } = asking;
    const known = products.get(fetch.subgraph);
    const beganMs = now();
    const looked = await entities.look(
      {
        ...entityPlace(mesh, known?.products ?? [], asked),
        representations: texts,
        request: `${fetch.selection} ${variables}`,
        visibility: visibility.scope,
        schemaVersion,
        sloMs: known?.sloMs,
        edge,
        ...(maxStalenessMs !== undefined && { maxStalenessMs }),
        ...(generation !== undefined && { generation }),
      },
      { signal },
    );
    edges.looked(edge, sent.length, looked.served.size, now() - beganMs);
    const found = taken(remembering, fetch.subgraph, looked.served, asking);
    return { found, missing: looked.missing, bring: bringing(remembering, edge, asked, looked, asking) };
  };

  return (asked, asking) => {
    const { fetch, sent, texts } = asked;
    if (products.get(fetch.subgraph)?.sloMs === undefined || fetch.entities?.context.length) return undefined;
    const edge = `${fetch.subgraph}: ${String(sent[0]?.__typename)} ${fetch.selection}`;
    if (!edges.worth(edge, () => `${asking.visibility.scope} ${texts.length} ${crc32(texts.join())}`))
      return undefined;
    return look(edge, asked, asking);
  };
}

function bringing(
  remembering: Remembering,
  edge: string,
  { fetch: { subgraph } }: EntitiesAsked,
  looked: LookedUp,
  asking: Asking,
): Recalled["bring"] {
  const { edges, now } = remembering.cache;
  return async (fetch, options) => {
    const brought = await looked.bring(async (places, within) => {
      const beganMs = now();
      const texts = await fetch(places, within);
      edges.fetched(edge, places.length, now() - beganMs);
      return texts.map((text) => ({ body: text === "null" ? undefined : Buffer.from(text), whole: true }));
    }, options);
    const joined = [...brought].filter(([, { how }]) => how === "joined");
    return taken(remembering, subgraph, new Map(joined), asking);
  };
}

function taken(
  { cache: { now, wallNow } }: Remembering,
  subgraph: string,
  answered: ReadonlyMap<number, Answered<EntityBody>>,
  { told }: Asking,
): ReadonlyMap<number, Entity> {
  const entities = new Map<number, Entity>();
  for (const [place, { body, how, asOfMs }] of answered) {
    entities.set(place, body === undefined ? null : JSON.parse(Buffer.from(body).toString()));
    const from = how === "bypassed" ? "fetched" : how;
    told?.({ subgraph, from, count: 1, asOfMs: wallNow() - (now() - asOfMs) });
  }
  return entities;
}
