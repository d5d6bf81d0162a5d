// Which group a request asks for: the r-th most popular of n comes 1/r as often as the first (Zipf, s = 1).

/** The same sequence for the same seed. @returns a function that draws from 0 … n − 1, popular ones scattered */
export function openZipf(n: number, seed: number): () => number {
  const shares: number[] = [];
  let sum = 0;
  for (let rank = 1; rank <= n; rank++) {
    sum += 1 / rank;
    shares.push(sum);
  }
  const random = openRandom(seed);
  return () => {
    const drawn = random() * sum;
    let [low, high] = [0, n - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((shares[middle] as number) < drawn) low = middle + 1;
      else high = middle;
    }
    // Neighbours in rank are no neighbours in the catalogue (389 has no divisor in common with its 1,024 groups).
    return (low * 389) % n;
  };
}

/** 0 up to 1 (Lehmer's generator). */
export function openRandom(seed: number): () => number {
  let state = 1 + (seed % 2_147_483_645);
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
