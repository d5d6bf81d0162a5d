// The least of many, in order: all by merging runs, few by a heap, which holds no more than those.

/** The `wanted` least of the places 0 to `count` − 1, least first; of equal ones the lesser place. */
export function leastOf(
  count: number,
  wanted: number,
  compare: (i: number, j: number) => number,
): Uint32Array {
  if (wanted * 8 > count) return mergeSorted(placesTo(count), compare).subarray(0, wanted);
  const order = (i: number, j: number) => compare(i, j) || i - j;
  const heap = placesTo(wanted);
  for (let root = (wanted >> 1) - 1; root >= 0; root--) sink(heap, root, order);
  for (let place = wanted; place < count; place++) {
    if (compare(place, heap[0] as number) >= 0) continue;
    heap[0] = place;
    sink(heap, 0, order);
  }
  return heap.sort(order);
}

function placesTo(count: number): Uint32Array {
  const places = new Uint32Array(count);
  for (let place = 0; place < count; place++) places[place] = place;
  return places;
}

/** Stable. Runs of twice the length at each pass; `TypedArray.sort` takes several times as long with a comparison. */
function mergeSorted(places: Uint32Array, compare: (i: number, j: number) => number): Uint32Array {
  let from: Uint32Array = places;
  let into: Uint32Array = new Uint32Array(places.length);
  for (let length = 1; length < places.length; length *= 2) {
    for (let start = 0; start < places.length; start += 2 * length)
      merge(
        from,
        into,
        start,
        Math.min(start + length, places.length),
        Math.min(start + 2 * length, places.length),
        compare,
      );
    [from, into] = [into, from];
  }
  return from;
}

/** Two runs, from `start` and from `middle`, into one that ends before `end`. */
function merge(
  from: Uint32Array,
  into: Uint32Array,
  start: number,
  middle: number,
  end: number,
  compare: (i: number, j: number) => number,
): void {
  let left = start;
  let right = middle;
  for (let at = start; at < end; at++) {
    const takesLeft =
      right >= end || (left < middle && compare(from[left] as number, from[right] as number) <= 0);
    into[at] = (takesLeft ? from[left++] : from[right++]) as number;
  }
}

/** The greatest is at the root; below each stand two that are less, at 2 × its own place + 1 and + 2. */
function sink(heap: Uint32Array, from: number, compare: (i: number, j: number) => number): void {
  const sinking = heap[from] as number;
  let hole = from;
  while (true) {
    let child = 2 * hole + 1;
    if (child >= heap.length) break;
    const other = child + 1;
    if (other < heap.length && compare(heap[other] as number, heap[child] as number) > 0) child = other;
    if (compare(sinking, heap[child] as number) >= 0) break;
    heap[hole] = heap[child] as number;
    hole = child;
  }
  heap[hole] = sinking;
}
