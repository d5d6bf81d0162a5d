// The port of what is remembered: how operators ask for it, whoever keeps it.
import type { Signal } from "../../schema/product/ending.ts";
import type { Asking, Subgraphs } from "../fetch/open-subgraphs.ts";
import type { Told } from "../fetch/told.ts";
import type { Fetch } from "../plan/fetch-tree.ts";

type Json = Record<string, unknown>;

/** Entities of one fetch: null = its owner does not know the entity. Each caller gets objects of its own. */
export type Entity = Json | null;

export type EntitiesAsked = {
  readonly fetch: Fetch;
  /** Different representations, as objects and as JSON texts. */
  readonly sent: readonly Json[];
  readonly texts: readonly string[];
  /** Values of the variables that the fetch uses, in its order. */
  readonly variables: readonly unknown[];
};

/** Fetches the entities at these places of `sent`, each as JSON text. Rejects where any of them has an error or is missing. */
export type FetchEntities = (
  places: readonly number[],
  options: { readonly signal: Signal; readonly generation: string },
) => Promise<readonly string[]>;

export type Recalled = {
  /** By place. */
  readonly found: ReadonlyMap<number, Entity>;
  readonly missing: readonly number[];
  /**
   * Brings the missing, those on their way already without `fetch`; it is called before this returns, once for all others
   * that are missing, and perhaps once for places that were found and age. What `fetch` fetched is not among the
   * outcome. Rejects as it does, and when the signal ends.
   */
  readonly bring: (
    fetch: FetchEntities,
    options: { readonly signal: Signal },
  ) => Promise<ReadonlyMap<number, Entity>>;
};

export type Recall = {
  /** Asks for entities that are not remembered. */
  readonly ask: Subgraphs["ask"];
  /** Undefined where looking is not worth it, or nothing of this is remembered. */
  readonly entities: (asked: EntitiesAsked, asking: Asking) => Promise<Recalled> | undefined;
  /** Of these entities, remembered or not. */
  readonly evidence: (asked: EntitiesAsked) => Told["evidence"];
};
