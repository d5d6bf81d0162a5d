// Counts how often names turn up, in little room: never too low, a little too high where names collide.

export type Sketch = {
  /** Counts one more, and tells how many there were with it. */
  readonly add: (name: string) => number;
  readonly count: (name: string) => number;
  /** Halves all counts, so that what was asked long ago weighs less. */
  readonly age: () => void;
};

const rows = 4;
const countMax = 0xffff;

/** `width`: counters in each row, a power of two. Cormode, Muthukrishnan: "The Count-Min Sketch", 2005. */
export function openSketch({ width }: { readonly width: number }): Sketch {
  const counts = new Uint16Array(rows * width);
  const places = new Uint32Array(rows);
  /** Finds where the name is counted, one place in each row, by two hashes (Kirsch, Mitzenmacher); tells the least count there. */
  const find = (name: string): number => {
    let [a, b] = [0x811c9dc5, 0x9747b28c];
    for (let i = 0; i < name.length; i++) {
      const code = name.charCodeAt(i);
      a = Math.imul(a ^ code, 0x01000193);
      b = Math.imul(b ^ code, 0x5bd1e995);
    }
    let least = countMax;
    for (let row = 0; row < rows; row++) {
      const place = row * width + (((a + row * (b | 1)) >>> 7) & (width - 1));
      places[row] = place;
      least = Math.min(least, counts[place] as number);
    }
    return least;
  };
  return {
    add: (name) => {
      const before = find(name);
      if (before === countMax) return before;
      for (const place of places) if (counts[place] === before) counts[place] = before + 1;
      return before + 1;
    },
    count: find,
    age: () => {
      for (let i = 0; i < counts.length; i++) counts[i] = (counts[i] as number) >> 1;
    },
  };
}
