// The schedule of a fetch tree: which fetches go together in one request, and which requests wait for which.
import type { Fetch, FetchTree } from "../../plan/fetch-tree.ts";

/** Fetches that ask for the same of like objects, at one or more places of the answer. */
export type Part = {
  readonly fetch: Fetch;
  readonly at: readonly (readonly string[])[];
  /** May what is below like objects differ, even at one place? It may where arguments come from above. */
  readonly apart: boolean;
};

/** One request to one subgraph, unless its representations are too many for one. */
export type Step = {
  readonly subgraph: string;
  readonly operation: "query" | "mutation";
  readonly parts: readonly Part[];
  /** Indexes of the steps, all earlier in the list, that have to be done before. */
  readonly after: readonly number[];
};

/** The values of the Boolean variables that a tree asks about. */
export type Conditions = Readonly<Record<string, boolean>>;

type Placed = { readonly fetch: Fetch; readonly after: readonly number[]; level: number };

/**
 * Steps in an order in which they can be begun. Fetches of entities from one subgraph share a step wherever neither
 * has to wait for the other and the longest chain stays as long as it was:
 *
 *     accounts ─▶ reviews(users)  ─▶ products ─▶ inventory          4 levels, 6 requests
 *     products ─▶ reviews(top), inventory(top)
 *     ⇒ accounts, products ─▶ reviews(users + top) ─▶ products ─▶ inventory(both)      5 requests
 */
export function schedule(tree: FetchTree | undefined, conditions: Conditions): readonly Step[] {
  const placed = place(tree, conditions);
  sink(placed);
  const groups = new Map<string, number[]>();
  const order = placed.map((_, i) => i).sort((a, b) => levelOf(placed, a) - levelOf(placed, b) || a - b);
  for (const i of order) {
    const key = shareKey(placed[i] as Placed, i);
    groups.set(key, [...(groups.get(key) ?? []), i]);
  }
  const members = [...groups.values()];
  const apart = placed.some(({ fetch }) => fetch.entities?.context.length);
  const stepOf = new Map(members.flatMap((group, step) => group.map((i) => [i, step] as const)));
  return members.map((group) => {
    const fetches = group.map((i) => placed[i] as Placed);
    const { subgraph, operation } = (fetches[0] as Placed).fetch;
    const after = new Set(fetches.flatMap((each) => each.after.map((i) => stepOf.get(i) as number)));
    return {
      subgraph,
      operation,
      parts: parts(
        fetches.map(({ fetch }) => fetch),
        apart,
      ),
      after: [...after],
    };
  });
}

/** Every fetch with those it follows, at the earliest level where it can stand. */
function place(tree: FetchTree | undefined, conditions: Conditions): Placed[] {
  const placed: Placed[] = [];
  const visit = (node: FetchTree, after: readonly number[]): readonly number[] => {
    switch (node.kind) {
      case "fetch": {
        const level = 1 + Math.max(-1, ...after.map((i) => levelOf(placed, i)));
        return [placed.push({ fetch: node, after, level }) - 1];
      }
      case "sequence": {
        const ends = node.nodes.reduce((before, child) => {
          const last = visit(child, before);
          return last.length > 0 ? last : before;
        }, after);
        return ends === after ? [] : ends;
      }
      case "parallel":
        return node.nodes.flatMap((child) => visit(child, after));
      case "condition": {
        const taken = conditions[node.variable] ? node.whenTrue : node.whenFalse;
        return taken ? visit(taken, after) : [];
      }
    }
  };
  if (tree) visit(tree, []);
  return placed;
}

/** Moves fetches of entities down to the last level before their followers where one to the same subgraph stands. */
function sink(placed: Placed[]): void {
  const deepestFirst = [...placed.keys()].sort((a, b) => levelOf(placed, b) - levelOf(placed, a));
  const settled = new Map<string, Set<number>>();
  const followers = new Map<number, number[]>();
  placed.forEach(({ after }, i) => {
    for (const before of after) followers.set(before, [...(followers.get(before) ?? []), i]);
  });
  for (const i of deepestFirst) {
    const each = placed[i] as Placed;
    if (!isShareable(each.fetch)) continue;
    const levels = settled.get(each.fetch.subgraph) ?? new Set();
    settled.set(each.fetch.subgraph, levels);
    const latest = Math.min(...(followers.get(i) ?? []).map((f) => levelOf(placed, f))) - 1;
    each.level = Math.max(each.level, ...[...levels].filter((level) => level <= latest));
    levels.add(each.level);
  }
}

function levelOf(placed: readonly Placed[], i: number): number {
  return (placed[i] as Placed).level;
}

/** Arguments that come from above differ from entity to entity, so such a fetch goes by itself. */
function isShareable({ entities, operation }: Fetch): boolean {
  return entities !== undefined && entities.context.length === 0 && operation === "query";
}

function shareKey({ fetch, level }: Placed, i: number): string {
  return isShareable(fetch) ? `${level} ${fetch.subgraph}` : `alone ${i}`;
}

/** Fetches that differ in nothing but their place are one part. */
function parts(fetches: readonly Fetch[], apart: boolean): readonly Part[] {
  const byContent = new Map<string, Part & { readonly at: (readonly string[])[] }>();
  for (const fetch of fetches) {
    const { at, operationName, ...content } = fetch;
    const key = JSON.stringify(content);
    const known = byContent.get(key);
    if (known) known.at.push(at);
    else byContent.set(key, { fetch, at: [at], apart });
  }
  return [...byContent.values()];
}
