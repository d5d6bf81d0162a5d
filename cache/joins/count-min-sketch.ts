// Counts how often names turn up, in little room: never too low, a little too high where names collide.

export type Sketch = {
  /** Counts one more, and tells how many there were with it. */
  readonly add: (name: string) => number;
  readonly count: (name: string) => number;
  /** Halves all counts, so that what was asked long ago weighs less. */
  readonly age: () => void;
};

const rows = 4;

/** `width`: counters in each row, a power of two. Cormode, Muthukrishnan: "The Count-Min Sketch", 2005. */
export function openSketch({ width }: { readonly width: number }): Sketch {
  const counts = new Uint16Array(rows * width);
  /** Where the name is counted: one place in each row, by two hashes (Kirsch, Mitzenmacher). */
  const placesOf = (name: string): readonly number[] => {
    let [a, b] = [0x811c9dc5, 0x9747b28c];
    for (let i = 0; i < name.length; i++) {
      a = Math.imul(a ^ name.charCodeAt(i), 0x01000193);
      b = Math.imul(b ^ name.charCodeAt(i), 0x5bd1e995);
    }
    return Array.from(
      { length: rows },
      (_, row) => row * width + (((a + row * (b | 1)) >>> 7) & (width - 1)),
    );
  };
  const least = (places: readonly number[]) => Math.min(...places.map((place) => counts[place] ?? 0));
  return {
    add: (name) => {
      const places = placesOf(name);
      const before = least(places);
      if (before === 0xffff) return before;
      for (const place of places) if (counts[place] === before) counts[place] = before + 1;
      return before + 1;
    },
    count: (name) => least(placesOf(name)),
    age: () => {
      for (let i = 0; i < counts.length; i++) counts[i] = (counts[i] ?? 0) >> 1;
    },
  };
}
