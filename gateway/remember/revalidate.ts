// Finds out whether a former answer would be the same again: most events that forget it changed nothing of what it was made of.
import type { Former } from "../../cache/joins/asked.ts";
import { Fault } from "../../schema/product/fault.ts";
import type { Asking } from "../fetch/open-subgraphs.ts";
import { type AlreadyAnswered, answeredName, type Told } from "../fetch/told.ts";
import { readProvenance } from "./parted.ts";
import { digestOf, isNamed, type Provenance } from "./provenance.ts";
import type { Ask } from "./remembered-ask.ts";
import type { SubgraphProducts } from "./subgraph-products.ts";

export type Revalidating = {
  /** As root fields are asked for. */
  readonly ask: Ask;
  readonly products: ReadonlyMap<string, SubgraphProducts>;
  /** Addresses by name. */
  readonly subgraphs: ReadonlyMap<string, string>;
};

export type Revalidated = {
  readonly isSame: boolean;
  /** What was asked to find that out, and need not be asked again for the answer that takes its place. */
  readonly answered: ReadonlyMap<string, AlreadyAnswered>;
};

const unlike: Revalidated = { isSame: false, answered: new Map() };

/** Most requests that are asked again: what was made of more is as easily made anew. */
const againMax = 8;

/** How much the last outcome weighs; the share of good ones from which on it is tried; how often it is tried below that. */
const lastWeight = 0.1;
const goodShareMin = 0.5;
const sampleOneIn = 16;

/** Of one operation: where its former answers seldom prove the same, few of them are looked at. Never rejects. */
export function openRevalidation({ ask, products, subgraphs }: Revalidating) {
  let goodShare = 1;
  let sampleIn = sampleOneIn;
  const isWorth = () => {
    if (goodShare >= goodShareMin) return true;
    if (--sampleIn > 0) return false;
    sampleIn = sampleOneIn;
    return true;
  };
  return async (former: Former, asking: Asking): Promise<Revalidated> => {
    const isChanged = (subgraph: string) =>
      products.get(subgraph)?.products.some((id) => former.changed.has(id)) ?? true;
    const provenance = isWorth() ? readProvenance(former.body) : undefined;
    if (!provenance || provenance.unknown.some(isChanged) || isNamed(provenance, former)) return unlike;

    const answered = new Map<string, AlreadyAnswered>();
    const isAnsweredAlike = async ([name, body, digest]: Provenance["asked"][number]) => {
      const asked = answeredName(name, body);
      let isAlike = false;
      const told = (part: Told) => {
        const evidence = part.evidence?.();
        if (evidence?.kind !== "answer") return;
        answered.set(asked, { text: evidence.text, told: part });
        isAlike = digestOf(evidence.text) === digest;
      };
      const subgraph = { name, url: subgraphs.get(name) ?? "" };
      try {
        await ask(subgraph, { kind: "query", body }, { ...asking, told, wantsEvidence: true });
      } catch (cause) {
        if (cause instanceof Fault && !asking.signal.aborted) answered.set(asked, { failure: cause });
        return false;
      }
      return isAlike;
    };
    const again = provenance.asked.filter(([subgraph]) => isChanged(subgraph));
    if (again.length > againMax) return unlike;
    const alike = await Promise.all(again.map(isAnsweredAlike));
    const isSame = alike.every(Boolean);
    goodShare += ((isSame ? 1 : 0) - goodShare) * lastWeight;
    return { isSame, answered };
  };
}
