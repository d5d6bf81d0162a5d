// What an answer was made of: by this it can be found out whether it would be the same again.
import { hash } from "node:crypto";
import type { Former } from "../../cache/joins/asked.ts";
import { shortNameLength } from "../../cache/store/names.ts";
import type { Told } from "../fetch/told.ts";

export type Provenance = {
  /** Requests, with digests of their answers. */
  readonly asked: readonly (readonly [subgraph: string, body: string, digest: string])[];
  /** Short names of entities, one after the other. */
  readonly entities: readonly (readonly [product: string, names: string])[];
  /** Subgraphs of whose parts nothing is known. */
  readonly unknown: readonly string[];
};

export type Collecting = { readonly add: (told: Told) => void; readonly all: () => Provenance };

/** Texts are not held on to. */
export function collectProvenance(): Collecting {
  const asked: Provenance["asked"][number][] = [];
  const entities = new Map<string, Set<string>>();
  const unknown = new Set<string>();
  return {
    add: ({ subgraph, evidence: evidenceOf }) => {
      const evidence = evidenceOf?.();
      if (!evidence) unknown.add(subgraph);
      else if (evidence.kind === "answer") asked.push([subgraph, evidence.body, digestOf(evidence.text)]);
      else
        for (const { product, names } of evidence.of) {
          const all = entities.get(product) ?? new Set();
          entities.set(product, all);
          for (const name of names) all.add(name);
        }
    },
    all: () => ({
      asked,
      entities: [...entities].map(([product, names]) => [product, [...names].join("")] as const),
      unknown: [...unknown],
    }),
  };
}

export function digestOf(text: string): string {
  return hash("sha256", text, "base64url");
}

/** Whether events named one of its entities, or may have. */
export function isNamed({ entities }: Provenance, { changed }: Former): boolean {
  return entities.some(([product, names]) => {
    if (!changed.has(product)) return false;
    const named = changed.get(product);
    if (!named) return true;
    for (let at = 0; at < names.length; at += shortNameLength)
      if (named.has(names.slice(at, at + shortNameLength))) return true;
    return false;
  });
}
