// Asks a subgraph for root fields, key sets, rows and groups: what is remembered is not asked again.
import type { Answered, AskedAnswer } from "../../cache/joins/asked.ts";
import { textOfBody } from "../../cache/store/body.ts";
import { isObject } from "../../schema/product/is-object.ts";
import type { Subgraphs } from "../fetch/open-subgraphs.ts";
import { endedBy } from "../fetch/passenger.ts";
import { readAnswer, type SubgraphAnswer } from "../fetch/read-answer.ts";
import { answeredName, isRemembered, type Told } from "../fetch/told.ts";
import type { JoinCache } from "./join-cache.ts";
import type { SubgraphProducts } from "./subgraph-products.ts";

export type Ask = Subgraphs["ask"];

export type Remembering = {
  readonly cache: JoinCache;
  readonly ask: Ask;
  readonly products: ReadonlyMap<string, SubgraphProducts>;
  /** Hash of the supergraph: what a question means. */
  readonly schemaVersion: string;
};

/**
 * As the given one, and tells where its answers come from. What a product is asked is shared on its way only by what is asked
 * for one fetch of the cache: one that was begun before a change is joined by nobody who came after it.
 */
export function tellingAsk({ cache, ask, products }: Pick<Remembering, "ask"> & Partial<Remembering>): Ask {
  let alone = 0;
  return (subgraph, request, asking) => {
    const { told, generation, maxStalenessMs } = asking;
    const mayShare =
      generation !== undefined || (!products?.has(subgraph.name) && maxStalenessMs === undefined);
    const within = mayShare || !cache ? asking : { ...asking, generation: `alone ${alone++}` };
    if (!told) return ask(subgraph, request, within);
    const asOfMs = Date.now();
    return ask(subgraph, request, within).then((answer) => {
      told({ subgraph: subgraph.name, from: "fetched", count: 1, asOfMs, ...watermarksOf(answer) });
      return answer;
    });
  };
}

/** After a mutation all that its subgraph's products had a part in is forgotten, so that its caller sees what he did. */
export function rememberedAsk(remembering: Remembering): Ask {
  const { cache, ask, products, schemaVersion } = remembering;
  const { answers, edges, invalidation, now } = cache;
  const asks = tellingAsk(remembering);

  const mutate: Ask = async (subgraph, request, asking) => {
    try {
      return await asks(subgraph, request, asking);
    } finally {
      const known = products.get(subgraph.name)?.products ?? [];
      // Where it can't be written the objective is the bound, as for every change without an event.
      await Promise.all(known.map((id) => invalidation.product(id).catch(() => {})));
    }
  };

  /** Without looking: what is answered is evidence all the same. */
  const askAnew: Ask = (subgraph, request, asking) => {
    const { told, heard, wantsEvidence } = asking;
    if (!told || !wantsEvidence) return asks(subgraph, request, asking);
    const { body } = request;
    let text = "";
    return asks(subgraph, request, {
      ...asking,
      heard: (its) => {
        text = its.text;
        heard?.(its);
      },
      told: (part) => told({ ...part, evidence: () => ({ kind: "answer", body, text }) }),
    });
  };

  return async (subgraph, request, asking) => {
    const { name } = subgraph;
    const known = products.get(name);
    const already = asking.answered?.get(answeredName(name, request.body));
    if (already?.failure) throw already.failure;
    if (already) {
      asking.told?.(already.told);
      return readAnswer(name, 200, already.text);
    }
    if (request.kind === "mutation") return mutate(subgraph, request, asking);
    if (known?.sloMs === undefined || cache.rests()) return asks(subgraph, request, asking);
    const edge = `${name}: ${queryOf(request.body)}`;
    if (!edges.worth(edge, () => `${name} ${asking.visibility.scope} ${request.body}`))
      return askAnew(subgraph, request, asking);

    const { signal, visibility, maxStalenessMs, told, generation: partOf } = asking;
    const asked: AskedAnswer = {
      request: `${name} ${request.body}`,
      visibility: visibility.scope,
      schemaVersion,
      products: known.products,
      sloMs: known.sloMs,
      edge,
      maxStalenessMs,
      generation: partOf,
    };
    const beganMs = now();
    let own: SubgraphAnswer | undefined;
    let lookMs: number | undefined;
    const answered = await answers
      .through(
        asked,
        async ({ signal, generation }) => {
          lookMs ??= now() - beganMs;
          const fetchedMs = now();
          let text = "";
          const answer = await ask(subgraph, request, {
            ...asking,
            signal,
            generation,
            heard: (heard) => {
              text = heard.text;
              asking.heard?.(heard);
            },
          });
          edges.fetched(edge, 1, now() - fetchedMs);
          own = answer;
          return { body: text, whole: !answer.errors?.length };
        },
        { signal },
      )
      .catch((cause) => {
        throw cause === signal.reason ? endedBy(signal, name, Math.round(now() - beganMs)) : cause;
      });
    const { how, body } = answered;
    edges.looked(edge, 1, isRemembered(how) ? 1 : 0, lookMs ?? now() - beganMs);
    const text = textOfBody(body);
    const answer = how === "fetched" && own ? own : readAnswer(name, 200, text);
    const evidence = () => ({ kind: "answer", body: request.body, text }) as const;
    told?.({ ...toldOf(cache, name, answered), count: 1, ...watermarksOf(answer), evidence });
    return answer;
  };
}

/** What is told of an answer of the cache. */
export function toldOf(
  { wallMs }: JoinCache,
  subgraph: string,
  { how, asOfMs }: Pick<Answered<unknown>, "how" | "asOfMs">,
): Omit<Told, "count"> {
  return { subgraph, from: how === "bypassed" ? "fetched" : how, asOfMs: wallMs(asOfMs) };
}

/** The text of the query in a request's body, which begins with it. */
function queryOf(body: string): string {
  const end = body.indexOf('","'); // within a text of JSON a quote has a backslash before it
  const text = body.slice('{"query":"'.length, end < 0 ? -2 : end);
  return text.includes("\\") ? JSON.parse(`"${text}"`) : text;
}

/** What a port may send with an answer: `extensions.watermark: { "<product id>": "<DateTime>" }`. */
function watermarksOf({ extensions }: SubgraphAnswer): Pick<Told, "watermarks"> {
  const told = extensions?.watermark;
  if (!isObject(told)) return {};
  const sound = Object.entries(told).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string" && !Number.isNaN(Date.parse(entry[1])),
  );
  return sound.length > 0 ? { watermarks: Object.fromEntries(sound) } : {};
}
