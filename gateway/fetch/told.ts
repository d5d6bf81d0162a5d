// What is told of each part of an answer: who gave it, how old it is, whether it was remembered.
import type { Fault } from "../../schema/product/fault.ts";

/** `fresh`, `stale` and `revalidated` were remembered; `joined` was on its way already; `fetched` was asked for now. */
export type From = "fresh" | "stale" | "revalidated" | "joined" | "fetched";

const remembered: ReadonlySet<string> = new Set<From>(["fresh", "stale", "revalidated"]);
export const isRemembered = (from: From | "bypassed"): boolean => remembered.has(from);

export type Told = {
  readonly subgraph: string;
  readonly from: From;
  /** Of how many entities; 1 for anything else. */
  readonly count: number;
  /** It is at least as new as this, in milliseconds since the epoch. */
  readonly asOfMs: number;
  /** By product, how far its source had got, where the subgraph says so. */
  readonly watermarks?: Readonly<Record<string, string>>;
  /** Made where somebody wants it. */
  readonly evidence?: (() => Evidence | undefined) | undefined;
};

/**
 * By what it may be found out later whether a part is as it was, though its product has changed: the same request gets the same
 * text, or none of these entities was named by an event. Undefined = by nothing.
 */
export type Evidence =
  | { readonly kind: "answer"; readonly body: string; readonly text: string }
  | { readonly kind: "entities"; readonly of: readonly NamedEntities[] };

/** Short names of entities of a product. */
export type NamedEntities = { readonly product: string; readonly names: readonly string[] };

/** Of a request for all of these; undefined where there is none of one of them. */
export function evidenceOfAll(all: readonly Told["evidence"][]): Evidence | undefined {
  const of: NamedEntities[] = [];
  for (const evidenceOf of all) {
    const evidence = evidenceOf?.();
    if (evidence?.kind !== "entities") return undefined;
    of.push(...evidence.of);
  }
  return { kind: "entities", of };
}

/** Or already failed. */
export type AlreadyAnswered =
  | { readonly text: string; readonly told: Told; readonly failure?: undefined }
  | { readonly failure: Fault };

export const answeredName = (subgraph: string, body: string): string => `${subgraph} ${body}`;
