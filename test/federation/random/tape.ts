// A tape of numbers that random things are built from: a shorter tape, or zeros on it, build something simpler.
import fc from "fast-check";

export type Tape = {
  /** One of 0 … n − 1; 0, the simplest, once the tape is at its end. */
  readonly pick: (n: number) => number;
  readonly among: <T>(list: readonly T[]) => T;
  /** True once in so many times, and never past the end. */
  readonly chance: (oneIn: number) => boolean;
};

type Numbers = readonly number[];

export const numbers = (least: number, most: number): fc.Arbitrary<Numbers> =>
  fc.array(fc.nat(9_999), { minLength: least, maxLength: most, size: "max" });

export function readTape(list: Numbers): Tape {
  let at = 0;
  return tapeOf(() => list[at++] ?? 0);
}

/** Without an end (Lehmer's generator). */
export function endlessTape(seed: number): Tape {
  let state = 1 + (seed % 2_147_483_645);
  return tapeOf(() => {
    state = (state * 48_271) % 2_147_483_647;
    return state >> 8;
  });
}

function tapeOf(next: () => number): Tape {
  const pick = (n: number) => next() % n;
  return {
    pick,
    among: (list) => list[pick(list.length)] as never,
    chance: (oneIn) => pick(oneIn) === oneIn - 1,
  };
}

/** The simplest tape found that still fails: parts are cut out or made zero, in halves at first, then smaller ones. */
export async function simplest(tape: Numbers, fails: (tape: Numbers) => Promise<boolean>): Promise<Numbers> {
  let best = tape;
  for (let size = Math.ceil(tape.length / 2); size >= 1; size = Math.floor(size / 2))
    for (let at = 0; at < best.length; at += size) {
      const [before, after] = [best.slice(0, at), best.slice(at + size)];
      const zeros = best.slice(at, at + size).map(() => 0);
      if (await fails([...before, ...after])) best = [...before, ...after];
      else if (
        best.slice(at, at + size).some((one) => one > 0) &&
        (await fails([...before, ...zeros, ...after]))
      )
        best = [...before, ...zeros, ...after];
    }
  return best;
}
