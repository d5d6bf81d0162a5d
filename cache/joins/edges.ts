// Edges: what many questions have in common, as an operation or a join. Each is measured: is looking up worth it there?
import { LRUCache } from "lru-cache";
import type { CacheEvent, Unstored } from "../cache-event.ts";
import { openSketch } from "./count-min-sketch.ts";

/** What an edge came to since it was first asked. */
export type EdgeReport = {
  readonly edge: string;
  /** Questions; of entities, each set of them. */
  readonly asked: number;
  /** Those that were looked up, and found; of entities, each entity. */
  readonly looked: number;
  readonly hits: number;
  readonly storedBytes: number;
  /** Milliseconds that fetching would have taken for what was found, by what it took lately. */
  readonly savedMs: number;
  /** Is each question looked up, or only those that are known to repeat? */
  readonly isWorth: boolean;
  /** How often something was not stored, by reason. */
  readonly refused: Readonly<Partial<Record<Unstored, number>>>;
};

export type Edges = {
  /**
   * Counts a question, and says whether to look for it. `repeat` is what equal questions have alike, and no others, of whatever
   * edge; it is not kept. An edge where looking has cost more than it brought is left alone but for questions that came before,
   * and a few samples.
   */
  readonly worth: (edge: string, repeat: () => string) => boolean;
  /** `count` things were looked up in `tookMs`. */
  readonly looked: (edge: string, count: number, hits: number, tookMs: number) => void;
  readonly fetched: (edge: string, count: number, tookMs: number) => void;
  /** For what the cache says of stored and unstored. */
  readonly hear: (event: CacheEvent) => void;
  /** In no order. */
  readonly report: () => readonly EdgeReport[];
  /** Milliseconds that all edges saved, those that are forgotten too. */
  readonly savedMs: () => number;
};

/** For sorting: those that saved most come first. */
export function hottestFirst(a: EdgeReport, b: EdgeReport): number {
  return b.savedMs - a.savedMs || b.asked - a.asked;
}

export type EdgesOptions = {
  /** Edges that are measured at once; the one that was asked longest ago is forgotten. */
  readonly edgesMax: number;
  /** Looks after which an edge is judged. */
  readonly learnLooks: number;
  /**
   * Of questions on an edge that is not worth it, one in so many is looked up all the same: half as often after each such
   * sample that changes nothing, down to one in `sampleOneInMax`.
   */
  readonly sampleOneIn: number;
  readonly sampleOneInMax: number;
};

export const usualEdgesOptions: EdgesOptions = {
  edgesMax: 2_000,
  learnLooks: 64,
  sampleOneIn: 32,
  sampleOneInMax: 4_096,
};

/** Sums that halve now and then, so that lately counts most. */
type Measure = { looks: number; hits: number; lookMs: number; fetches: number; fetchMs: number };

type Edge = {
  asked: number;
  looked: number;
  hits: number;
  storedBytes: number;
  savedMs: number;
  isWorth: boolean;
  /** Questions from one sample to the next, and until the next. */
  sampleEvery: number;
  sampleIn: number;
  readonly refused: Partial<Record<Unstored, number>>;
  readonly lately: Measure;
};

/** What it costs beside looking to remember something (writing it, sharing its fetch), as a part of what fetching it takes. */
const rememberingShare = 0.05;

/** Four megabytes, in which hardly one in ten thousand of so many names seems to have come before. */
const sketchWidth = 524_288;
/** Names after which the sketch forgets by half. */
const sketchNamesMax = sketchWidth / 8;

export function openEdges({ edgesMax, learnLooks, sampleOneIn, sampleOneInMax }: EdgesOptions): Edges {
  const edges = new LRUCache<string, Edge>({ max: edgesMax });
  const sketch = openSketch({ width: sketchWidth });
  let names = 0;
  let savedMs = 0;
  const edgeOf = (name: string): Edge => {
    const known = edges.get(name);
    if (known) return known;
    const lately = { looks: 0, hits: 0, lookMs: 0, fetches: 0, fetchMs: 0 };
    const counts = { asked: 0, looked: 0, hits: 0, storedBytes: 0, savedMs: 0 };
    const sampling = { sampleEvery: sampleOneIn, sampleIn: sampleOneIn };
    const made: Edge = { ...counts, ...sampling, isWorth: true, refused: {}, lately };
    edges.set(name, made);
    return made;
  };
  /** A hit saves a fetch; each look costs. Nothing fetched yet = nothing known against it. */
  const judge = (edge: Edge) => {
    const { looks, hits, lookMs, fetches, fetchMs } = edge.lately;
    const fetchEachMs = fetchMs / fetches;
    const costMs = lookMs + looks * fetchEachMs * rememberingShare;
    edge.isWorth = looks < learnLooks || fetches === 0 || hits * fetchEachMs > costMs;
    if (edge.isWorth) edge.sampleIn = edge.sampleEvery = sampleOneIn;
    if (looks < 4 * learnLooks) return;
    for (const key of Object.keys(edge.lately) as (keyof Measure)[]) edge.lately[key] /= 2;
  };
  const isSample = (edge: Edge) => {
    if (--edge.sampleIn > 0) return false;
    edge.sampleEvery = Math.min(2 * edge.sampleEvery, sampleOneInMax);
    edge.sampleIn = edge.sampleEvery;
    return true;
  };
  const repeats = (name: string) => {
    names++;
    if (names % sketchNamesMax === 0) sketch.age();
    return sketch.add(name) > 1;
  };
  return {
    worth: (name, repeat) => {
      const edge = edgeOf(name);
      edge.asked++;
      return edge.isWorth || repeats(repeat()) || isSample(edge);
    },
    looked: (name, count, hits, tookMs) => {
      const edge = edgeOf(name);
      const { lately } = edge;
      edge.looked += count;
      edge.hits += hits;
      lately.looks += count;
      lately.hits += hits;
      lately.lookMs += tookMs;
      const saved = lately.fetches > 0 ? hits * (lately.fetchMs / lately.fetches) : 0;
      edge.savedMs += saved;
      savedMs += saved;
      judge(edge);
    },
    fetched: (name, count, tookMs) => {
      const { lately } = edgeOf(name);
      lately.fetches += count;
      lately.fetchMs += tookMs;
    },
    hear: (event) => {
      if (event.kind === "cache.stored" && event.edge !== undefined)
        edgeOf(event.edge).storedBytes += event.bytes;
      if (event.kind !== "cache.unstored" || event.edge === undefined) return;
      const { refused } = edgeOf(event.edge);
      refused[event.reason] = (refused[event.reason] ?? 0) + 1;
    },
    report: () =>
      [...edges.entries()].map(
        ([edge, { lately, sampleEvery, sampleIn, ...counts }]): EdgeReport => ({
          edge,
          ...counts,
        }),
      ),
    savedMs: () => savedMs,
  };
}
