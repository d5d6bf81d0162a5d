// Who gets in: what is likely to be asked again before it changes, and saves more than its bytes cost.
import { LRUCache } from "lru-cache";
import type { Reading } from "../store/store.ts";
import { openSketch } from "./count-min-sketch.ts";

/** Why something was let in or not, in the order in which it is asked. */
export type Judgement = {
  readonly verdict: "admitted" | "seldom asked" | "changes too often" | "saves too little";
  /** Milliseconds that it is expected to save for each kilobyte. */
  readonly score: number;
};

/** What is alike for all that is asked together. */
export type Lasting = { readonly sloMs: number; readonly counters: readonly string[] };

export type Candidate = {
  /** How often it was asked lately, by `asked` or `count`. */
  readonly asked: number;
  /** Would something else have to go for it? Then it must have been asked for before (Einziger, Friedman: "TinyLFU", 2014). */
  readonly isCrowded: boolean;
  /** Undefined = not known yet. */
  readonly tookMs: number | undefined;
  readonly bytes: number | undefined;
};

export type Admission = {
  /** Somebody asks for this: how often lately, with this time. */
  readonly asked: (name: string) => number;
  readonly count: (name: string) => number;
  /** This is what the counters were. */
  readonly saw: (counters: readonly string[], reading: Pick<Reading, "stamps">) => void;
  readonly judging: (lasting: Lasting) => (candidate: Candidate) => Judgement;
};

export type AdmissionOptions = {
  /** After so long, what was asked weighs half. */
  readonly halfLifeMs: number;
  /** Hits that are expected before the entry changes or ends, at least. */
  readonly hitsMin: number;
  /** Milliseconds to be saved for each kilobyte, at least. */
  readonly savedMsMin: number;
  readonly sketchWidth: number;
  /** Counters whose rate of change is remembered. */
  readonly countersMax: number;
};

export const usualAdmissionOptions: AdmissionOptions = {
  halfLifeMs: 60_000,
  hitsMin: 0.5,
  savedMsMin: 0.05,
  sketchWidth: 16_384,
  countersMax: 10_000,
};

/** How often a counter was seen to change, as a number that halves with time as the sketch does. */
type Changes = { readonly stamp: string; readonly weight: number; readonly atMs: number };

/**
 * Score = expected hits × time saved ÷ kilobytes. Expected hits = how often it is asked × how long it lives: as long as its
 * objective, or until the first change of a product that it is read from, as often as those were seen to change.
 */
export function openAdmission({ now }: { readonly now: () => number }, options: AdmissionOptions): Admission {
  const { halfLifeMs } = options;
  const sketch = openSketch({ width: options.sketchWidth });
  const changes = new LRUCache<string, Changes>({ max: options.countersMax });
  let agedAtMs = now();
  const age = () => {
    // Sixteen halvings leave nothing.
    for (let left = 16; left > 0 && now() - agedAtMs >= halfLifeMs; left--) {
      sketch.age();
      agedAtMs += halfLifeMs;
    }
    if (now() - agedAtMs >= halfLifeMs) agedAtMs = now();
  };
  const weightOf = ({ weight, atMs }: Changes) => weight * 0.5 ** ((now() - atMs) / halfLifeMs);
  /** What comes once in each millisecond adds up to this weight. */
  const windowMs = halfLifeMs / Math.LN2;
  /** Changes in a millisecond, of all counters together. */
  const changeRate = (counters: readonly string[]) => {
    let weight = 0;
    for (const counter of counters) {
      const known = changes.get(counter);
      if (known) weight += weightOf(known);
    }
    return weight / windowMs;
  };
  return {
    asked: (name) => {
      age();
      return sketch.add(name);
    },
    count: (name) => {
      age();
      return sketch.count(name);
    },
    saw: (counters, { stamps }) => {
      counters.forEach((counter, i) => {
        const stamp = stamps[i] as string;
        const known = changes.get(counter);
        if (known?.stamp === stamp) return;
        const weight = known ? weightOf(known) + 1 : 0;
        changes.set(counter, { stamp, weight, atMs: now() });
      });
    },
    judging: ({ sloMs, counters }) => {
      const lifeMs = Math.min(sloMs, 1 / changeRate(counters));
      return ({ asked, isCrowded, tookMs, bytes }) => {
        const askedRate = asked / windowMs;
        const hitsWithoutChange = askedRate * sloMs;
        const hits = askedRate * lifeMs;
        const known = tookMs !== undefined && bytes !== undefined;
        const score = known ? (hits * tookMs) / (Math.max(bytes, 64) / 1024) : Number.POSITIVE_INFINITY;
        if (hitsWithoutChange < options.hitsMin || (isCrowded && asked < 2))
          return { verdict: "seldom asked", score };
        if (hits < options.hitsMin) return { verdict: "changes too often", score };
        return { verdict: score < options.savedMsMin ? "saves too little" : "admitted", score };
      };
    },
  };
}
